/// A file of one whole number a line: demands, loads, groups.
enum IntegerFile {
    static func read(_ file: TextFile, what: String, allowsNegative: Bool = false) throws(FileRefused)
        -> [Int32]
    {
        var values: [Int32] = []
        try file.forEachLine { number, line throws(FileRefused) in
            let field = Field(line)
            guard let value = field.integer else {
                throw FileRefused(
                    file.path, line: number, "\(field.text) is no \(what); write one whole number a line")
            }
            guard allowsNegative || value >= 0 else {
                throw FileRefused(file.path, line: number, "\(what) \(value) is below zero")
            }
            values.append(value)
        }
        return values
    }
}

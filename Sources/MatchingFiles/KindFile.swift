/// The experts of a kind: `expert,kind`, one a line. Who does not stand there is of no kind.
enum KindFile {
    /// Whether each expert is of the kind that the file names.
    static func read(_ file: TextFile, experts: Int) throws(FileRefused) -> [Bool] {
        var isOfKind = [Bool](repeating: false, count: experts)
        var hasHeader = false
        var kind: (name: String, line: Int)?
        try file.forEachLine { number, line throws(FileRefused) in
            if !hasHeader {
                guard line.elementsEqual("expert,kind".utf8) else {
                    throw FileRefused(file.path, line: number, "the first line must be expert,kind")
                }
                hasHeader = true
                return
            }
            let (expert, name) = try row(line, file.path, number, experts)
            if let kind, kind.name != name {
                throw FileRefused(
                    file.path, line: number,
                    "kind \(name), where line \(kind.line) has \(kind.name): places are kept for one kind")
            }
            kind = kind ?? (name, number)
            guard !isOfKind[expert] else {
                throw FileRefused(file.path, line: number, "expert \(expert) is given twice")
            }
            isOfKind[expert] = true
        }
        guard hasHeader else {
            throw FileRefused(file.path, "the file is empty; it must begin with expert,kind")
        }
        return isOfKind
    }

    private static func row(
        _ line: UnsafeBufferPointer<UInt8>, _ path: String, _ number: Int, _ experts: Int
    ) throws(FileRefused) -> (expert: Int, kind: String) {
        var expert = -1
        var kind = ""
        var count = 0
        try forEachField(line) { column, field throws(FileRefused) in
            count = column + 1
            if column == 0 {
                expert = try PairFile.index(field, "expert", below: experts, path, number)
            } else if column == 1 {
                guard !field.bytes.isEmpty else {
                    throw FileRefused(path, line: number, "the kind is missing")
                }
                kind = field.text
            }
        }
        guard count == 2 else {
            throw FileRefused(path, line: number, "\(count) fields where 2 are needed")
        }
        return (expert, kind)
    }
}

/// What is wrong with a file, and where.
package struct FileRefused: Error, Equatable, CustomStringConvertible {
    package var path: String
    /// Counted from one; nil where the fault is not in one line.
    package var line: Int?
    package var reason: String

    package init(_ path: String, line: Int? = nil, _ reason: String) {
        self.path = path
        self.line = line
        self.reason = reason
    }

    package var description: String {
        "\(path)\(line.map { ":\($0)" } ?? ""): \(reason)"
    }
}

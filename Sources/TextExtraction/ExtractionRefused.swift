/// Why no text comes out of a file. A finding for who handed it in, not a fault of the program.
package enum ExtractionRefused: Error, Hashable, Sendable {
    case unreadable(path: String)
    /// Larger than is read.
    case tooLarge(path: String, bytes: Int, most: Int)
    /// Neither UTF-8, UTF-16 with its mark, nor GB 18030.
    case encoding(path: String)
    /// A line of a collection that is no `{"id", "text"}` object.
    case line(path: String, line: Int, what: String)
    /// The file claims a format that it does not hold to.
    case malformed(path: String, format: String, what: String)
    /// The PDF asks for a password.
    case encrypted(path: String)
    /// The tool that reads the format took too long or wanted too much memory.
    case exhausted(path: String, what: String)
    /// The tool that reads the format is not installed.
    case noTool(path: String, tool: String, package: String)
    /// Pictures of text, or nothing at all.
    case empty(path: String)
}

extension ExtractionRefused: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let path): "\(path): the file cannot be read"
        case .tooLarge(let path, let bytes, let most):
            "\(path): \(bytes) bytes are more than the \(most) that are read"
        case .encoding(let path): "\(path): the text is neither UTF-8 nor GB 18030; save it as UTF-8"
        case .line(let path, let line, let what): "\(path):\(line): \(what)"
        case .malformed(let path, let format, let what): "\(path): not a sound \(format) file: \(what)"
        case .encrypted(let path): "\(path): the PDF is encrypted; hand it in without a password"
        case .exhausted(let path, let what): "\(path): given up: \(what)"
        case .noTool(let path, let tool, let package):
            "\(path): reading it needs \(tool); install \(package)"
        case .empty(let path): "\(path): no text in it; a scan must go through character recognition first"
        }
    }
}

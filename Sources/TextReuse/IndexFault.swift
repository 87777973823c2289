/// Why an index cannot be used. Each says what is wrong where, and how to mend it.
public enum IndexFault: Error, Hashable, Sendable {
    /// The system refused; `code` is its errno.
    case system(path: String, doing: String, code: Int32)
    /// There is no index in this folder.
    case missing(path: String)
    /// The file is not what this program writes, or it is cut short or changed.
    case damaged(path: String, what: String)
    /// The segment was made with other k-grams, windows or folding than this program uses.
    case incompatible(path: String)
    /// Another process is writing to the index.
    case busy(path: String)
    /// The index was opened for searching only.
    case readOnly(path: String)
    /// A name or text is longer than an index takes.
    case tooLarge(id: String, bytes: Int, most: Int)
    /// Work was cancelled by its caller.
    case cancelled
}

extension IndexFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .system(let path, let doing, let code):
            "\(path): cannot \(doing): \(systemMessage(code))"
        case .missing(let path):
            "\(path): there is no index here; make one with `reuse index`"
        case .damaged(let path, let what):
            "\(path): damaged: \(what); rebuild the segments from text with `reuse rebuild`"
        case .incompatible(let path):
            "\(path): made with other settings than this program's; rebuild it with `reuse rebuild`"
        case .busy(let path):
            "\(path): another process is writing to this index; wait for it to end"
        case .readOnly(let path):
            "\(path): opened for searching only"
        case .tooLarge(let id, let bytes, let most):
            "\(id): \(bytes) bytes are more than the \(most) an index takes"
        case .cancelled:
            "cancelled; what was sealed so far is kept"
        }
    }
}

/// Why a text is not one of the documents here.
public enum DocumentRefused: Error, Hashable, Sendable {
    /// It is no JSON, or of a kind that the documents never contain. Columns count bytes.
    case syntax(line: Int, column: Int, String)
    /// The value at a place, such as `pool[3].id`, is not what belongs there.
    case shape(at: String, String)
    /// What it commits to does not fit together.
    case commitment(CommitmentRefused)
}

extension DocumentRefused: CustomStringConvertible {
    public var description: String {
        switch self {
        case .syntax(let line, let column, let problem): "line \(line), column \(column): \(problem)"
        case .shape(let place, let problem): "\(place.isEmpty ? "the document" : place): \(problem)"
        case .commitment(let refusal): refusal.description
        }
    }
}

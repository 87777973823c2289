import Lifecycle
import Store

/// Takes personal data out of the journal: the payload and its salt go, the leaf stays, and a fact says so.
package enum Erasure {
    package enum Refused: Error, CustomStringConvertible, Equatable {
        case noFact(Int64)
        case alreadyErased(Int64)
        /// The kind carries what the record cannot do without.
        case kind(Int64, String)
        case reason

        package var description: String {
            switch self {
            case .noFact(let number): "there is no fact \(number)"
            case .alreadyErased(let number): "the payload of fact \(number) is erased already"
            case .kind(let number, let kind): "fact \(number) is of kind \(kind), which is not erased"
            case .reason: "an erasure states its reason"
            }
        }
    }

    /// Erases the payloads of these facts and what was projected from them.
    ///
    /// - Parameter reason: on what ground; kept for good, so it names no person.
    /// - Returns: hashes of files that nothing names any more; whoever commits removes them then.
    @discardableResult
    package static func erase(
        _ numbers: [Int64], reason: String, _ change: Change, _ projections: Projections
    ) throws -> Set<String> {
        guard !reason.trimmed.isEmpty else { throw Refused.reason }
        let store = change.store
        var files: Set<String> = []
        for number in numbers {
            guard let row = try JournalRow.find(number, store) else { throw Refused.noFact(number) }
            guard let body = row.body else { throw Refused.alreadyErased(number) }
            files.formUnion(AttachmentNames.named(in: body))
            guard projections.mayErase(row.fact) else { throw Refused.kind(number, row.fact.kind.rawValue) }
        }
        try change.append(
            PayloadErased(facts: numbers), about: Subject(kind: "journal", id: "payload"),
            reason: reason.trimmed)
        for number in numbers { _ = try store.run("DELETE FROM payload WHERE number = \(number)") }
        // A later fact may have overwritten the row, so the tables are made anew rather than one row mended.
        try Replay.rebuild(projections, store)
        return files.isEmpty ? [] : files.subtracting(try AttachmentNames.all(store))
    }
}

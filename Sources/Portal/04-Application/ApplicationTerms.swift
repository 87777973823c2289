import Lifecycle
import Store

/// The words applications are found by: title, applicant and number.
enum ApplicationTerms {
    private struct Named: Decodable, Sendable {
        let number: String
        let title: String
        let ownerName: String
    }

    /// Enters what the row bears now; called after the row is written, with `leave` before it.
    static func enter(_ id: ID<Application>, _ store: Transaction) throws {
        for term in try terms(of: id, store) {
            _ = try store.run(
                "INSERT INTO application_term (term, application) VALUES (\(term), \(id))")
        }
    }

    /// Takes out what the row bears, before it bears something else.
    static func leave(_ id: ID<Application>, _ store: Transaction) throws {
        for term in try terms(of: id, store) {
            _ = try store.run("DELETE FROM application_term WHERE term = \(term) AND application = \(id)")
        }
    }

    private static func terms(of id: ID<Application>, _ store: Transaction) throws -> Set<String> {
        guard
            let row = try store.row(
                "SELECT number, title, owner_name FROM application WHERE id = \(id)", as: Named.self)
        else { return [] }
        // A number is typed from its beginning or from its last part, and whole: it is not cut.
        let parts = Terms.folded(row.number).split(separator: "-")
        let numbers = parts.indices.map { parts[$0...].joined(separator: "-") }
        return Terms.of(row.title).union(numbers).union(Terms.ofName(row.ownerName, pinyin: ""))
    }
}

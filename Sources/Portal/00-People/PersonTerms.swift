import Lifecycle
import Store

/// The words people are found by, kept beside each person's row by the same facts.
enum PersonTerms {
    private struct Named: Decodable, Sendable {
        let name: String
        let pinyin: String
    }

    /// Enters `person` under its names, in place of those its row bears until now.
    static func enter(_ person: Person, _ store: Transaction) throws {
        if let old = try store.row(
            "SELECT name, pinyin FROM person WHERE id = \(person.id)", as: Named.self)
        {
            for term in Terms.ofName(old.name, pinyin: old.pinyin) {
                _ = try store.run("DELETE FROM person_term WHERE term = \(term) AND person = \(person.id)")
            }
        }
        for term in Terms.ofName(person.name, pinyin: person.pinyin) {
            _ = try store.run("INSERT INTO person_term (term, person) VALUES (\(term), \(person.id))")
        }
    }
}

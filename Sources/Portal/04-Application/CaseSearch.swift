import Lifecycle
import Store

/// The words of a search in the list of applications, and which of them leads.
///
/// A word that few applications hold leads: they are found by ``Terms`` and the other conditions are put to them. A
/// word that many hold is compared along the way, for then a page is found soon.
struct CaseSearch: Sendable {
    /// Nil where no word narrows enough.
    private let leading: Lead?
    private let compared: [String]

    private struct Lead: Sendable {
        let word: String
        /// The terms whose applications are looked up.
        let terms: SQL
        let count: Int
        /// Whether the terms say all of the word, so that nothing is left to compare.
        let isWhole: Bool
    }

    static let none = CaseSearch()

    /// More applications than this are many.
    private static let many = 5_000

    private init() {
        leading = nil
        compared = []
    }

    init(_ text: String, _ store: Transaction) throws {
        let words = text.split(whereSeparator: \.isWhitespace).prefix(3).map { Terms.folded(String($0)) }
        let leading = try words.map { try Self.lead($0, store) }.filter { $0.count <= Self.many }
            .min { $0.count < $1.count }
        self.leading = leading
        compared = words.filter { $0 != leading?.word || leading?.isWhole == false }
    }

    /// A number stands among the terms whole; of a title or a name, only the beginning of a long word does.
    private static func lead(_ word: String, _ store: Transaction) throws -> Lead {
        let whole = terms(Terms.range(from: word))
        let found = try count(whole, store)
        if found > 0 || Terms.holds(word) {
            return Lead(word: word, terms: whole, count: found, isWhole: true)
        }
        let beginning = terms(Terms.range(of: word))
        return Lead(word: word, terms: beginning, count: try count(beginning, store), isWhole: false)
    }

    private static func terms(_ range: (from: String, below: String)) -> SQL {
        "term >= \(range.from) AND term < \(range.below)"
    }

    private static func count(_ terms: SQL, _ store: Transaction) throws -> Int {
        try store.value(
            """
            SELECT COUNT(*) FROM (SELECT 1 FROM application_term WHERE \(sql: terms) LIMIT \(many + 1)) AS some
            """, as: Int.self) ?? 0
    }

    /// The few that the leading word is found in, to be joined before `application`.
    var few: SQL? {
        leading.map { "(SELECT DISTINCT application FROM application_term WHERE \(sql: $0.terms)) AS hit" }
    }

    var conditions: [SQL] {
        let met = compared.map { word -> SQL in
            let pattern = "%\(Terms.escaped(word))%"
            return """
                (LOWER(application.number) LIKE \(pattern) ESCAPE '~'
                  OR LOWER(application.title) LIKE \(pattern) ESCAPE '~'
                  OR LOWER(application.owner_name) LIKE \(pattern) ESCAPE '~')
                """
        }
        return met + (leading == nil ? [] : ["application.id = hit.application"])
    }
}

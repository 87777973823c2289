import Foundation
package import Lifecycle
package import Store

/// A problem as its pages read it.
package struct ProblemRecord: Sendable, Decodable {
    package let id: ID<Problem>
    package let number: String
    package let side: Problem.Side
    package let organisationName: String
    package let proposer: ID<Person>?
    package let proposerName: String?
    package let title: String
    package let wantedBy: Day?
    package let money: Money
    package let answersText: String
    package let at: Instant
    package let state: Problem.State
    package let mergedInto: ID<Problem>?
    package let settledAt: Instant?
    package let reason: String?
    package let contactName: String?
    package let contact: String?

    package static let columns: SQL = """
        problem.id AS id, problem.number AS number, problem.side AS side,
        problem.organisation_name AS organisation_name, problem.proposer AS proposer,
        person.name AS proposer_name, problem.title AS title, problem.wanted_by AS wanted_by,
        problem.money AS money, problem.answers AS answers_text, problem.at AS at, problem.state AS state,
        problem.merged_into AS merged_into, problem.settled_at AS settled_at, problem.reason AS reason,
        problem_contact.name AS contact_name, problem_contact.contact AS contact
        """
    package static let joins: SQL = """
        LEFT JOIN person ON person.id = problem.proposer
        LEFT JOIN problem_contact ON problem_contact.problem = problem.id
        """

    package var answers: [Problem.Answer] {
        (try? JSONDecoder().decode([Problem.Answer].self, from: Data(answersText.utf8))) ?? []
    }
}

/// What an officer's list is narrowed to; lives in the address.
struct ProblemFilter: Sendable, Hashable {
    let words: String
    let state: Problem.State?
    let side: Problem.Side?
    let after: ListPlace

    init(_ query: FormFields) {
        words = String(query.text("q").prefix(60))
        state = Problem.State(rawValue: query.text("state"))
        side = Problem.Side(rawValue: query.text("side"))
        after = ListPlace(text: query.text("after"))
    }

    var isEmpty: Bool { words.isEmpty && state == nil && side == nil }

    var address: ListAddress {
        ListAddress(
            "/office/problems",
            [("q", words), ("state", state?.rawValue ?? ""), ("side", side?.rawValue ?? "")])
    }
}

enum ProblemQueries {
    static let pageSize = 40

    static func find(_ id: ID<Problem>, _ store: Transaction) throws -> ProblemRecord? {
        try store.row(
            """
            SELECT \(sql: ProblemRecord.columns) FROM problem \(sql: ProblemRecord.joins)
            WHERE problem.id = \(id)
            """)
    }

    static func find(receipt secret: String, _ store: Transaction) throws -> ProblemRecord? {
        try store.row(
            """
            SELECT \(sql: ProblemRecord.columns) FROM problem \(sql: ProblemRecord.joins)
            WHERE problem.receipt = \(ProblemActs.hash(secret))
            """)
    }

    static func some(_ ids: [ID<Problem>], _ store: Transaction) throws -> [ProblemRecord] {
        try store.rows(
            """
            SELECT \(sql: ProblemRecord.columns) FROM problem \(sql: ProblemRecord.joins)
            WHERE problem.id IN \(list: ids) ORDER BY problem.number
            """)
    }

    /// A page of a person's own, newest first.
    static func own(_ person: ID<Person>, after: ListPlace, _ store: Transaction) throws
        -> Paged<ProblemRecord>
    {
        try store.page(
            "SELECT \(sql: ProblemRecord.columns) FROM problem \(sql: ProblemRecord.joins)",
            where: ["problem.proposer = \(person)"], in: newest, after: after, size: pageSize, keys: keys)
    }

    private static let newest = ListOrder([.number("problem.at"), .text("problem.id")], descending: true)

    private static func keys(_ row: ProblemRecord) -> [String] { ["\(row.at.rawValue)", row.id.rawValue] }

    /// A page of all of them, newest first.
    ///
    /// - Parameter now: nothing is later; said, so that the order's own index is walked from there.
    static func list(_ filter: ProblemFilter, at now: Instant, _ store: Transaction) throws
        -> Paged<ProblemRecord>
    {
        var conditions: [SQL] = ["problem.at <= \(now)"]
        if let state = filter.state { conditions.append("problem.state = \(state)") }
        if let side = filter.side { conditions.append("problem.side = \(side)") }
        for word in filter.words.split(whereSeparator: \.isWhitespace).prefix(4) {
            let pattern = "%\(Terms.escaped(Terms.folded(String(word))))%"
            conditions.append(
                """
                (problem.text LIKE \(pattern) ESCAPE '~' OR LOWER(problem.number) LIKE \(pattern) ESCAPE '~'
                  OR LOWER(problem.organisation_name) LIKE \(pattern) ESCAPE '~')
                """)
        }
        return try store.page(
            "SELECT \(sql: ProblemRecord.columns) FROM problem \(sql: ProblemRecord.joins)",
            where: conditions, in: newest, after: filter.after, size: pageSize, keys: keys)
    }

    static func waiting(_ store: Transaction) throws -> Int {
        try store.value(
            "SELECT COUNT(*) FROM problem WHERE state = \(Problem.State.waiting)", as: Int.self) ?? 0
    }

    /// The title of the one that waits longest.
    static func oldestWaiting(_ store: Transaction) throws -> String? {
        try store.value(
            "SELECT title FROM problem WHERE state = \(Problem.State.waiting) ORDER BY at, id LIMIT 1",
            as: String.self)
    }

    struct Tie: Sendable, Decodable {
        let id: ID<Problem>
        let number: String
        let title: String
        let reason: String?
        let at: Instant?
    }

    /// What was merged into it.
    static func merged(into id: ID<Problem>, _ store: Transaction) throws -> [Tie] {
        try store.rows(
            """
            SELECT id, number, title, reason, settled_at AS at FROM problem WHERE merged_into = \(id)
            ORDER BY number
            """)
    }

    /// What it is linked with, from either side.
    static func linked(_ id: ID<Problem>, _ store: Transaction) throws -> [Tie] {
        try store.rows(
            """
            SELECT problem.id AS id, problem.number AS number, problem.title AS title,
              problem_link.reason AS reason, problem_link.at AS at
            FROM problem_link JOIN problem ON problem.id =
              CASE WHEN problem_link.problem = \(id) THEN problem_link.other ELSE problem_link.problem END
            WHERE problem_link.problem = \(id) OR problem_link.other = \(id) ORDER BY problem_link.fact
            """)
    }
}

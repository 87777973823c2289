import Crypto
package import Lifecycle
import Store

/// What people do with problems.
package enum ProblemActs {
    /// Who did not sign in, and how to reach them.
    package struct Citizen: Sendable {
        package let contact: ContactLeft
        /// Comes back with it; the house keeps its hash.
        package let secret: String
        package init(contact: ContactLeft, secret: String) {
            self.contact = contact
            self.secret = secret
        }
    }

    static let leastReason = 5
    static let mostReason = 1_000

    /// Takes a problem in.
    ///
    /// - Parameters:
    ///   - answers: canonical, by field.
    ///   - citizen: for who is not signed in; the act's own actor otherwise.
    @discardableResult
    package static func putIn(
        _ answers: [String: String], id: ID<Problem>, citizen: Citizen?, _ change: Change, _ house: House
    ) throws -> Problem {
        guard let form = house.plan.problemForm else { throw Refused("problem.no-form") }
        var refusals = obstacles(answers, form)
        refusals += citizen?.contact.obstacles ?? []
        guard refusals.isEmpty else { throw Refused(refusals) }
        let home = try citizen == nil ? home(of: change.actor, change.store) : nil
        let problem = Problem(
            id: id, number: try nextNumber(at: change.at, change.store),
            side: home.map { Problem.Side($0.kind) } ?? .citizen, organisation: home?.id,
            organisationName: home?.name ?? "", proposer: citizen == nil ? change.actor : nil,
            answers: form.fields.compactMap { field in
                guard let value = answers[field.id], !value.isEmpty else { return nil }
                return Problem.Answer(field: field.id, label: field.label, kind: field.kind, value: value)
            })
        try change.append(
            ProblemPutIn(problem: problem, receipt: citizen.map { hash($0.secret) }), about: .problem(id))
        if let citizen { try change.append(citizen.contact, about: .problem(id)) }
        return problem
    }

    static func hash(_ secret: String) -> String {
        Canonical.hex(SHA256.hash(data: Array(secret.utf8)))
    }

    static func obstacles(_ answers: [String: String], _ form: ProblemForm) -> [Refusal] {
        ApplicationForm(sections: [form.section]).problems(
            in: answers, disciplines: [], settings: Settings()
        ).map { problem in
            Refusal(
                "answer.\(problem.code)",
                problem.values.merging(["label": problem.label.zh, "field": problem.field]) { old, _ in old })
        }
    }

    private struct Home: Decodable, Sendable {
        let id: ID<Organisation>
        let name: String
        let kind: Organisation.Kind
    }

    private static func home(of person: ID<Person>?, _ store: Transaction) throws -> Home {
        guard let person,
            let home = try store.row(
                """
                SELECT organisation.id AS id, organisation.name AS name, organisation.kind AS kind FROM person
                JOIN organisation ON organisation.id = person.organisation WHERE person.id = \(person)
                """, as: Home.self)
        else { throw Missing() }
        return home
    }

    /// `W2026-00001`. It goes on from year to year and counts rows, of which none is ever taken away: an erased
    /// problem's number is not given twice. One writer at a time, so no two get the same.
    private static func nextNumber(at now: Instant, _ store: Transaction) throws -> String {
        let count = try store.value("SELECT COUNT(*) FROM problem", as: Int.self) ?? 0
        return "W\(now.day.year)-\(String(String(100_001 + count).dropFirst()))"
    }

    // MARK: - an officer's desk

    package static func merge(
        _ id: ID<Problem>, into number: String, reason: String, by officer: ID<Person>, _ change: Change
    ) throws {
        let (one, other) = try two(id, number, reason, officer, change.store)
        guard one.state == .waiting else { throw Refused("problem.not-waiting", ["number": one.number]) }
        guard other.state == .waiting || other.state == .topic else {
            throw Refused("problem.target-settled", ["number": other.number])
        }
        try change.append(
            ProblemMerged(into: other.id), about: .problem(id), as: .programmeOfficer, reason: reason.trimmed)
    }

    package static func link(
        _ id: ID<Problem>, with number: String, reason: String, by officer: ID<Person>, _ change: Change
    ) throws {
        let (one, other) = try two(id, number, reason, officer, change.store)
        let known = try change.store.value(
            """
            SELECT 1 FROM problem_link WHERE (problem = \(one.id) AND other = \(other.id))
              OR (problem = \(other.id) AND other = \(one.id))
            """, as: Int.self)
        guard known == nil else { throw Refused("problem.linked", ["number": other.number]) }
        try change.append(
            ProblemLinked(with: other.id), about: .problem(id), as: .programmeOfficer, reason: reason.trimmed)
    }

    package static func setAside(
        _ id: ID<Problem>, reason: String, by officer: ID<Person>, _ change: Change
    ) throws {
        let one = try mine(id, reason, officer, change.store)
        guard one.state == .waiting else { throw Refused("problem.not-waiting", ["number": one.number]) }
        try change.append(
            ProblemSetAside(), about: .problem(id), as: .programmeOfficer, reason: reason.trimmed)
    }

    package static func reopen(
        _ id: ID<Problem>, reason: String, by officer: ID<Person>, _ change: Change
    ) throws {
        let one = try mine(id, reason, officer, change.store)
        guard one.state == .merged || one.state == .setAside else {
            throw Refused("problem.not-settled", ["number": one.number])
        }
        try change.append(
            ProblemReopened(), about: .problem(id), as: .programmeOfficer, reason: reason.trimmed)
    }

    struct Standing: Decodable, Sendable {
        let id: ID<Problem>
        let number: String
        let state: Problem.State
        let proposer: ID<Person>?
    }

    static func standing(_ id: ID<Problem>, _ store: Transaction) throws -> Standing? {
        try store.row("SELECT id, number, state, proposer FROM problem WHERE id = \(id)")
    }

    /// The problem, if this officer may settle it: nobody settles their own.
    private static func mine(
        _ id: ID<Problem>, _ reason: String, _ officer: ID<Person>, _ store: Transaction
    ) throws -> Standing {
        guard let one = try standing(id, store) else { throw Missing() }
        guard one.proposer != officer else { throw Refused("problem.own") }
        try Self.check(reason)
        return one
    }

    static func check(_ reason: String) throws {
        guard reason.trimmedCount >= leastReason else {
            throw Refused("reason.short", ["least": "\(leastReason)"])
        }
        guard reason.count <= mostReason else {
            throw Refused("problem.reason-long", ["most": "\(mostReason)"])
        }
    }

    private static func two(
        _ id: ID<Problem>, _ number: String, _ reason: String, _ officer: ID<Person>, _ store: Transaction
    ) throws -> (Standing, Standing) {
        let one = try mine(id, reason, officer, store)
        let wanted = number.trimmed.halfWidth.uppercased()
        guard
            let other = try store.row(
                "SELECT id, number, state, proposer FROM problem WHERE number = \(wanted)", as: Standing.self)
        else { throw Refused("problem.no-number", ["number": String(wanted.prefix(20))]) }
        guard other.id != id else { throw Refused("problem.itself") }
        return (one, other)
    }
}

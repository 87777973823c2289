package import Lifecycle
package import Store

/// An expert as the choice of reviewers looks at one.
package struct ExpertRecord: Sendable, Decodable {
    package let person: ID<Person>
    package let name: String
    package let title: String?
    package let organisationName: String?
    package let entity: ID<Organisation>?
    /// Second-level codes, best first, parted by commas.
    package let disciplines: String
    /// Parted by 、
    package let keywords: String
    package let load: Int
    package let loadMax: Int

    package var disciplineCodes: [String] { disciplines.split(separator: ",").map(String.init) }
    package var keywordList: [String] { keywords.split(separator: "、").map(String.init) }
}

/// How near an expert's field is to a dossier's.
package enum Nearness: Int, Sendable, Comparable, CaseIterable {
    /// The same second-level discipline.
    case discipline
    /// The same first-level discipline.
    case field
    /// Shares keywords only.
    case keywords
    case far

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

package struct Candidate: Sendable {
    package let expert: ExpertRecord
    package let nearness: Nearness
    package let sharedDisciplines: [String]
    package let sharedKeywords: [String]
    /// What the expert said of this dossier beforehand.
    package let bid: Willingness?
    /// Why this expert cannot be asked; empty when free.
    package let obstacles: [Refusal]
}

/// The experts one could ask to review a dossier, and those one cannot, with the reason.
package enum Candidates {
    /// Nearest field first, then most shared keywords, then least load.
    ///
    /// - Parameter nearOnly: only experts of the same first-level discipline (the demo chooses thousands).
    package static func of(
        _ application: ID<Application>, nearOnly: Bool = false, at now: Instant, _ house: House,
        _ store: Transaction
    ) throws -> [Candidate] {
        struct Head: Decodable, Sendable {
            let call: ID<Call>
            let discipline: String
            let fact: Int64
        }
        guard
            let head = try store.row(
                "SELECT call, discipline, fact FROM application WHERE id = \(application)", as: Head.self)
        else { throw Missing() }
        let (call, programme) = try Calls.found(head.call, house, store)
        let standing = try Dossiers.standing(of: application, in: call, programme, house, store)
        guard let step = call.procedure(of: programme).step(of: .review) else { return [] }
        let field = String(head.discipline.prefix(3))
        let near: SQL =
            nearOnly
            ? """
            expert.person IN (SELECT person FROM expert_discipline
              WHERE discipline >= \(field) AND discipline < \(field + "~"))
            """ : "1 = 1"
        let records = try store.rows(
            "\(sql: select(in: head.call)) WHERE \(sql: near) AND \(sql: active(at: now))",
            as: ExpertRecord.self)
        let parties = try Parties.withRivals(application, store)
        let current = try ReviewActs.of(application, store)
        let wanted = Set(try keywords(fact: head.fact, programme, store))
        let asksExperts = programme.review.matching?.bids != nil
        let bids = asksExperts ? try BidQueries.of(application, store) : [:]
        return records.map { record in
            let codes = record.disciplineCodes
            let same = codes.filter { $0 == head.discipline }
            let sameField = codes.filter { $0.hasPrefix(field) }
            let shared = record.keywordList.filter(wanted.contains)
            let nearness: Nearness =
                !same.isEmpty
                ? .discipline : !sameField.isEmpty ? .field : !shared.isEmpty ? .keywords : .far
            return Candidate(
                expert: record, nearness: nearness,
                sharedDisciplines: same + sameField.filter { $0 != head.discipline },
                sharedKeywords: shared, bid: bids[record.person],
                obstacles: obstacles(
                    record, parties: parties, in: programme, step: step, standing: standing,
                    current: current))
        }.sorted {
            ($0.nearness, -$0.sharedKeywords.count, $0.expert.load, $0.expert.person.rawValue)
                < ($1.nearness, -$1.sharedKeywords.count, $1.expert.load, $1.expert.person.rawValue)
        }
    }

    /// Every expert who holds the role now, with the load in this call.
    static func all(in call: ID<Call>, at now: Instant, _ store: Transaction) throws -> [ExpertRecord] {
        try store.rows("\(sql: select(in: call)) WHERE \(sql: active(at: now)) ORDER BY expert.person")
    }

    /// Nil unless the person is registered as an expert and holds the role now.
    package static func record(
        of expert: ID<Person>, in call: ID<Call>, at now: Instant, _ store: Transaction
    ) throws -> ExpertRecord? {
        try store.row(
            "\(sql: select(in: call)) WHERE expert.person = \(expert) AND \(sql: active(at: now))",
            as: ExpertRecord.self)
    }

    /// Everything that keeps an expert from being asked.
    package static func obstacles(
        _ record: ExpertRecord, parties: DossierParties, in programme: Programme, step: Step,
        standing: Standing, current: [AssignmentRecord]
    ) -> [Refusal] {
        var found = conflicts(
            of: record.person, entity: record.entity, parties: parties, in: programme, step: step,
            standing: standing)
        if let asked = current.first(where: { $0.expert == record.person && $0.state != .released }) {
            found.append(
                Refusal(asked.state == .declined ? "review.declined-before" : "review.already-asked"))
        }
        if record.load >= record.loadMax {
            found.append(Refusal("review.load", ["load": "\(record.load)", "most": "\(record.loadMax)"]))
        }
        return found
    }

    /// Conflicts of interest and separation of duties, each with its citation.
    ///
    /// - Parameters:
    ///   - programme: that of the dossier's call, whose defaults say what is borrowed.
    ///   - sat: by step, who sat over the dossier at a meeting: they acted there as much as the officer who led it.
    static func conflicts(
        of person: ID<Person>, entity: ID<Organisation>?, parties: DossierParties, in programme: Programme,
        step: Step, standing: Standing, sat: [String: Set<ID<Person>>] = [:]
    ) -> [Refusal] {
        var found = parties.reasonsAgainstReview(by: person, of: entity).map { $0.refusal(in: programme) }
        for other in step.apartFrom
        where standing.actors(of: other).contains(person) || sat[other]?.contains(person) == true {
            let label = standing.steps.first { $0.step.id == other }?.step.label.zh ?? other
            found.append(Refusal("step.apart", ["step": label], citation: step.cites))
        }
        return found
    }

    private static func select(in call: ID<Call>) -> SQL {
        """
        SELECT expert.person AS person, person.name AS name, person.title AS title,
          entity.name AS organisation_name, entity.id AS entity, expert.disciplines AS disciplines,
          expert.keywords AS keywords, expert.load_max AS load_max,
          (SELECT COUNT(*) FROM assignment WHERE assignment.expert = expert.person
            AND assignment.state IN ('invited', 'accepted', 'submitted') AND assignment.call = \(call)) AS load
        FROM expert JOIN person ON person.id = expert.person
        LEFT JOIN organisation AS own ON own.id = person.organisation
        LEFT JOIN organisation AS entity ON entity.id = own.legal_entity
        """
    }

    private static func active(at now: Instant) -> SQL {
        """
        EXISTS (SELECT 1 FROM tenure WHERE tenure.person = expert.person AND tenure.role = 'expert'
          AND tenure.from_at <= \(now) AND (tenure.until_at IS NULL OR tenure.until_at > \(now)))
        """
    }

    /// The proposal's own keywords, from every field of that kind.
    static func keywords(fact: Int64, _ programme: Programme, _ store: Transaction) throws -> [String] {
        guard let answers = try ApplicationSubmitted.find(fact: fact, store)?.application.answers else {
            return []
        }
        let fields = programme.form.sections.flatMap(\.fields).filter { $0.kind == .keywords }
        return fields.flatMap { ApplicationForm.Field.keywords(answers[$0.id] ?? "") }
    }
}

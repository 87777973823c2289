import Lifecycle
import Store

/// How a university stands in a call, reckoned once for its applicants and for its research office.
enum UnitLimits {
    /// Whose application is thought of with the rest.
    struct Own: Sendable {
        /// Nil before it is begun.
        let application: ID<Application>?
        /// As far as list rules look at it.
        let applicant: Applicant
    }

    /// Nil where the call's programme has no rules for lists.
    static func find(
        _ university: ID<Organisation>, in call: Call, _ programme: Programme, with own: Own? = nil,
        _ store: Transaction
    ) throws -> UnitOutlook? {
        let day = call.rulesDay
        let rules = programme.rules.filter { $0.scope == .list }.compactMap { rule in
            rule.version(on: day).flatMap { version in version.demand.map { (rule, version, $0) } }
        }
        guard !rules.isEmpty else { return nil }
        // What the university left out has ended without a rank, and what it put forward keeps its rank.
        let handed = try store.values(
            """
            SELECT id FROM application WHERE call = \(call.id) AND university = \(university)
              AND (state <> 'refused' OR list_rank IS NOT NULL) ORDER BY number
            """, as: ID<Application>.self)
        let list = try EligibilityFacts.listed(handed, in: call, programme, store)
        let more = try own.flatMap { try isHandedIn($0, store) ? nil : $0.applicant }
        let lines = rules.compactMap { rule, version, demand -> UnitOutlook.Line? in
            guard demand != .quota else { return nil }
            func fits(_ one: Applicant) -> Bool? {
                if let (field, options) = demand.choice {
                    return one.choices?[field].map(options.contains)
                }
                // The share of a list of one says whether this one counts.
                switch rule.verdict(on: day, list: [one], quota: nil, settings: call.settings).result {
                case .met: return true
                case .unmet: return false
                case .unknown: return nil
                }
            }
            func tally(_ list: [Applicant]) -> UnitOutlook.Tally {
                let fit = list.map(fits)
                return UnitOutlook.Tally(
                    fitting: fit.count { $0 == true }, unknown: fit.count { $0 == nil }, all: list.count,
                    result: rule.verdict(on: day, list: list, quota: nil, settings: call.settings).result)
            }
            return UnitOutlook.Line(
                label: version.label ?? rule.label, now: tally(list),
                withOwn: more.flatMap { fits($0) == nil ? nil : tally(list + [$0]) })
        }
        return UnitOutlook(
            quota: rules.contains { $0.2 == .quota } ? call.quota(for: university) : nil,
            received: handed.count, drafted: try drafted(university, in: call.id, store), lines: lines)
    }

    /// The same for one of its people, with what was written so far; nil for who belongs to no organisation.
    static func find(
        for person: ID<Person>, drafting application: ID<Application>?, in call: Call,
        _ programme: Programme, _ store: Transaction
    ) throws -> UnitOutlook? {
        struct Row: Decodable, Sendable {
            let born: Day?
            let university: ID<Organisation>
        }
        guard
            let row = try store.row(
                """
                SELECT person.born AS born, organisation.legal_entity AS university FROM person
                JOIN organisation ON organisation.id = person.organisation WHERE person.id = \(person)
                """, as: Row.self)
        else { return nil }
        let answers = try application.map { try Drafts.answers($0, store) } ?? [:]
        return try find(
            row.university, in: call, programme,
            with: Own(
                application: application,
                applicant: Applicant(born: row.born, choices: programme.form.choices(in: answers))), store)
    }

    private static func isHandedIn(_ own: Own, _ store: Transaction) throws -> Bool {
        guard let application = own.application else { return false }
        return try store.value("SELECT 1 FROM application WHERE id = \(application)", as: Int.self) != nil
    }

    /// Found by the university's people, so that a call with drafts of all of Beijing is not walked.
    private static func drafted(
        _ university: ID<Organisation>, in call: ID<Call>, _ store: Transaction
    ) throws -> Int {
        try store.value(
            """
            SELECT COUNT(*) FROM draft WHERE draft.call = \(call)
              AND draft.owner IN (SELECT person.id FROM person WHERE person.organisation IN
                (SELECT organisation.id FROM organisation WHERE organisation.legal_entity = \(university)))
              AND NOT EXISTS (SELECT 1 FROM application WHERE application.id = draft.id)
            """, as: Int.self) ?? 0
    }
}

import Foundation
package import Lifecycle
package import Store

/// What eligibility reads before it looks at anybody: how far back everybody's record goes, which slices tell of what
/// became of people's applications in this house, and the definitions that calls were published with.
package struct EligibilityGround: Sendable {
    let slices: [Slice]
    /// For the families of calls.
    let definitions: Definitions
    let known: [KnownPast]

    package init(_ slices: [Slice], _ definitions: Definitions, _ store: Transaction) throws {
        self.slices = slices
        self.definitions = definitions
        known = try KnownEntry.general(store).map(\.known)
    }

    package init(_ house: House, _ store: Transaction) throws {
        try self.init(house.slices, house.definitions, store)
    }
}

/// Reads what eligibility looks at in an applicant.
package enum EligibilityFacts {
    private struct PersonRow: Decodable, Sendable {
        let id: ID<Person>
        let born: Day?
        let titleLevel: String?
        let fullTimeTeacher: Bool?
        let serviceUntil: Day?
        let groupName: String?
        let level: String?
    }

    private struct OwnRow: Decodable, Sendable {
        let id: ID<Application>
        let owner: ID<Person>
    }

    /// Somebody to be judged.
    package struct Asked: Sendable {
        let person: ID<Person>
        /// The application being judged; it does not count as another, nor does what became of it.
        let application: ID<Application>?

        package init(_ person: ID<Person>, _ application: ID<Application>?) {
            self.person = person
            self.application = application
        }
    }

    /// Everything that a rule of the programme looks at in each of them, in the order asked, read for all at once. One
    /// person is read in the same way, so that a list and a draft cannot say different things.
    package static func applicants(
        _ asked: [Asked], in call: Call, _ programme: Programme, _ ground: EligibilityGround,
        _ store: Transaction
    ) throws -> [Applicant] {
        guard !asked.isEmpty else { return [] }
        let day = rulesDay(of: call, store)
        let more = try EligibilityAsked(
            asked, for: programme.rules.compactMap { $0.version(on: day) }, in: call, programme,
            ground.definitions, store)
        var found = try people(asked, in: call.id, ground, store)
        for (place, one) in asked.enumerated() { more.add(to: &found[place], of: one) }
        return found
    }

    /// What every rule may look at.
    private static func people(
        _ asked: [Asked], in call: ID<Call>, _ ground: EligibilityGround, _ store: Transaction
    ) throws -> [Applicant] {
        var seen: Set<ID<Person>> = []
        let people = asked.map(\.person).filter { seen.insert($0).inserted }
        let rows = try store.rows(
            """
            SELECT person.id AS id, person.born AS born, person.title_level AS title_level,
              person.full_time_teacher AS full_time_teacher, person.service_until AS service_until,
              organisation.group_name AS group_name, organisation.level AS level FROM person
            LEFT JOIN organisation AS own ON own.id = person.organisation
            LEFT JOIN organisation ON organisation.id = own.legal_entity WHERE person.id IN \(list: people)
            """, as: PersonRow.self)
        let own = try store.rows(
            """
            SELECT id, owner FROM application WHERE owner IN \(list: people) AND call = \(call)
              AND NOT (state = 'refused' AND step_kind = 'draft')
            """, as: OwnRow.self)
        let persons = Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
        let others = Dictionary(grouping: own, by: \.owner)
        let entered = Dictionary(grouping: try TrackEntry.all(of: people, store), by: \.person)
        let known = Dictionary(grouping: try KnownEntry.all(of: people, store), by: \.person)
        let house = try past(of: people, ground.slices, store)
        return asked.map { one in
            guard let row = persons[one.person] else { return Applicant() }
            let here = (house[one.person] ?? []).filter {
                $0.subject != one.application.map { Subject(kind: "application", id: $0.rawValue) }
            }
            return Applicant(
                group: row.groupName, level: row.level, born: row.born, fullTimeTeacher: row.fullTimeTeacher,
                serviceUntil: row.serviceUntil, titleLevel: row.titleLevel,
                otherApplications: (others[one.person] ?? []).count { $0.id != one.application },
                record: (entered[one.person] ?? []).map(\.record) + here.map(\.record),
                known: ground.known + (known[one.person] ?? []).map(\.known))
        }
    }

    /// What slices tell of these people. Of one subject the last that tells of it is heard.
    private static func past(of people: [ID<Person>], _ slices: [Slice], _ store: Transaction) throws
        -> [ID<Person>: [PastOfHouse]]
    {
        var all: [PastOfHouse] = []
        for slice in slices {
            let told = try slice.past(store, people)
            guard !told.isEmpty else { continue }
            let better = Set(told.map(\.subject))
            all.removeAll { better.contains($0.subject) }
            all += told
        }
        return Dictionary(grouping: all, by: \.record.person)
    }

    /// - Parameter application: the one being judged; it does not count as another.
    package static func applicant(
        _ person: ID<Person>, in call: Call, _ programme: Programme, besides application: ID<Application>?,
        _ house: House, _ store: Transaction
    ) throws -> Applicant {
        try applicants(
            [Asked(person, application)], in: call, programme, EligibilityGround(house, store), store
        ).first ?? Applicant()
    }

    /// Every application rule's verdict for one person in one call.
    package static func verdicts(
        for person: ID<Person>, in call: Call, _ programme: Programme, besides application: ID<Application>?,
        _ house: House, _ store: Transaction
    ) throws -> [Verdict] {
        verdicts(
            on: try applicant(person, in: call, programme, besides: application, house, store), in: call,
            programme, store)
    }

    /// The same of many applications, read at once; by application.
    static func verdicts(
        on asked: [Asked], in call: Call, _ programme: Programme, _ house: House, _ store: Transaction
    ) throws -> [ID<Application>: [Verdict]] {
        let applicants = try applicants(
            asked, in: call, programme, EligibilityGround(house, store), store)
        var found: [ID<Application>: [Verdict]] = [:]
        for (one, applicant) in zip(asked, applicants) {
            guard let application = one.application else { continue }
            found[application] = verdicts(on: applicant, in: call, programme, store)
        }
        return found
    }

    /// The same of somebody whose facts were read already.
    package static func verdicts(
        on applicant: Applicant, in call: Call, _ programme: Programme, _ store: Transaction
    ) -> [Verdict] {
        programme.rules.filter { $0.scope == .application }.map {
            $0.verdict(
                on: rulesDay(of: call, store), applicant: applicant, settings: call.settings,
                callYear: call.year,
                projectEnd: call.projectEnd)
        }
    }

    /// The rules' versions are those in force on the day the call opens.
    package static func rulesDay(of call: Call, _ store: Transaction) -> Day {
        call.rulesDay
    }

    /// Every list rule's verdict for the applications a university puts forward.
    package static func listVerdicts(
        _ applications: [ID<Application>], of university: ID<Organisation>, in call: Call,
        _ programme: Programme,
        _ store: Transaction
    ) throws -> [Verdict] {
        let day = rulesDay(of: call, store)
        let list = try listed(applications, in: call, programme, store)
        return programme.rules.filter { $0.scope == .list }.map {
            $0.verdict(
                on: day, list: list, quota: call.quota(for: university),
                settings: call.settings)
        }
    }

    /// What list rules look at in applications that were handed in, in the order asked, read for all at once.
    static func listed(
        _ applications: [ID<Application>], in call: Call, _ programme: Programme, _ store: Transaction
    ) throws -> [Applicant] {
        struct Row: Decodable, Sendable {
            let id: ID<Application>
            let born: Day?
            /// As submitted; nil where it was erased, and where no rule asks.
            let body: String?
        }
        guard !applications.isEmpty else { return [] }
        let day = rulesDay(of: call, store)
        let asksChoices = programme.rules.contains { $0.version(on: day)?.demand?.choice != nil }
        let rows = try store.rows(
            """
            SELECT application.id AS id, application.born AS born, payload.body AS body FROM application
            LEFT JOIN payload ON payload.number = application.fact AND \(asksChoices)
            WHERE application.id IN \(list: applications)
            """, as: Row.self)
        var found: [ID<Application>: Applicant] = [:]
        for row in rows {
            let submitted = try row.body.map {
                try JSONDecoder().decode(ApplicationSubmitted.self, from: Data($0.utf8))
            }
            found[row.id] = Applicant(
                born: row.born,
                choices: submitted.flatMap { programme.form.choices(in: $0.application.answers) })
        }
        return applications.map { found[$0] ?? Applicant() }
    }
}

package import Lifecycle
package import Store

/// Reads what eligibility looks at in an applicant.
package enum EligibilityFacts {
    private struct PersonRow: Decodable, Sendable {
        let born: Day?
        let titleLevel: String?
        let fullTimeTeacher: Bool?
        let serviceUntil: Day?
        let groupName: String?
        let level: String?
    }

    private struct RecordRow: Decodable, Sendable {
        let kind: TrackRecord.Kind
        let family: String
        let level: TrackRecord.Level
        let title: String
        let fromDay: Day
        let untilDay: Day?
    }

    /// - Parameter application: the one being judged; it does not count as another.
    package static func applicant(
        _ person: ID<Person>, in call: ID<Call>, besides application: ID<Application>?, _ store: Transaction
    ) throws -> Applicant {
        guard
            let row = try store.row(
                """
                SELECT person.born, person.title_level, person.full_time_teacher, person.service_until,
                  organisation.group_name, organisation.level FROM person
                LEFT JOIN organisation AS own ON own.id = person.organisation
                LEFT JOIN organisation ON organisation.id = own.legal_entity WHERE person.id = \(person)
                """, as: PersonRow.self)
        else { return Applicant() }
        let others =
            try store.value(
                """
                SELECT COUNT(*) FROM application WHERE call = \(call) AND owner = \(person)
                  AND id <> \(application?.rawValue ?? "") AND NOT (state = 'refused' AND step_kind = 'draft')
                """, as: Int.self) ?? 0
        let record = try store.rows(
            "SELECT kind, family, level, title, from_day, until_day FROM track_record WHERE person = \(person)",
            as: RecordRow.self)
        return Applicant(
            group: row.groupName, level: row.level, born: row.born, fullTimeTeacher: row.fullTimeTeacher,
            serviceUntil: row.serviceUntil, titleLevel: row.titleLevel, otherApplications: others,
            record: record.map {
                TrackRecord(
                    person: person, kind: $0.kind, family: $0.family, level: $0.level, title: $0.title,
                    from: $0.fromDay, until: $0.untilDay)
            })
    }

    /// Every application rule's verdict for one person in one call.
    package static func verdicts(
        for person: ID<Person>, in call: Call, _ programme: Programme, besides application: ID<Application>?,
        _ store: Transaction
    ) throws -> [Verdict] {
        verdicts(
            on: try applicant(person, in: call.id, besides: application, store), in: call, programme, store)
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
        struct Row: Decodable, Sendable {
            let born: Day?
            let fact: Int64
        }
        let day = rulesDay(of: call, store)
        let asksChoices = programme.rules.contains { $0.version(on: day)?.demand?.choice != nil }
        var list: [Applicant] = []
        for application in applications {
            guard
                let row = try store.row(
                    "SELECT born, fact FROM application WHERE id = \(application)", as: Row.self)
            else {
                list.append(Applicant())
                continue
            }
            let submitted = asksChoices ? try ApplicationSubmitted.find(fact: row.fact, store) : nil
            list.append(
                Applicant(
                    born: row.born,
                    choices: submitted.flatMap { programme.form.choices(in: $0.application.answers) }))
        }
        return programme.rules.filter { $0.scope == .list }.map {
            $0.verdict(
                on: day, list: list, quota: call.quota(for: university),
                settings: call.settings)
        }
    }
}

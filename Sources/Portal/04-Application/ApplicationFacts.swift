import Lifecycle
import Store

enum ApplicationProjections {
    static let tables = [
        ProjectedTable("application", key: "id"),
        ProjectedTable("application_member", key: "application, person"),
        ProjectedTable("application_attachment", key: "application, hash"),
        ProjectedTable("application_exclusion", key: "application, person"),
        ProjectedTable("exception_request", key: "application, rule"),
        ProjectedTable("member_consent", key: "application, person"),
        ProjectedTable("endorsement_list", key: "call, university"),
        ProjectedTable("application_term", key: "term, application"),
        ProjectedTable("application_count", key: "call, step_kind, state, reviewers"),
    ]

    static let projections: [Projection] = [
        .on(ApplicationSubmitted.self) { store, fact, body in try submitted(body, fact, store) },
        .on(ExclusionAsked.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO application_exclusion (application, person, reason)
                VALUES (\(fact.subject.id), \(body.person), \(fact.reason?.text ?? ""))
                """)
        },
        .on(MemberConsented.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO member_consent (application, person, at)
                VALUES (\(body.application), \(body.person), \(fact.at))
                ON CONFLICT (application, person) DO UPDATE SET at = excluded.at
                """)
        },
        .on(ApplicationEndorsed.self) { store, fact, body in
            _ = try store.run("UPDATE application SET list_rank = \(body.rank) WHERE id = \(fact.subject.id)")
        },
        .on(ListEndorsed.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO endorsement_list (call, university, fact, at, officer)
                VALUES (\(body.call), \(body.university), \(fact.number), \(fact.at), \(fact.actor))
                """)
        },
    ]

    private static func submitted(_ body: ApplicationSubmitted, _ fact: Fact, _ store: Transaction) throws {
        struct CallRow: Decodable, Sendable {
            let programme: String
            let digest: String
        }
        let it = body.application
        guard
            let call = try store.row(
                "SELECT programme, digest FROM call WHERE id = \(it.call)", as: CallRow.self)
        else { return }
        try ApplicationTerms.leave(it.id, store)
        _ = try store.run(
            """
            INSERT INTO application (id, call, programme, digest, number, owner, owner_name, university,
              university_name, born, title, discipline, amount, fact, version, first_submitted_at, submitted_at,
              list_rank, step, step_kind, holder, state, due_at, topic)
            VALUES (\(it.id), \(it.call), \(call.programme), \(call.digest), \(it.number), \(it.applicant.person),
              \(it.applicant.name), \(body.university), \(it.applicant.universityName), \(it.applicant.born),
              \(it.title), \(it.discipline), \(it.amount), \(fact.number), 1, \(fact.at), \(fact.at), NULL, '', '', '',
              'open', NULL, \(it.topic?.rawValue ?? ""))
            ON CONFLICT (id) DO UPDATE SET topic = excluded.topic, title = excluded.title, discipline = excluded.discipline,
              amount = excluded.amount, fact = excluded.fact, version = application.version + 1,
              owner_name = excluded.owner_name, born = excluded.born, submitted_at = excluded.submitted_at,
              list_rank = NULL
            """)
        try ApplicationTerms.enter(it.id, store)
        _ = try store.run("DELETE FROM application_member WHERE application = \(it.id)")
        for member in it.members {
            _ = try store.run(
                """
                INSERT INTO application_member (application, person, name, organisation, organisation_name, task)
                VALUES (\(it.id), \(member.person), \(member.name), \(member.organisation),
                  \(member.organisationName), \(member.task))
                """)
        }
        _ = try store.run("DELETE FROM application_attachment WHERE application = \(it.id)")
        for file in it.attachments {
            _ = try store.run(
                """
                INSERT INTO application_attachment (application, hash, name, size, type)
                VALUES (\(it.id), \(file.hash), \(file.name), \(file.size), \(file.type))
                """)
        }
        // Those that are asked for with this submission follow as facts of their own.
        _ = try store.run("DELETE FROM application_exclusion WHERE application = \(it.id)")
        _ = try store.run("DELETE FROM exception_request WHERE application = \(it.id)")
        for request in it.exceptions ?? [] {
            guard let decider = it.verdicts.first(where: { $0.rule == request.rule })?.exceptionBy else {
                continue
            }
            _ = try store.run(
                """
                INSERT INTO exception_request (application, rule, decider, grounds)
                VALUES (\(it.id), \(request.rule), \(decider), \(request.grounds))
                """)
        }
    }
}

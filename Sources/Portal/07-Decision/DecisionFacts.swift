import Lifecycle
import Store

enum DecisionFacts {
    static let tables = [
        ProjectedTable("selection", key: "fact"),
        ProjectedTable("selection_departure", key: "proposal, application"),
        ProjectedTable("selection_joined", key: "proposal"),
        ProjectedTable("decision", key: "application"),
        ProjectedTable("notice", key: "id"), ProjectedTable("notice_application", key: "notice, application"),
        ProjectedTable("withheld_notice", key: "application"),
        ProjectedTable("objection", key: "id"),
        ProjectedTable("objection_evidence", key: "objection, hash"),
    ]

    static let projections: [Projection] = [
        .on(SelectionProposed.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO selection (fact, call, state, proposer, proposed_at, total)
                VALUES (\(fact.number), \(fact.subject.id), 'proposed', \(fact.actor), \(fact.at), \(body.selection.total))
                """)
        },
        .on(DepartureReasoned.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO selection_departure (proposal, application, reason)
                VALUES (\(body.proposal), \(body.application), \(fact.reason?.text ?? ""))
                """)
        },
        .on(SelectionSentBack.self) { store, fact, _ in
            _ = try store.run(
                """
                UPDATE selection SET state = 'sent-back', settled_by = \(fact.actor), settled_at = \(fact.at),
                  reason = \(fact.reason) WHERE call = \(fact.subject.id) AND state = 'proposed'
                """)
        },
        .on(SelectionJoined.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO selection_joined (proposal, funder, person, at)
                VALUES (\(body.proposal), \(body.funder), \(fact.actor), \(fact.at))
                """)
        },
        .on(SelectionSigned.self) { store, fact, body in
            _ = try store.run(
                """
                UPDATE selection SET state = 'signed', settled_by = \(fact.actor), settled_at = \(fact.at)
                WHERE fact = \(body.proposal)
                """)
        },
        .on(ApplicationDecided.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO decision (application, call, fact, at, funded, amount, place, mean_hundredths, departure, route)
                SELECT application.id, application.call, \(fact.number), \(fact.at), \(body.funded), \(body.amount),
                  \(body.place), \(body.meanHundredths), \(fact.reason), \(body.route?.kind.rawValue)
                FROM application WHERE application.id = \(fact.subject.id)
                """)
            try Bookkeeping.book(body.entries, of: fact, store)
        },
        .on(NoticeOpened.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO notice (id, call, opened_at, ends_at)
                VALUES (\(body.notice), \(body.call), \(fact.at), \(body.ends))
                """)
            for application in body.applications {
                _ = try store.run(
                    "INSERT INTO notice_application (notice, application) VALUES (\(body.notice), \(application))"
                )
            }
        },
        .on(ObjectionFiled.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO objection (id, notice, application, fact, filed_at, due_at)
                VALUES (\(body.objection), \(body.notice), \(body.application), \(fact.number), \(fact.at), \(body.due))
                """)
        },
        .on(EvidenceAttached.self) { store, _, body in
            for (place, file) in body.attachments.enumerated() {
                _ = try store.run(
                    """
                    INSERT INTO objection_evidence (objection, place, hash, name, size, type)
                    VALUES (\(body.objection), \(place), \(file.hash), \(file.name), \(file.size), \(file.type))
                    """)
            }
        },
        .on(ObjectionAnswered.self) { store, fact, body in
            _ = try store.run(
                """
                UPDATE objection SET answered_at = \(fact.at), upheld = \(body.upheld), answer = \(fact.reason)
                WHERE id = \(body.objection)
                """)
        },
        .on(NoticeClosed.self) { store, fact, _ in
            _ = try store.run("UPDATE notice SET closed_at = \(fact.at) WHERE id = \(fact.subject.id)")
        },
        .on(ApplicationConfirmed.self) { store, fact, _ in
            _ = try store.run(
                "UPDATE decision SET confirmed_at = \(fact.at) WHERE application = \(fact.subject.id)")
        },
        .on(NoticeWithheld.self) { store, fact, _ in
            _ = try store.run(
                "UPDATE decision SET confirmed_at = \(fact.at) WHERE application = \(fact.subject.id)")
            _ = try store.run(
                """
                INSERT INTO withheld_notice (application, fact, at, grounds)
                VALUES (\(fact.subject.id), \(fact.number), \(fact.at), \(fact.reason?.text ?? ""))
                """)
        },
        .on(ApplicationOverturned.self) { store, fact, body in
            _ = try store.run(
                "UPDATE decision SET overturned_at = \(fact.at) WHERE application = \(fact.subject.id)")
            try Bookkeeping.book(body.entries, of: fact, store)
        },
    ]
}

import Lifecycle
import Store

/// Definitions and calendars that the house adopted, and how a definition comes into force.
enum PlanFacts {
    static let tables = [
        ProjectedTable("programme_definition", key: "digest"), ProjectedTable("work_calendar", key: "fact"),
        ProjectedTable("definition_in_force", key: "programme"),
        ProjectedTable("definition_proposal", key: "fact"),
    ]

    static let projections: [Projection] = [
        .on(ProgrammeAdopted.self) { store, fact, body in
            try keep(body.programme, fact, store)
            // The first definition of a programme is in force from the start; every later one waits for two people.
            _ = try store.run(
                """
                INSERT INTO definition_in_force (programme, digest, since)
                VALUES (\(body.programme.id), \(body.programme.digest), \(fact.at))
                ON CONFLICT (programme) DO NOTHING
                """)
        },
        .on(DefinitionProposed.self) { store, fact, body in
            try keep(body.programme, fact, store)
            _ = try store.run(
                """
                INSERT INTO definition_proposal (fact, programme, digest, replaces, at, proposer, grounds, moving,
                  files, answer)
                VALUES (\(fact.number), \(body.programme.id), \(body.programme.digest), \(body.replaces), \(fact.at),
                  \(fact.actor), \(fact.reason?.text ?? ""), \(try Canonical.json(body.moving)),
                  \(try Canonical.json(body.files)), '')
                """)
        },
        .on(DefinitionSettled.self) { store, fact, body in
            _ = try store.run(
                """
                UPDATE definition_proposal SET answer = \(body.answer.rawValue), settled_at = \(fact.at),
                  settled_by = \(fact.actor), settled_reason = \(fact.reason?.text) WHERE fact = \(body.proposal)
                """)
            guard body.answer == .activated else { return }
            _ = try store.run(
                """
                UPDATE definition_in_force SET digest = \(body.digest), since = \(fact.at)
                WHERE programme = \(fact.subject.id)
                """)
        },
        .on(CalendarAdopted.self) { store, fact, body in
            _ = try store.run(
                "INSERT INTO work_calendar (fact, definition) VALUES (\(fact.number), \(try Canonical.json(body.calendar)))"
            )
        },
    ]

    private static func keep(_ programme: Programme, _ fact: Fact, _ store: Transaction) throws {
        _ = try store.run(
            """
            INSERT INTO programme_definition (digest, programme, adopted_at, definition)
            VALUES (\(programme.digest), \(programme.id), \(fact.at), \(try Canonical.json(programme)))
            ON CONFLICT (digest) DO NOTHING
            """)
    }
}

/// The house takes over what its plan folder says now; what running calls pinned stays.
package enum Adoption {
    /// Appends facts for the calendar and for definitions that are not yet known. Run at every start.
    package static func adopt(_ house: House) throws {
        try house.changeNow(by: nil, at: house.now) { change in
            if try house.definitions.calendar(change.store) != house.plan.calendar {
                try change.append(
                    CalendarAdopted(calendar: house.plan.calendar),
                    about: Subject(kind: "plan", id: "calendar"))
            }
            for programme in house.plan.programmes {
                if try house.definitions.programme(programme.digest, change.store) == nil {
                    try change.append(
                        ProgrammeAdopted(programme: programme),
                        about: Subject(kind: "programme", id: programme.id))
                }
            }
        }
    }
}

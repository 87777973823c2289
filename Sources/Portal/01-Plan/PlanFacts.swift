import Lifecycle
import Store

/// Definitions and calendars that the house adopted.
enum PlanFacts {
    static let tables = [
        ProjectedTable("programme_definition", key: "digest"), ProjectedTable("work_calendar", key: "fact"),
    ]

    static let projections: [Projection] = [
        .on(ProgrammeAdopted.self) { store, fact, body in
            let text = try Canonical.json(body.programme)
            _ = try store.run(
                """
                INSERT INTO programme_definition (digest, programme, adopted_at, definition)
                VALUES (\(body.programme.digest), \(body.programme.id), \(fact.at), \(text))
                ON CONFLICT (digest) DO NOTHING
                """)
        },
        .on(CalendarAdopted.self) { store, fact, body in
            _ = try store.run(
                "INSERT INTO work_calendar (fact, definition) VALUES (\(fact.number), \(try Canonical.json(body.calendar)))"
            )
        },
    ]
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

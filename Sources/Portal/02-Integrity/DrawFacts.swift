import Lifecycle
import Store

enum DrawFacts {
    static let tables = [
        ProjectedTable("draw", key: "id"), ProjectedTable("draw_entry", key: "draw, code"),
        ProjectedTable("draw_party", key: "draw, organisation"),
    ]

    static let projections: [Projection] = [
        .on(DrawAsked.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO draw (id, purpose, about_kind, about_id, title, places, alternates, by_class,
                  asked_by, asked_at)
                VALUES (\(body.draw), \(body.purpose), \(body.about.kind), \(body.about.id), \(body.title),
                  \(body.places), \(body.alternates), \(body.byClass), \(fact.actor), \(fact.at))
                """)
        },
        .on(DrawInvited.self) { store, fact, body in
            _ = try store.run("DELETE FROM draw_party WHERE draw = \(body.draw)")
            for party in body.parties {
                _ = try store.run(
                    """
                    INSERT INTO draw_party (draw, organisation, name)
                    VALUES (\(body.draw), \(party.organisation), \(party.name))
                    """)
            }
            _ = try store.run(
                """
                UPDATE draw SET quorum = \(body.quorum), opening_hours = \(body.openingHours),
                  invited_by = \(fact.actor), promises_until = \(body.until), parties = \(body.parties.count), promised = 0 WHERE id = \(body.draw)
                """)
        },
        .on(DrawPromised.self) { store, fact, body in
            _ = try store.run(
                """
                UPDATE draw_party SET hash = \(body.hash), promised_at = \(fact.at)
                WHERE draw = \(body.draw) AND organisation = \(body.organisation)
                """)
            _ = try store.run("UPDATE draw SET promised = promised + 1 WHERE id = \(body.draw)")
        },
        .on(DrawOpened.self) { store, fact, body in
            _ = try store.run(
                """
                UPDATE draw_party SET secret = \(body.secret), opened_at = \(fact.at), in_time = \(body.inTime)
                WHERE draw = \(body.draw) AND organisation = \(body.organisation)
                """)
            guard body.inTime else { return }
            _ = try store.run("UPDATE draw SET opened = opened + 1 WHERE id = \(body.draw)")
        },
        .on(DrawPoolKept.self) { store, _, body in
            for (index, entry) in body.entries.enumerated() {
                _ = try store.run(
                    """
                    INSERT INTO draw_entry (draw, code, number, subject_kind, subject_id, salt)
                    VALUES (\(body.draw), \(entry.code), \(index + 1), \(entry.subject.kind),
                      \(entry.subject.id), \(entry.salt))
                    """)
            }
        },
        .on(DrawCommitted.self) { store, fact, body in
            _ = try store.run(
                """
                UPDATE draw SET kept_by = \(fact.actor), committed_at = \(fact.at),
                  committed_fact = \(fact.number), commitment = \(body.commitment), digest = \(body.digest),
                  not_before = \(body.notBefore) WHERE id = \(body.draw)
                """)
        },
        .on(DrawHeld.self) { store, fact, body in
            _ = try store.run(
                """
                UPDATE draw SET held_by = \(fact.actor), held_at = \(fact.at), held_fact = \(fact.number),
                  transcript = \(body.transcript) WHERE id = \(body.draw)
                """)
            for result in body.results {
                _ = try store.run(
                    """
                    UPDATE draw_entry SET outcome = \(result.outcome), place = \(result.place)
                    WHERE draw = \(body.draw) AND code = \(result.code)
                    """)
            }
        },
        .on(DrawSubstituted.self) { store, fact, body in
            _ = try store.run(
                """
                UPDATE draw_entry SET substitute = \(body.alternate), reason = \(fact.reason)
                WHERE draw = \(body.draw) AND code = \(body.code)
                """)
        },
    ]
}

extension Draw.Purpose: SQLBindable {}
extension DrawHeld.Outcome: SQLBindable {}

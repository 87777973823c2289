import Lifecycle
import Store

/// Organisations, people, roles, experts and track records, projected from their facts.
enum PeopleFacts {
    static let tables = [
        ProjectedTable("organisation", key: "id"), ProjectedTable("person", key: "id"),
        ProjectedTable("tenure", key: "person, role, organisation, from_at"),
        ProjectedTable("expert", key: "person"),
        ProjectedTable("expert_discipline", key: "discipline, person"),
        ProjectedTable("expert_kind", key: "person, kind"),
        ProjectedTable("person_term", key: "term, person"), ProjectedTable("track_record", key: "fact"),
        ProjectedTable("known_past", key: "fact"),
        ProjectedTable("ledger_entry", key: "fact, line"),
        ProjectedTable("account_balance", key: "account"),
        ProjectedTable("role_proposal", key: "fact"),
    ]

    static let projections: [Projection] =
        [
            .on(OrganisationRegistered.self) { store, _, body in
                let it = body.organisation
                _ = try store.run(
                    """
                    INSERT INTO organisation (id, name, name_en, pinyin, kind, parent, legal_entity, code, group_name,
                      authority, level, note)
                    VALUES (\(it.id), \(it.name), \(it.nameEn), \(it.pinyin), \(it.kind.rawValue), \(it.parent),
                      \(it.legalEntity), \(it.code), \(it.group), \(it.authority), \(it.level), \(it.note))
                    ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_en = excluded.name_en,
                      pinyin = excluded.pinyin, kind = excluded.kind, parent = excluded.parent,
                      legal_entity = excluded.legal_entity, code = excluded.code, group_name = excluded.group_name,
                      authority = excluded.authority, level = excluded.level, note = excluded.note
                    """)
            },
            .on(PersonRegistered.self) { store, _, body in
                let it = body.person
                try PersonTerms.enter(it, store)
                _ = try store.run(
                    """
                    INSERT INTO person (id, name, pinyin, email, organisation, born, title, title_level, degree,
                      full_time_teacher, service_until, demo)
                    VALUES (\(it.id), \(it.name), \(it.pinyin), \(it.email), \(it.organisation), \(it.born),
                      \(it.title), \(it.titleLevel), \(it.degree), \(it.fullTimeTeacher), \(it.serviceUntil), \(it.demo))
                    ON CONFLICT (id) DO UPDATE SET name = excluded.name, pinyin = excluded.pinyin,
                      email = excluded.email, organisation = excluded.organisation, born = excluded.born,
                      title = excluded.title, title_level = excluded.title_level, degree = excluded.degree,
                      full_time_teacher = excluded.full_time_teacher, service_until = excluded.service_until,
                      demo = excluded.demo
                    """)
            },
            .on(RoleGranted.self) { store, _, body in
                let it = body.tenure
                _ = try store.run(
                    """
                    INSERT INTO tenure (person, role, organisation, from_at, until_at)
                    VALUES (\(it.person), \(it.role), \(it.organisation), \(it.from), \(it.until))
                    """)
            },
            .on(RoleEnded.self) { store, fact, body in
                _ = try store.run(
                    """
                    UPDATE tenure SET until_at = \(fact.at) WHERE person = \(body.person) AND role = \(body.role)
                      AND organisation = \(body.organisation) AND (until_at IS NULL OR until_at > \(fact.at))
                    """)
            },
            .on(RoleProposed.self) { store, fact, body in
                _ = try store.run(
                    """
                    INSERT INTO role_proposal (fact, action, person, role, organisation, proposed_by, proposed_as,
                      proposed_at)
                    VALUES (\(fact.number), \(body.action.rawValue), \(body.person), \(body.role),
                      \(body.organisation), \(fact.actor), \(fact.role), \(fact.at))
                    """)
            },
            .on(RoleProposalSettled.self) { store, fact, body in
                _ = try store.run(
                    """
                    UPDATE role_proposal SET settled_by = \(fact.actor), settled_at = \(fact.at),
                      confirmed = \(body.confirmed) WHERE fact = \(body.proposal)
                    """)
            },
            .on(ExpertRegistered.self) { store, _, body in
                let it = body.expert
                _ = try store.run(
                    """
                    INSERT INTO expert (person, disciplines, keywords, load_max)
                    VALUES (\(it.person), \(it.disciplines.joined(separator: ",")),
                      \(it.keywords.joined(separator: "、")), \(it.loadMax))
                    ON CONFLICT (person) DO UPDATE SET disciplines = excluded.disciplines,
                      keywords = excluded.keywords, load_max = excluded.load_max
                    """)
                _ = try store.run("DELETE FROM expert_kind WHERE person = \(it.person)")
                for kind in it.heldKinds {
                    _ = try store.run(
                        "INSERT INTO expert_kind (person, kind) VALUES (\(it.person), \(kind.rawValue))")
                }
                _ = try store.run("DELETE FROM expert_discipline WHERE person = \(it.person)")
                for (place, discipline) in it.disciplines.enumerated() {
                    _ = try store.run(
                        """
                        INSERT INTO expert_discipline (discipline, person, place)
                        VALUES (\(discipline), \(it.person), \(place)) ON CONFLICT (discipline, person) DO NOTHING
                        """)
                }
            },
        ] + TrackFacts.projections
}

import Lifecycle
import Store

/// Who will use the result of a topic, or accepted to be the final user of a bid for it, does not bid for it too.
enum TopicStake {
    /// What of it keeps a draft from being submitted.
    static func obstacle(
        to draft: Draft, _ answers: [String: String], _ store: Transaction
    ) throws -> Refusal? {
        guard let topic = answers[ApplicationForm.topic], !topic.isEmpty else { return nil }
        let team = [draft.owner] + (try Drafts.members(draft.id, store).map(\.person))
        let user = try store.value(
            """
            SELECT 1 FROM topic WHERE id = \(topic) AND user_person IN \(list: team)
            UNION ALL SELECT 1 FROM dossier_party
              JOIN application ON application.id = dossier_party.application
              WHERE dossier_party.person IN \(list: team) AND dossier_party.role = \(Role.finalUser)
                AND dossier_party.state = 'accepted' AND application.topic = \(topic)
            LIMIT 1
            """, as: Int.self)
        return user == nil
            ? nil : Refusal("application.final-user")
    }

    /// Whether the person applies, alone or in a team, for the topic that this dossier bids for.
    static func bids(
        _ person: ID<Person>?, besides application: ID<Application>, _ store: Transaction
    ) throws -> Bool {
        try store.value(
            """
            SELECT 1 FROM application AS asked JOIN application ON application.topic = asked.topic
            WHERE asked.id = \(application) AND asked.topic <> '' AND (application.owner = \(person)
              OR EXISTS (SELECT 1 FROM application_member
                WHERE application_member.application = application.id
                  AND application_member.person = \(person)))
            LIMIT 1
            """, as: Int.self) != nil
    }
}

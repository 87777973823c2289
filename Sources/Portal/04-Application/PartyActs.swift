package import Lifecycle
import Store

/// Asking people in by name for one dossier, and their answers.
///
/// As with the members of a team an address is asked, not a person: whether anybody is registered under it shows to
/// nobody before that person answers.
package enum PartyActs {
    /// What of the parties keeps a dossier from being submitted.
    static func obstacles(
        of application: ID<Application>, _ programme: Programme, _ store: Transaction
    ) throws -> [Refusal] {
        let rules = (programme.parties ?? []).filter { $0.invitedBy == .applicant }
        guard !rules.isEmpty else { return [] }
        let asked = try InvitedParty.all(of: application, store)
        return rules.flatMap { rule -> [Refusal] in
            func count(_ state: InvitedParty.State) -> Int {
                asked.count { $0.role == rule.role && $0.state == state }
            }
            let role = "role.\(rule.role.rawValue)"
            var found: [Refusal] = []
            if count(.accepted) < rule.least {
                found.append(
                    Refusal(
                        "party.too-few",
                        ["role": role, "least": "\(rule.least)", "count": "\(count(.accepted))"],
                        citation: rule.cites))
            }
            // From the submission on it is settled who carries the dossier.
            if programme.procedure.asksEach(rule.role), count(.invited) > 0 {
                found.append(
                    Refusal(
                        "party.unanswered", ["role": role, "count": "\(count(.invited))"],
                        citation: rule.cites))
            }
            return found
        }
    }

    /// Asks an address. The applicant while writing; the officer, where the programme says so, from the submission
    /// until what the party is to do is done.
    @discardableResult
    package static func invite(
        _ email: String, as role: Role, to application: ID<Application>, by viewer: Viewer, _ change: Change,
        _ house: House
    ) throws -> Fact {
        let store = change.store
        let (call, rule, inviter) = try inviting(role, to: application, by: viewer, house, store)
        guard let address = Email.normalised(email) else { throw Refused("party.address") }
        let own = try store.value(
            "SELECT email FROM person WHERE id = \(viewer.person)", as: String.self)
        if own == address { throw Refused("party.own") }
        let known = try InvitedParty.all(of: application, store).filter { $0.role == role && $0.state.counts }
        if known.contains(where: { $0.email == address }) { throw Refused("party.asked-twice") }
        if known.count >= rule.most {
            throw Refused("party.full", ["most": "\(rule.most)"], citation: rule.cites)
        }
        let fact = try change.append(
            PartyInvited(call: call, role: role, conflicted: rule.conflicted),
            about: .application(application), as: inviter)
        _ = try store.run(
            "INSERT INTO party_address (invitation, email) VALUES (\(fact.number), \(address))")
        return fact
    }

    /// Takes an unanswered invitation back, and forgets whom it went to.
    package static func release(
        _ invitation: Int64, of application: ID<Application>, by viewer: Viewer, _ change: Change,
        _ house: House
    ) throws {
        let store = change.store
        guard let record = try InvitedParty.find(invitation, store), record.application == application else {
            throw Missing()
        }
        let (_, _, inviter) = try inviting(record.role, to: application, by: viewer, house, store)
        guard record.state == .invited else { throw Refused("party.answered") }
        try change.append(
            PartyReleased(invitation: invitation), about: .application(application), as: inviter)
        _ = try store.run("DELETE FROM party_address WHERE invitation = \(invitation)")
    }

    /// The call and the rule, if the viewer may invite now; missing for who has nothing to do with it.
    private static func inviting(
        _ role: Role, to application: ID<Application>, by viewer: Viewer, _ house: House, _ store: Transaction
    ) throws -> (call: ID<Call>, rule: PartyRule, inviter: Role) {
        let isOwner =
            try store.value(
                "SELECT 1 FROM draft WHERE id = \(application) AND owner = \(viewer.person)", as: Int.self)
            != nil
        if isOwner {
            let draft = try Drafts.editable(application, of: viewer.person, store)
            let (call, programme) = try Calls.found(draft.call, house, store)
            guard let rule = programme.partyRule(role), rule.invitedBy == .applicant else { throw Missing() }
            return (call.id, rule, .applicant)
        }
        let open = try OpenCase.find(
            application, for: viewer, as: [.programmeOfficer], house, store)
        guard let rule = open.programme.partyRule(role), rule.invitedBy == .programmeOfficer else {
            throw Missing()
        }
        guard open.awaits(role) else { throw Refused("party.too-late") }
        return (open.call.id, rule, .programmeOfficer)
    }

    /// The person agrees, and confirms to be one whom the programme means.
    package static func accept(
        _ invitation: Int64, by viewer: Viewer, isConfirmed: Bool, _ change: Change, _ house: House
    ) throws {
        let store = change.store
        let asked = try PartyQueries.invitation(invitation, for: viewer, house, store)
        // The button pressed a second time.
        if asked.record.state == .accepted { return }
        guard asked.record.state == .invited, let person = viewer.person else { throw Missing() }
        try requireTime(asked, at: change.at, house, store)
        if !isConfirmed { throw Refused("party.not-confirmed") }
        try requireApart(asked, viewer, store)
        let record = asked.record
        if try store.value(
            """
            SELECT 1 FROM dossier_party WHERE application = \(record.application) AND role = \(record.role)
              AND person = \(person) AND state = 'accepted'
            """, as: Int.self) != nil
        {
            throw Refused("party.already")
        }
        if let most = asked.rule.perPerson {
            let count =
                try store.value(
                    """
                    SELECT COUNT(*) FROM dossier_party WHERE person = \(person) AND call = \(record.call)
                      AND role = \(record.role) AND state = 'accepted'
                    """, as: Int.self) ?? 0
            if count >= most {
                throw Refused("party.per-person", ["most": "\(most)"], citation: asked.rule.cites)
            }
        }
        try change.append(
            PartyAccepted(invitation: invitation, person: person), about: .application(record.application),
            as: record.role)
    }

    /// Says no, or steps back from a dossier that is still being written, or written again.
    package static func decline(
        _ invitation: Int64, by viewer: Viewer, reason: String, _ change: Change, _ house: House
    ) throws {
        let asked = try PartyQueries.invitation(invitation, for: viewer, house, change.store)
        guard let person = viewer.person, asked.record.state.counts else { throw Missing() }
        if asked.record.state == .accepted, asked.isSubmitted { throw Refused("party.bound") }
        try change.append(
            PartyDeclined(invitation: invitation, person: person),
            about: .application(asked.record.application), as: asked.record.role, reason: reason)
    }

    /// An answer helps as long as the dossier can still be submitted, or the party's step is still to come.
    private static func requireTime(
        _ asked: AskedParty, at now: Instant, _ house: House, _ store: Transaction
    ) throws {
        guard asked.isSubmitted else {
            if now > asked.closes { throw Refused("call.closed", ["closes": asked.closes.text]) }
            return
        }
        let (call, programme) = try Calls.found(asked.record.call, house, store)
        if programme.procedure.asksEach(asked.record.role) { throw Refused("party.too-late") }
        let standing = try Dossiers.standing(of: asked.record.application, in: call, programme, house, store)
        guard standing.awaits(asked.record.role) else { throw Refused("party.too-late") }
    }

    /// Who stands behind the dossier, judges it or handles it for the commission is none of its parties.
    private static func requireApart(_ asked: AskedParty, _ viewer: Viewer, _ store: Transaction) throws {
        let (application, person) = (asked.record.application, viewer.person)
        let behind = try store.value(
            """
            SELECT 1 FROM draft WHERE id = \(application) AND owner = \(person)
            UNION SELECT 1 FROM draft_member WHERE draft = \(application) AND person = \(person)
            """, as: Int.self)
        if behind != nil { throw Refused("party.own") }
        if asked.record.role == .finalUser, try TopicStake.bids(person, besides: application, store) {
            throw Refused("party.bids")
        }
        let barred = viewer.roles.intersection(asked.record.role.apartFrom).sorted {
            $0.rawValue < $1.rawValue
        }
        if let role = barred.first {
            throw Refused("party.role-apart", ["role": "role.\(role.rawValue)"])
        }
        guard asked.rule.conflicted else { return }
        let judges = try store.value(
            """
            SELECT 1 FROM assignment WHERE application = \(application) AND expert = \(person)
              AND state IN ('invited', 'accepted', 'submitted')
            """, as: Int.self)
        if judges != nil { throw Refused("party.reviews", citation: asked.rule.cites) }
    }
}

extension Standing {
    /// Whether a step of the role is still to be done.
    package func awaits(_ role: Role) -> Bool {
        steps.contains { state in
            guard state.step.by == role else { return false }
            switch state.state {
            case .waiting, .open: return true
            case .done, .refused, .skipped: return false
            }
        }
    }
}

extension OpenCase {
    func awaits(_ role: Role) -> Bool { standing.awaits(role) }
}

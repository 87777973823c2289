package import Lifecycle
package import Store

/// The three administrators keep each other: what concerns an administrator, or the way in of anybody who has
/// one, is proposed by one and confirmed by one of another role.
package enum Administration {
    /// The role in which the actor may act, nil for the house itself; refused to everybody else.
    static func authority(_ role: Role, _ change: Change) throws -> Role? {
        guard let actor = change.actor else { return nil }
        guard let viewer = try Viewer.find(actor, at: change.at, change.store), viewer.holds(role) else {
            throw Refused("admin.needs", ["role": "role.\(role.rawValue)"])
        }
        return role
    }

    static func exists(_ person: ID<Person>, _ change: Change) throws -> Bool {
        try change.store.value("SELECT 1 FROM person WHERE id = \(person)", as: Int.self) != nil
    }

    /// The administrator's role that somebody holds now, if any.
    static func administratorRole(of person: ID<Person>, _ change: Change) throws -> Tenure? {
        try Viewer.find(person, at: change.at, change.store)?.tenures.first { $0.role.isAdministrator }
    }

    package struct Proposal: Sendable, Decodable {
        package let fact: Int64
        package let action: AdministratorChange
        package let person: ID<Person>
        /// The administrator's role concerned; nil where it is a link for somebody who is no administrator.
        package let role: Role?
        package let organisation: ID<Organisation>
        package let proposedBy: ID<Person>?
        package let proposedAs: Role?
        package let proposedAt: Instant

        /// Whether this administrator may say yes: neither the proposer, nor of the proposer's role, nor the
        /// person concerned. What concerns no administrator is the security administrator's to confirm: the
        /// audit administrator looks on.
        package func isConfirmable(by viewer: Viewer) -> Bool {
            guard let own = viewer.tenures.first(where: { $0.role.isAdministrator })?.role else {
                return false
            }
            if role == nil && own != .securityAdmin { return false }
            return viewer.person != proposedBy && own != proposedAs && viewer.person != person
        }
    }

    package static func proposals(_ store: Transaction) throws -> [Proposal] {
        try store.rows(
            """
            SELECT fact, action, person, role, organisation, proposed_by, proposed_as, proposed_at
            FROM role_proposal WHERE settled_at IS NULL ORDER BY fact
            """)
    }

    /// What the proposer takes away.
    package struct Proposed: Sendable {
        package let fact: Int64
        /// The proposer's half of a one-time link, shown once; the one who confirms gets the link.
        package let code: String?
    }

    /// Proposes what takes two. For a role that is not an administrator's there is nothing to propose.
    ///
    /// - Parameter role: the administrator's role concerned; nil for the link of somebody who is none.
    @discardableResult
    package static func propose(
        _ action: AdministratorChange, _ role: Role?, of person: ID<Person>,
        in organisation: ID<Organisation>,
        reason: String? = nil, _ change: Change
    ) throws -> Proposed {
        guard let actor = change.actor, let own = try administratorRole(of: actor, change)?.role else {
            throw Refused("admin.only-administrators")
        }
        if let role {
            guard role.isAdministrator else { throw Refused("role.not-administrators") }
        } else {
            guard action == .invite else { throw Refused("role.unknown") }
            _ = try authority(.systemAdmin, change)
        }
        if actor == person { throw Refused("role.own") }
        try check(action, role, of: person, in: organisation, change)
        if try proposals(change.store).contains(where: {
            $0.action == action && $0.person == person && $0.role == role
        }) {
            throw Refused("role.proposed-already")
        }
        let number = try change.append(
            RoleProposed(action, person: person, role: role, organisation: organisation),
            about: .person(person),
            as: own, reason: reason
        ).number
        return Proposed(
            fact: number, code: action == .invite ? try Invitations.makeCode(for: number, change) : nil)
    }

    /// Proposes a new one-time link for somebody to whom nobody gives one alone.
    static func proposeLink(for person: ID<Person>, _ change: Change) throws -> Proposed {
        if let held = try administratorRole(of: person, change) {
            return try propose(.invite, held.role, of: person, in: held.organisation, change)
        }
        let home = try PersonRecord.find(person, change.store).organisation
        return try propose(.invite, nil, of: person, in: home, change)
    }

    /// Confirms a proposal, which takes effect at once.
    ///
    /// - Returns: the one-time link's token where an invitation was confirmed.
    @discardableResult
    package static func confirm(_ number: Int64, _ change: Change) throws -> String? {
        let proposal = try open(number, change)
        guard let actor = change.actor, let viewer = try Viewer.find(actor, at: change.at, change.store),
            let own = viewer.tenures.first(where: { $0.role.isAdministrator })?.role
        else { throw Refused("admin.only-administrators") }
        guard proposal.isConfirmable(by: viewer) else { throw Refused("role.other-confirms") }
        try check(proposal.action, proposal.role, of: proposal.person, in: proposal.organisation, change)
        let subject = Subject.person(proposal.person)
        try change.append(RoleProposalSettled(proposal: number, confirmed: true), about: subject, as: own)
        switch proposal.action {
        case .grant:
            guard let role = proposal.role else { throw Refused("role.unknown") }
            let tenure = Tenure(
                person: proposal.person, role: role, organisation: proposal.organisation,
                from: change.at)
            try change.append(RoleGranted(tenure), about: subject, as: own)
            return nil
        case .end:
            guard let role = proposal.role else { throw Refused("role.unknown") }
            try change.append(
                RoleEnded(
                    person: proposal.person, role: role, organisation: proposal.organisation),
                about: subject, as: own)
            return nil
        case .invite:
            return try Invitations.make(
                for: proposal.person, as: own, code: try Invitations.takeCode(of: number, change.store),
                change)
        }
    }

    /// Puts a proposal aside; any administrator may, the proposer too.
    package static func decline(_ number: Int64, _ change: Change) throws {
        let proposal = try open(number, change)
        guard let actor = change.actor, let own = try administratorRole(of: actor, change)?.role else {
            throw Refused("admin.only-administrators")
        }
        try change.append(
            RoleProposalSettled(proposal: number, confirmed: false), about: .person(proposal.person), as: own)
        _ = try Invitations.takeCode(of: number, change.store)
    }

    private static func open(_ number: Int64, _ change: Change) throws -> Proposal {
        guard let found = try proposals(change.store).first(where: { $0.fact == number }) else {
            throw Missing()
        }
        return found
    }

    private static func check(
        _ action: AdministratorChange, _ role: Role?, of person: ID<Person>,
        in organisation: ID<Organisation>,
        _ change: Change
    ) throws {
        guard let role else {
            guard try exists(person, change) else { throw Refused("person.unknown") }
            return
        }
        switch action {
        case .grant:
            try PeopleActs.grantable(
                Tenure(person: person, role: role, organisation: organisation, from: change.at), change)
        case .end, .invite: try PeopleActs.held(role, of: person, in: organisation, change)
        }
    }
}

package import Lifecycle
package import Store

/// The three administrators keep each other: what concerns an administrator is proposed by one and confirmed
/// by one of another role.
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
        package let role: Role
        package let organisation: ID<Organisation>
        package let proposedBy: ID<Person>?
        package let proposedAs: Role?
        package let proposedAt: Instant

        /// Whether this administrator may say yes: neither the proposer, nor of the proposer's role, nor the
        /// person concerned.
        package func isConfirmable(by viewer: Viewer) -> Bool {
            guard let own = viewer.tenures.first(where: { $0.role.isAdministrator })?.role else {
                return false
            }
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

    /// Proposes what takes two. For a role that is not an administrator's there is nothing to propose.
    @discardableResult
    package static func propose(
        _ action: AdministratorChange, _ role: Role, of person: ID<Person>, in organisation: ID<Organisation>,
        reason: String? = nil, _ change: Change
    ) throws -> Int64 {
        guard let actor = change.actor, let own = try administratorRole(of: actor, change)?.role else {
            throw Refused("admin.only-administrators")
        }
        guard role.isAdministrator else { throw Refused("role.not-administrators") }
        if actor == person { throw Refused("role.own") }
        try check(action, role, of: person, in: organisation, change)
        if try proposals(change.store).contains(where: {
            $0.action == action && $0.person == person && $0.role == role
        }) {
            throw Refused("role.proposed-already")
        }
        return try change.append(
            RoleProposed(action, person: person, role: role, organisation: organisation),
            about: .person(person),
            as: own, reason: reason
        ).number
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
            let tenure = Tenure(
                person: proposal.person, role: proposal.role, organisation: proposal.organisation,
                from: change.at)
            try change.append(RoleGranted(tenure), about: subject, as: own)
            return nil
        case .end:
            try change.append(
                RoleEnded(
                    person: proposal.person, role: proposal.role, organisation: proposal.organisation),
                about: subject, as: own)
            return nil
        case .invite: return try Invitations.make(for: proposal.person, as: own, change)
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
    }

    private static func open(_ number: Int64, _ change: Change) throws -> Proposal {
        guard let found = try proposals(change.store).first(where: { $0.fact == number }) else {
            throw Missing()
        }
        return found
    }

    private static func check(
        _ action: AdministratorChange, _ role: Role, of person: ID<Person>, in organisation: ID<Organisation>,
        _ change: Change
    ) throws {
        switch action {
        case .grant:
            try PeopleActs.grantable(
                Tenure(person: person, role: role, organisation: organisation, from: change.at), change)
        case .end, .invite: try PeopleActs.held(role, of: person, in: organisation, change)
        }
    }
}

import Lifecycle

struct AdminPage: Sendable {
    let isSystem: Bool
    let isSecurity: Bool
    let isAudit: Bool
    let lede: String
    let administrators: [Holder]
    let proposals: [ProposalItem]
    let hasProposals: Bool
    let failures: [Figure]

    struct Holder: Sendable {
        let name: String
        let role: String
        let since: String
        let href: String
    }

    struct Figure: Sendable {
        let value: String
        let label: String
        let kind: String
    }

    struct ProposalItem: Sendable {
        let what: String
        let by: String
        let at: String
        let mayConfirm: Bool
        let confirmAction: String
        let declineAction: String
    }

    init(
        _ holders: [AdminQueries.AdministratorLine], _ waiting: [AdminQueries.ProposalLine],
        _ count: Attempts.Count, _ ask: Ask
    ) {
        let words = ask.words
        isSystem = ask.viewer.holds(.systemAdmin)
        isSecurity = ask.viewer.holds(.securityAdmin)
        isAudit = ask.viewer.holds(.auditAdmin)
        let own = ask.viewer.tenures.first { $0.role.isAdministrator }?.role.rawValue ?? ""
        lede = words["admin.lede.\(own)"]
        administrators = holders.map {
            Holder(
                name: $0.name, role: words["role.\($0.role.rawValue)"], since: $0.fromAt.day.text,
                href: "/admin/people/\($0.person)")
        }
        proposals = waiting.map { line in
            let action = line.proposal.action.rawValue
            let what =
                line.proposal.role.map {
                    words.filled(
                        "admin.proposal.\(action)",
                        ["name": line.name, "role": words["role.\($0.rawValue)"]])
                } ?? words.filled("admin.proposal.invite-person", ["name": line.name])
            return ProposalItem(
                what: what,
                by: words.filled(
                    "admin.proposed-by",
                    [
                        "name": line.proposer,
                        "role": line.proposal.proposedAs.map { words["role.\($0.rawValue)"] } ?? "",
                    ]), at: line.proposal.proposedAt.text,
                mayConfirm: line.proposal.isConfirmable(by: ask.viewer),
                confirmAction: "/admin/proposals/\(line.proposal.fact)/confirm",
                declineAction: "/admin/proposals/\(line.proposal.fact)/decline")
        }
        hasProposals = !proposals.isEmpty
        func figure(_ key: String, _ value: Int, alarming: Bool = false) -> Figure {
            Figure(
                value: String(value), label: words["admin.failures.\(key)"],
                kind: alarming && value > 0 ? "warn" : "")
        }
        failures = [
            figure("accounts", count.accounts), figure("locked", count.accountsLocked, alarming: true),
            figure("addresses", count.addresses),
            figure("addresses-locked", count.addressesLocked, alarming: true),
        ]
    }
}

/// One person, as an administrator acts on them.
struct AdministerPage: Sendable {
    let name: String
    let facts: [AccountPage.Fact]
    let tenures: [Line]
    let hasTenures: Bool
    let roles: [Choice]
    let places: [Choice]
    let mayInvite: Bool
    let inviteTakesTwo: Bool
    let mayGrant: Bool
    let isSecurity: Bool
    let until: String
    let action: String
    let troubles: Troubles

    struct Line: Sendable {
        let role: String
        let roleID: String
        let organisation: String
        let organisationID: String
        let since: String
        let until: String
        let mayEnd: Bool
        let takesTwo: Bool
        let action: String
    }

    init(
        _ seen: Seen<PersonRecord>, _ id: ID<Person>, _ held: [TenureLine], _ found: [AdminQueries.Place],
        canSignIn: Bool, _ refusals: [Refusal], _ ask: Ask
    ) {
        let words = ask.words
        let isOwn = ask.viewer.person == id
        let security = ask.viewer.holds(.securityAdmin)
        let path = "/admin/people/\(id)"
        name = seen[PersonSight.name] ?? ""
        facts = PersonSight.facts(seen, words)
        tenures = held.map {
            let line = RoleLine($0, words)
            return Line(
                role: line.role, roleID: $0.role.rawValue, organisation: line.organisation,
                organisationID: $0.organisation.rawValue, since: line.since, until: line.until,
                mayEnd: !isOwn && (security || $0.role.isAdministrator), takesTwo: $0.role.isAdministrator,
                action: "\(path)/roles/end")
        }
        hasTenures = !tenures.isEmpty
        let chosen = ask.form.text("role")
        roles = Role.allCases.filter { security || $0.isAdministrator }.map {
            Choice(
                value: $0.rawValue,
                label: words["role.\($0.rawValue)"] + ($0.isAdministrator ? words["admin.two"] : ""),
                chosen: $0.rawValue == chosen)
        }
        let place = ask.form.text("organisation")
        places = found.map {
            Choice(value: $0.id.rawValue, label: $0.name, chosen: $0.id.rawValue == place)
        }
        let isAdministrator = held.contains { $0.role.isAdministrator }
        inviteTakesTwo = isAdministrator || canSignIn
        mayInvite = !isOwn && (ask.viewer.holds(.systemAdmin) || isAdministrator)
        mayGrant = !isOwn
        isSecurity = security
        until = ask.form.text("until")
        action = path
        troubles = Troubles(refusals, words) { _ in "role" }
    }
}

struct AdminFactsPage: Sendable {
    let rows: [Line]
    let isEmpty: Bool
    let kinds: [Choice]
    let hasNext: Bool
    let next: String
    let hasFirst: Bool
    let first: String

    struct Line: Sendable {
        let number: String
        let at: String
        let kind: String
        let actor: String
        let role: String
        let subject: String
        let reason: String
    }

    init(
        _ found: [AdminQueries.FactLine], _ reasons: [Int64: Reason], kind: String, before: Int64?, _ ask: Ask
    ) {
        let words = ask.words
        let shown = found.prefix(AdminQueries.pageSize)
        rows = shown.map {
            Line(
                number: String($0.number), at: $0.at.text, kind: words["admin.fact.\($0.kind.rawValue)"],
                actor: $0.actorName ?? words["admin.house"],
                role: $0.role.map { words["role.\($0.rawValue)"] } ?? "—",
                // Of what is business only its kind is named.
                subject: $0.subjectName ?? words["admin.subject.\(Self.subjectKey($0.subjectKind))"],
                reason: reasons[$0.number]?.text ?? "")
        }
        isEmpty = rows.isEmpty
        kinds = AdminQueries.kinds.map {
            Choice(
                value: $0.rawValue, label: words["admin.fact.\($0.rawValue)"], chosen: $0.rawValue == kind)
        }
        hasNext = found.count > AdminQueries.pageSize
        let filter = kind.isEmpty ? "" : "kind=\(kind.percentEncoded)"
        next = "/admin/facts?\(filter.isEmpty ? "" : filter + "&")before=\(shown.last?.number ?? 0)"
        hasFirst = before != nil
        first = filter.isEmpty ? "/admin/facts" : "/admin/facts?\(filter)"
    }

    private static func subjectKey(_ kind: String) -> String {
        ["person", "organisation", "house", "application", "call"].contains(kind) ? kind : "other"
    }
}

import Lifecycle

/// Lead and partners of a contract as a table, with its sums.
struct PartnersBlock: Sendable {
    let lines: [Line]
    let brings: String
    let total: String
    /// What stays with the lead, in words.
    let keeps: String

    struct Line: Sendable {
        let body: String
        let type: String
        /// Who spoke for it and when, as far as the viewer sees that.
        let endorsed: String
        let brings: String
        let share: String
        let passedOn: String
    }

    /// Nil where the viewer sees no partner, as where there is none.
    init?(_ picture: ContractPage.Picture, _ contract: Contract?, _ ask: Ask) {
        guard let contract, let partners = contract.partners else { return nil }
        let words = ask.words
        let opened = picture.opened
        let seen = picture.partners.map {
            Seen($0, as: PartnerSight.relations(to: $0, as: opened.seen.relations, ask.viewer))
        }
        let others = seen.compactMap { record -> Line? in
            guard let partner = record[PartnerSight.terms]?.partner else { return nil }
            return Line(
                body: partner.body, type: partner.type.text(in: ask.language),
                endorsed: [record[PartnerSight.endorsedBy], record[PartnerSight.endorsedAt]?.text]
                    .compactMap(\.self).joined(separator: " · "),
                brings: partner.brings.yuanText, share: partner.percent.map { "\($0)%" } ?? "—",
                passedOn: partner.passedOn.yuanText)
        }
        guard !others.isEmpty else { return nil }
        let lead = Line(
            body: opened.seen[DossierSight.universityName] ?? "", type: words["contract.partner.lead"],
            endorsed: picture.lead.map { Self.endorsed($0, as: opened.seen.relations) } ?? "", brings: "—",
            share: "—", passedOn: contract.kept.yuanText)
        lines = [lead] + others
        brings = partners.reduce(Money.zero) { $0 + $1.brings }.yuanText
        total = partners.reduce(contract.kept) { $0 + $1.passedOn }.yuanText
        keeps = words.filled(
            "contract.partner.keeps", ["yuan": contract.kept.yuanText, "wan": contract.kept.wanText])
    }

    /// As the timeline has it.
    private static func endorsed(_ lead: LeadEndorsement, as relations: Set<Relation>) -> String {
        guard FactSight.sees(lead.kind, by: lead.role, as: relations) else { return "" }
        let name = FactSight.names(actorIn: lead.role, as: relations) ? lead.name : nil
        return [name, lead.at.text].compactMap(\.self).joined(separator: " · ")
    }
}

/// What a contract that binds holds of the one partner for whom its reader spoke.
struct OwnShare: Sendable {
    let body: String
    let lead: String
    let term: String
    let brings: String
    let share: String
    let passedOn: String
    let endorsed: String
    let parts: [Part]
    let hasParts: Bool

    struct Part: Sendable {
        let label: String
        let upon: String
        let yuan: String
    }

    init?(_ record: PartnerRecord, _ opened: OpenCase, _ ask: Ask) {
        let seen = Seen(
            record, as: PartnerSight.relations(to: record, as: opened.seen.relations, ask.viewer))
        guard let terms = seen[PartnerSight.terms] else { return nil }
        let partner = terms.partner
        body = "\(partner.body)（\(partner.type.text(in: ask.language))）"
        lead = opened.seen[DossierSight.universityName] ?? ""
        term = "\(terms.start.text) — \(terms.end.text)"
        brings = partner.brings.yuanText
        share = partner.percent.map { "\($0)%" } ?? "—"
        passedOn = partner.passedOn.yuanText
        endorsed = seen[PartnerSight.endorsedAt]?.text ?? ""
        parts = terms.parts.filter { $0.amount > .zero }.map { part in
            let milestone = part.milestone.map {
                ask.words.filled("contract.uponMilestone", ["label": $0.text(in: ask.language)])
            }
            return Part(
                label: part.label.text(in: ask.language),
                upon: milestone ?? ask.words["contract.uponContract"],
                yuan: part.amount.yuanText)
        }
        hasParts = !parts.isEmpty
    }
}

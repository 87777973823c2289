import Lifecycle
import Store

/// `/cases/{id}/contract`: the 任务书 as generated, and who agreed to it.
struct ContractPage: Sendable {
    let head: CaseFrame
    let exists: Bool
    let number: String
    let title: String
    let commission: String
    let university: String
    let investigator: String
    let wan: String
    let yuan: String
    /// What another organisation bears of it; nil where the commission funds it alone.
    let joint: String?
    let start: String
    let end: String
    let lumpSum: Bool
    let milestones: [Milestone]
    let instalments: [Instalment]
    /// Of a lane of a race: what is the same in the contract of every lane.
    let race: RaceBlock?
    let outcomes: String
    let hasOutcomes: Bool
    let topic: Topic?
    /// Nil where the university carries it alone.
    let partners: PartnersBlock?
    /// For who reads of one partner and not the contract.
    let own: [OwnShare]
    let hasOwn: Bool
    let parties: [Party]
    let isAgreed: Bool
    let agreedAt: String
    let actions: [Action]
    let mayAgree: Bool
    let due: String
    let hasDue: Bool
    let ground: GroundWords
    let action: String

    struct Milestone: Sendable {
        let label: String
        let due: String
    }

    struct Instalment: Sendable {
        let label: String
        let wan: String
        let yuan: String
        let upon: String
    }

    struct Party: Sendable {
        let role: String
        let who: String
        let agreed: Bool
        let at: String
    }

    /// What the topic fixes for the contract.
    struct Topic: Sendable {
        let href: String
        let number: String
        let title: String
        let user: String
        let indicators: [Indicator]
        let nodes: [Milestone]
        /// That the instalments are the topic's and not the programme's.
        let paysByTopic: Bool
        /// Nil where nothing is said of a third party's test.
        let test: String?
    }

    struct Indicator: Sendable {
        let what: String
        let target: String
        let promised: String
        let proof: String
    }

    /// A party in whose name this viewer may agree now.
    struct Action: Sendable {
        let party: String
        let label: String
        let ask: String
    }

    struct Picture: Sendable {
        let opened: OpenCase
        let contract: Contract?
        let parties: [PartyRecord]
        let partners: [PartnerRecord]
        let lead: LeadEndorsement?
        let mayAgreeAs: [Role]
        let agreedAt: Instant?
        let commission: String
    }

    init(_ picture: Picture, _ ask: Ask) {
        let words = ask.words
        let opened = picture.opened
        head = opened.head(tab: "contract", ask)
        action = "/cases/\(opened.record.id)/contract/agree"
        let terms = picture.contract.flatMap { Seen($0, as: opened.seen.relations)[ProjectSight.terms] }
        exists = terms != nil
        number = terms?.number ?? ""
        title = terms?.title ?? ""
        commission = picture.commission
        university = opened.seen[DossierSight.universityName] ?? ""
        investigator = opened.seen[DossierSight.ownerName] ?? ""
        wan = terms?.amount.wanText ?? ""
        yuan = terms?.amount.yuanText ?? ""
        joint = terms.flatMap { terms in
            terms.joint.map {
                words.filled(
                    "joint.contractBears",
                    [
                        "funder": $0.name, "share": "\($0.percent)",
                        "amount": $0.part(of: terms.amount).yuanText,
                    ])
            }
        }
        start = terms?.start.text ?? ""
        end = terms?.end.text ?? ""
        lumpSum = terms?.lumpSum ?? false
        milestones = (terms?.milestones ?? []).map {
            Milestone(label: $0.label.text(in: ask.language), due: $0.due.text)
        }
        let labels = Dictionary(
            (terms?.milestones ?? []).map { ($0.id, $0.label.text(in: ask.language)) },
            uniquingKeysWith: { first, _ in first })
        instalments = (terms?.instalments ?? []).map { part in
            Instalment(
                label: part.label.text(in: ask.language), wan: part.amount.wanText,
                yuan: part.amount.yuanText,
                upon: part.upon == "contract"
                    ? words["contract.uponContract"]
                    : words.filled("contract.uponMilestone", ["label": labels[part.upon] ?? part.upon]))
        }
        partners = PartnersBlock(picture, terms, ask)
        own = terms == nil ? picture.partners.compactMap { OwnShare($0, opened, ask) } : []
        hasOwn = !own.isEmpty
        race = terms?.race.map { RaceBlock($0, lanes: [], ask) }
        outcomes = terms?.outcomes ?? ""
        hasOutcomes = !outcomes.isEmpty
        topic = (terms?.topic).map { fixed in
            Topic(
                href: "/topics/\(fixed.topic)", number: fixed.number, title: fixed.title, user: fixed.user,
                indicators: fixed.indicators.enumerated().map { index, indicator in
                    let promised = (fixed.promises ?? []).dropFirst(index).first ?? ""
                    return Indicator(
                        what: indicator.what, target: indicator.target,
                        promised: promised.isEmpty ? "—" : promised, proof: indicator.proof)
                }, nodes: fixed.nodes.map { Milestone(label: $0.what, due: $0.due.text) },
                paysByTopic: terms?.instalments.contains { $0.id.hasPrefix("node-") } ?? false,
                test: fixed.test.map { test in
                    TopicWords.test(
                        of: test.isDemanded ? test.of.text(in: ask.language) : nil, by: test.by,
                        isOfProgramme: test.isOfProgramme, words)
                })
        }
        parties = picture.parties.map { party in
            let seen = Seen(party, as: opened.seen.relations)
            let at = seen[ProjectSight.agreedAt]
            return Party(
                role: words["contract.party.\(party.role.rawValue)"],
                who: seen[ProjectSight.signatory] ?? "", agreed: at != nil, at: at?.text ?? "")
        }
        isAgreed = picture.agreedAt != nil
        agreedAt = picture.agreedAt?.text ?? ""
        actions = picture.mayAgreeAs.map {
            Action(
                party: $0.rawValue, label: words["contract.agreeAs.\($0.rawValue)"],
                ask: words["contract.agreeAsk"])
        }
        mayAgree = !actions.isEmpty
        let openStep = opened.standing.open.first { $0.step.kind == .contract }
        var due: Instant?
        if case .open(_, let until)? = openStep?.state { due = until }
        self.due = ask.due(due, none: "")
        hasDue = due != nil
        let regime = opened.programme.funding
        ground = GroundWords(regime.standing, regime.verified, regime.cites, words)
    }
}

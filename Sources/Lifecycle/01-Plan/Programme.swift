/// A programme as its folder defines it. Immutable once a call uses it: the call pins ``digest``.
package struct Programme: Sendable, Codable, Hashable {
    /// The folder's name, such as `research-plan-humanities-general`.
    package let id: String
    package let title: Label
    package let summary: Label
    /// What limits count across: `research-plan`.
    package let family: String
    /// The clauses of the plan it carries out.
    package let clauses: [ClauseID]
    /// `humanities` or `natural`; chooses disciplines offered and demo texts.
    package let nature: Nature
    package let rules: [Rule]
    package let form: ApplicationForm
    package let procedure: Procedure
    package let review: ReviewInstrument
    package let funding: FundingRegime
    /// What a call must fill before it can be published.
    package let parameters: [Parameter]
    /// Practices borrowed from another funder that a call may change, each with its source.
    package let defaults: [Default]
    package let cases: [RuleCase]
    /// How its topics are let; nil, as in definitions older than the word, is ``Letting/openCompetition``.
    package let letting: Letting?
    /// Nil is ``Intake/round``.
    package let intake: Intake?
    /// Whom a dossier asks in by name; nil where nobody.
    package let parties: [PartyRule]?
    package let statements: [StatementForm]?
    /// What a trimmed procedure leaves out, and where it is made up for.
    package let leavesOut: [LeftOut]?
    /// What its steps of appraisal go by; nil where there are none.
    package let appraisals: [Appraisal]?
    /// How near ties become a race; nil where they do not.
    package let race: RaceRules?
    /// How a university's quota moves with earlier rounds; nil where it is what the call says.
    package let quotaFormula: QuotaFormula?
    /// Examples of it.
    package let quotaCases: [QuotaCase]?
    /// How a proposal that experts disagree about may be funded out of the ranking's order; nil where it may not.
    package let nonConsensus: NonConsensusRules?
    /// How another organisation may fund its calls too; nil where the commission funds them alone.
    package let joint: JointRules?
    /// SHA-256 of the folder's files in name order, hexadecimal.
    package let digest: String
    /// See ``topicUse``; nil where the programme does not say.
    package let topics: TopicUse?
    /// What is favoured without being a condition; nil where nothing is.
    package let preferences: [Preference]?

    package enum Nature: String, Sendable, Codable, CaseIterable {
        case humanities
        case natural
    }

    package init(
        id: String, title: Label, summary: Label, family: String, clauses: [ClauseID], nature: Nature,
        rules: [Rule], form: ApplicationForm, procedure: Procedure, review: ReviewInstrument,
        funding: FundingRegime, parameters: [Parameter], defaults: [Default], cases: [RuleCase],
        letting: Letting? = nil, intake: Intake? = nil, parties: [PartyRule] = [],
        statements: [StatementForm] = [], leavesOut: [LeftOut] = [], appraisals: [Appraisal] = [],
        race: RaceRules? = nil, quotaFormula: QuotaFormula? = nil, quotaCases: [QuotaCase] = [],
        nonConsensus: NonConsensusRules? = nil, joint: JointRules? = nil, digest: String,
        topics: TopicUse? = nil, preferences: [Preference] = []
    ) {
        self.id = id
        self.title = title
        self.summary = summary
        self.family = family
        self.clauses = clauses
        self.nature = nature
        self.rules = rules
        self.form = form
        self.procedure = procedure
        self.review = review
        self.funding = funding
        self.parameters = parameters
        self.defaults = defaults
        self.cases = cases
        self.letting = letting
        self.intake = intake
        // Empty is nil, so that a definition without them keeps the body it had before there were any.
        self.parties = parties.isEmpty ? nil : parties
        self.statements = statements.isEmpty ? nil : statements
        self.leavesOut = leavesOut.isEmpty ? nil : leavesOut
        self.appraisals = appraisals.isEmpty ? nil : appraisals
        self.race = race
        self.quotaFormula = quotaFormula
        self.quotaCases = quotaCases.isEmpty ? nil : quotaCases
        self.nonConsensus = nonConsensus
        self.joint = joint
        self.digest = digest
        self.topics = topics
        self.preferences = preferences.isEmpty ? nil : preferences
    }
}

extension Programme {
    /// The appraisal that a step goes by.
    package func appraisal(of step: Step) -> Appraisal? {
        step.appraisal.flatMap { id in appraisals?.first { $0.id == id } }
    }
}

/// A value the programme leaves open and the call must fill: unknown amounts and terms are never guessed.
package struct Parameter: Sendable, Codable, Hashable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case day
        /// Yuan in the form, fen inside.
        case money
        case count
        case flag
        case text
        /// Who answers for what the call is about: a person of the house, or whoever holds a role in an organisation of
        /// it (``CallOwner``). One of a programme's parameters at most; its demo value names a role.
        case owner
    }

    package let id: String
    package let kind: Kind
    package let label: Label
    package let hint: Label?
    /// Value used by the demo city only, shown as 演示.
    package let demo: String?
    /// What a count or an amount (in yuan) may be: with less or more of it the call could not be carried out.
    package let bounds: Bounds?
    /// What the guide of a call demands with it, of what a condition of applying had better not rest on; nil where nobody
    /// declared anything.
    package let demands: [RestrictiveCondition]?

    package init(
        id: String, kind: Kind, label: Label, hint: Label? = nil, demo: String? = nil, bounds: Bounds? = nil,
        demands: [RestrictiveCondition]? = nil
    ) {
        self.id = id
        self.kind = kind
        self.label = label
        self.hint = hint
        self.demo = demo
        self.bounds = bounds
        self.demands = demands
    }
}

/// The least and the most that a number may be, both included.
package struct Bounds: Sendable, Codable, Hashable {
    package let least: Int
    package let most: Int

    package init(_ least: Int, _ most: Int) {
        self.least = least
        self.most = most
    }

    package func contains(_ value: Int) -> Bool { least <= value && value <= most }
}

/// A number a call may change, with the practice it is borrowed from: `guideDays` 30, `excludedExperts` 3,
/// `noticeWorkingDays` 5.
package struct Default: Sendable, Codable, Hashable {
    package let id: String
    package let label: Label
    package let value: Int
    package let standing: RuleStanding
    package let cites: Citation
    package let verified: CitationCheck
    /// What a call may change it to.
    package let bounds: Bounds?

    package init(
        id: String, label: Label, value: Int, standing: RuleStanding, cites: Citation,
        verified: CitationCheck,
        bounds: Bounds? = nil
    ) {
        self.id = id
        self.label = label
        self.value = value
        self.standing = standing
        self.cites = cites
        self.verified = verified
        self.bounds = bounds
    }
}

/// Values of parameters and changed defaults, by id; each in its canonical text (`2026-05-07`, fen, `true`).
package struct Settings: Sendable, Codable, Hashable {
    package var values: [String: String]

    package init(_ values: [String: String] = [:]) { self.values = values }

    package func day(_ id: String) -> Day? { values[id].flatMap(Day.init(text:)) }
    package func count(_ id: String) -> Int? { values[id].flatMap { Int($0) } }
    package func money(_ id: String) -> Money? { values[id].flatMap { Int64($0) }.map(Money.init(fen:)) }
    package func flag(_ id: String) -> Bool? {
        switch values[id] {
        case "true": true
        case "false": false
        case .none, .some: nil
        }
    }
}

/// How the money flows. Unknown amounts are parameters of the call.
package struct FundingRegime: Sendable, Codable, Hashable {
    package struct Instalment: Sendable, Codable, Hashable {
        package let id: String
        package let label: Label
        package let percent: Int
        /// `contract` (on signing) or a milestone's id.
        package let upon: String
        package init(id: String, label: Label, percent: Int, upon: String) {
            self.id = id
            self.label = label
            self.percent = percent
            self.upon = upon
        }
    }

    /// For a programme that gives no money.
    package static let none = FundingRegime(
        lumpSum: false, instalments: [], milestones: [], standing: .demo, cites: Citation())

    /// 包干制: only the total is budgeted.
    package let lumpSum: Bool
    package let instalments: [Instalment]
    package let milestones: [Milestone]
    package let standing: RuleStanding
    package let cites: Citation
    /// Whether a third party tests; nil where nothing is said. A topic may say otherwise.
    package let test: ThirdPartyTest?
    /// Whether anybody held it against what it cites; nil where nothing is said.
    package let verified: CitationCheck?

    package struct ThirdPartyTest: Sendable, Codable, Hashable {
        /// The milestone that is not accepted without it.
        package let upon: String
        /// What is tested.
        package let of: Label

        package init(upon: String, of: Label) {
            self.upon = upon
            self.of = of
        }
    }

    package struct Milestone: Sendable, Codable, Hashable {
        package let id: String
        package let label: Label
        /// Months after the project's start; nil where it follows the term.
        package let month: Int?
        /// Percent of the project's term, which the call fills in: 100 is its last day. Nil where months are counted.
        package let term: Int?

        package init(id: String, label: Label, month: Int? = nil, term: Int? = nil) {
            self.id = id
            self.label = label
            self.month = month
            self.term = term
        }

        /// When it is due in a project from one day to another, both included.
        package func due(from start: Day, to end: Day) -> Day {
            if let month { return start.adding(months: month) }
            let days = end.number - start.number + 1
            return start.adding(max(1, days * (term ?? 100) / 100) - 1)
        }

        /// Its time in words.
        package var when: Label {
            if let month { return Label("第 \(month) 个月", "month \(month)") }
            if term == 100 { return Label("项目期满", "end of the term") }
            return Label("项目期的 \(term ?? 100)%", "\(term ?? 100)% of the term")
        }
    }

    package init(
        lumpSum: Bool, instalments: [Instalment], milestones: [Milestone], standing: RuleStanding,
        cites: Citation, test: ThirdPartyTest? = nil, verified: CitationCheck? = nil
    ) {
        self.lumpSum = lumpSum
        self.instalments = instalments
        self.milestones = milestones
        self.standing = standing
        self.cites = cites
        self.test = test
        self.verified = verified
    }
}

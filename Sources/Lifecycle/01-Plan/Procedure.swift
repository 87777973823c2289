/// An ordered graph of steps: who acts, after what, within which time, apart from whom.
package struct Procedure: Sendable, Codable, Hashable {
    package let steps: [Step]

    package init(steps: [Step]) { self.steps = steps }

    package func step(_ id: String) -> Step? { steps.first { $0.id == id } }
    package func step(of kind: Step.Kind) -> Step? { steps.first { $0.kind == kind } }

    /// Whether a contract is drawn up by the signed decision itself. Elsewhere it waits for the end of the public
    /// notice that lies before it.
    package var drawsUpAtDecision: Bool {
        guard let contract = step(of: .contract), let notice = step(of: .publicise) else { return false }
        return !ancestors(of: contract.id).contains(notice.id)
    }

    /// Kinds of step that promise or move money.
    package static let money: [Step.Kind] = [.contract, .preparePayment, .approvePayment, .pay]
}

package struct Step: Sendable, Codable, Hashable {
    /// The kinds of step are code; a programme only arranges them.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case draft
        case endorse
        case screen
        case review
        /// Experts of several lenses answer under seal; whoever closes the step brings out what they come to.
        case appraise
        /// A panel meets over it: votes in secret, hears the candidate, or has written down what it said; see `Meeting`.
        case meet
        case decide
        case publicise
        case contract
        case preparePayment = "prepare-payment"
        case approvePayment = "approve-payment"
        case pay
        /// A small form that one role fills: a letter, a pledge, minutes, grounds, a plate. See ``StatementForm``.
        case statement

        /// Whether several steps of one procedure may be of the kind.
        package var mayRepeat: Bool {
            switch self {
            case .statement, .appraise: true
            case .draft, .endorse, .screen, .review, .meet, .decide, .publicise, .contract, .preparePayment,
                .approvePayment, .pay:
                false
            }
        }
    }

    /// By when the step must be done.
    package enum Deadline: Sendable, Codable, Hashable {
        case term(Term)
        /// The instant the call closes.
        case callClosing
        /// So long after the call closes, whenever the step opened (a university's list is one batch).
        case afterClosing(Term)
        /// So long after the call was first published, whenever the step opened: the clock of a rapid response.
        case afterPublication(Term)
    }

    /// Whether its time is counted in hours, day and night, and not in days.
    package var isByHour: Bool {
        switch within {
        case .some(.term(.hours)), .some(.afterClosing(.hours)), .some(.afterPublication(.hours)): true
        case .none, .some(.callClosing), .some(.term), .some(.afterClosing), .some(.afterPublication): false
        }
    }

    package let id: String
    package let kind: Kind
    package let label: Label
    package let by: Role
    package let after: [String]
    package let within: Deadline?
    /// Steps on this dossier whose actor may not do this one.
    package let apartFrom: [String]
    /// How many must contribute (reviews); 1 where one act is enough.
    package let needs: Int
    /// Everybody whom the dossier asked in as `by` and who accepted must contribute; see ``Procedure/fitting(_:)``.
    /// Nil where that is not so.
    package let each: Bool?
    /// Parties who must each contribute (a contract); empty where `by` acts alone.
    package let parties: [Role]
    /// The steps this one may send back to.
    package let returnsTo: [String]
    /// For a statement: the id of its ``StatementForm``. For a meeting: that of what is written of each dossier, if anything.
    package let statement: String?
    /// Of an appraisal: the id of its ``Appraisal``.
    package let appraisal: String?
    /// Of a public notice: whether grounds against it may stand in its place. Nil where nothing is said.
    package let mayWithhold: Bool?
    /// Of a meeting: whether the panel hears each candidate (面谈). Nil where nothing is said.
    package let hears: Bool?
    package let cites: Citation?
    package let standing: RuleStanding
    /// Whether the source was checked for it; nil where nothing is said.
    package let verified: CitationCheck?
    package let line: Int

    package init(
        id: String, kind: Kind, label: Label, by: Role, after: [String], within: Deadline?,
        apartFrom: [String] = [], needs: Int = 1, each: Bool = false, parties: [Role] = [],
        returnsTo: [String] = [],
        statement: String? = nil, appraisal: String? = nil, mayWithhold: Bool = false, hears: Bool = false,
        cites: Citation? = nil, standing: RuleStanding = .demo, verified: CitationCheck? = nil, line: Int = 0
    ) {
        self.id = id
        self.kind = kind
        self.label = label
        self.by = by
        self.after = after
        self.within = within
        self.apartFrom = apartFrom
        self.needs = needs
        // False is nil, so that a definition without it keeps the body it had before there was any.
        self.each = each ? true : nil
        self.parties = parties
        self.returnsTo = returnsTo
        self.statement = statement
        self.appraisal = appraisal
        self.mayWithhold = mayWithhold ? true : nil
        self.hears = hears ? true : nil
        self.cites = cites
        self.standing = standing
        self.verified = verified
        self.line = line
    }
}

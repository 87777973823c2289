/// A small form that one role fills at a step (书面材料): a letter of recommendation, a pledge, the grounds of a
/// directed commission, the minutes of an interview, the evidence that a platform is ripe, a plate.
package struct StatementForm: Sendable, Codable, Hashable {
    /// What its author may say of the step with it.
    package enum Outcome: String, Sendable, Codable, CaseIterable {
        case done
        /// Sent back to the first of the step's `returnsTo`, with a reason.
        case returned
        /// The dossier ends here, with a reason.
        case refused
    }

    /// Who reads it beside its author. Those who oversee the house always do.
    package enum Reader: String, Sendable, Codable, CaseIterable {
        case applicant
        case teamMember = "team-member"
        case researchOffice = "research-office"
        case expert
        case recommender
        case finalUser = "final-user"
        case partner
        /// The programme's officers and the leaders, as far as no conflict keeps them away.
        case commission
    }

    /// What more a form of its kind demands.
    package enum Nature: String, Sendable, Codable, CaseIterable {
        /// 军令状: whoever fills it signs it expressly.
        case pledge
        /// Why this one and no other: what a directed commission rests on.
        case grounds
        /// Done only when each required flag was found to be met; what is missing shows. See ``criteria``.
        case checklist
    }

    /// How the voices of several authors become one decision (集体决定). Each writes for themself, so that the record
    /// holds who was of what mind, dissent too.
    package struct Tally: Sendable, Codable, Hashable {
        /// The choice that is counted.
        package let field: String
        /// Its options that speak for it.
        package let favour: [String]
        /// So many voices for it carry it; with fewer the dossier ends.
        package let least: Int

        package init(field: String, favour: [String], least: Int) {
            self.field = field
            self.favour = favour
            self.least = least
        }

        /// Whether as many as it takes speak for it.
        package func carries(_ voices: [String: Int]) -> Bool {
            favour.reduce(0) { $0 + (voices[$1] ?? 0) } >= least
        }
    }

    package let id: String
    package let label: Label
    package let hint: Label?
    package let fields: [ApplicationForm.Field]
    /// ``Outcome/done`` alone where the author decides nothing.
    package let outcomes: [Outcome]
    package let seenBy: [Reader]
    package let nature: Nature?
    /// Nil where nothing is counted.
    package let tally: Tally?
    /// Nil where the statements of a call make no list.
    package let roll: StatementRoll?
    package let standing: RuleStanding
    package let cites: Citation?
    package let verified: CitationCheck

    package init(
        id: String, label: Label, hint: Label? = nil, fields: [ApplicationForm.Field],
        outcomes: [Outcome] = [.done], seenBy: [Reader], nature: Nature? = nil, tally: Tally? = nil,
        roll: StatementRoll? = nil, standing: RuleStanding, cites: Citation?, verified: CitationCheck
    ) {
        self.id = id
        self.label = label
        self.hint = hint
        self.fields = fields
        self.outcomes = outcomes
        self.seenBy = seenBy
        self.nature = nature
        self.tally = tally
        self.roll = roll
        self.standing = standing
        self.cites = cites
        self.verified = verified
    }

    /// Names of inputs beside the fields' own.
    package static let reserved: Set<String> = [
        "csrf", "outcome", "reason", "signed", "application", "early",
    ]

    /// The items of a checklist. Each is looked at by itself, whenever there is something to say of it, and its author
    /// fills none of them in; none in another form.
    package var criteria: [ApplicationForm.Field] {
        nature == .checklist ? fields.filter { $0.kind == .flag && $0.required } : []
    }

    /// What its author fills in, as one section, to read and to judge answers by.
    package var section: ApplicationForm.Section {
        let criteria = Set(criteria.map(\.id))
        return ApplicationForm.Section(
            id: id, label: label, hint: hint, fields: fields.filter { !criteria.contains($0.id) })
    }
}

extension Step {
    /// Whether one act is enough to do it. Where each of several has to, even the only one contributes.
    package var isDoneByOne: Bool { needs == 1 && !isOfEach && parties.isEmpty }
}

/// A problem somebody has, put in so that research may solve it: from a person at an organisation, or from a
/// citizen who left a way to be reached.
package struct Problem: Sendable, Codable, Hashable {
    /// Where it comes from.
    package enum Side: String, Sendable, Codable, CaseIterable {
        case university
        case institute
        case firm
        case district
        case department
        case citizen

        package init(_ kind: Organisation.Kind) {
            switch kind {
            case .university, .school: self = .university
            case .institute: self = .institute
            case .firm: self = .firm
            case .district: self = .district
            case .commission, .department, .funder: self = .department
            }
        }
    }

    /// How it stands; follows from what happened to it.
    package enum State: String, Sendable, Codable, CaseIterable {
        case waiting
        /// At least one topic that was not dropped comes from it.
        case topic
        /// Another problem stands for it.
        case merged
        case setAside = "set-aside"
    }

    /// One question of the form and what was answered, with the words in which it was asked: the form may change.
    package struct Answer: Sendable, Codable, Hashable {
        package let field: String
        package let label: Label
        package let kind: ApplicationForm.Field.Kind
        /// Canonical: fen, `2027-06-30`, `true`.
        package let value: String

        package init(field: String, label: Label, kind: ApplicationForm.Field.Kind, value: String) {
            self.field = field
            self.label = label
            self.kind = kind
            self.value = value
        }
    }

    package let id: ID<Problem>
    /// Such as `W2026-00001`: to speak of it, and to open nothing by.
    package let number: String
    package let side: Side
    package let organisation: ID<Organisation>?
    /// As the register had it; empty for a citizen.
    package let organisationName: String
    /// Nil for who did not sign in.
    package let proposer: ID<Person>?
    package let answers: [Answer]

    package init(
        id: ID<Problem>, number: String, side: Side, organisation: ID<Organisation>?,
        organisationName: String, proposer: ID<Person>?, answers: [Answer]
    ) {
        self.id = id
        self.number = number
        self.side = side
        self.organisation = organisation
        self.organisationName = organisationName
        self.proposer = proposer
        self.answers = answers
    }

    package func answer(_ part: ProblemForm.Part) -> String {
        answers.first { $0.field == part.rawValue }?.value ?? ""
    }

    package var title: String { answer(.title) }
    /// Zero is to be negotiated.
    package var money: Money { Int64(answer(.money)).map(Money.init(fen:)) ?? .zero }
    package var by: Day? { Day(text: answer(.by)) }

    /// All that was written, one answer a line: what problems are compared by.
    package var text: String {
        answers.filter { [.line, .prose, .keywords].contains($0.kind) }.map(\.value).joined(separator: "\n")
    }
}

/// How a citizen is reached. A fact of its own, so that it can be erased while the problem stays.
package struct ContactLeft: FactBody {
    package static let kind = FactKind("problem.contact-left")
    package let name: String
    /// A telephone number or an address.
    package let contact: String

    package init(name: String, contact: String) {
        self.name = name
        self.contact = contact
    }

    package static let mostName = 60
    package static let mostContact = 120

    package static func erased(_ fact: Fact) -> ContactLeft? {
        ContactLeft(name: "（已删除 erased）", contact: "（已删除 erased）")
    }

    /// What keeps it from being taken in.
    package var obstacles: [Refusal] {
        var found: [Refusal] = []
        if name.trimmedCount < 2 || name.count > Self.mostName {
            found.append(Refusal("problem.name", ["most": "\(Self.mostName)"]))
        }
        // An address or a number: at least one way in which somebody can really be reached.
        let digits = contact.count { $0.isNumber }
        if !contact.contains("@") && digits < 7 || contact.count > Self.mostContact {
            found.append(Refusal("problem.contact", ["most": "\(Self.mostContact)"]))
        }
        return found
    }
}

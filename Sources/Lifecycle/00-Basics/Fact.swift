/// A fact's envelope: what happened, when, by whom, about what, and why. Appended once, never edited.
///
/// Its payload and its reason stand beside it, each under a salted hash of its own, so that personal data can be
/// erased while the envelope and the tree still verify. Kinds are an open set that each slice extends.
package struct Fact: Sendable, Hashable {
    /// Position in the journal, from 0: the leaf's index.
    package let number: Int64
    package let at: Instant
    package let kind: FactKind
    package let subject: Subject
    /// Nil when the clock or the house itself acts.
    package let actor: ID<Person>?
    /// The role in which the actor acted.
    package let role: Role?
    /// What it does to the dossier's procedure, if anything.
    package let move: Move?
    package let reason: Reason?
    package let clause: ClauseID?

    package init(
        number: Int64, at: Instant, kind: FactKind, subject: Subject, actor: ID<Person>?, role: Role?,
        move: Move?, reason: Reason?, clause: ClauseID?
    ) {
        self.number = number
        self.at = at
        self.kind = kind
        self.subject = subject
        self.actor = actor
        self.role = role
        self.move = move
        self.reason = reason
        self.clause = clause
    }
}

/// The name of a kind of fact, such as `application.submitted`.
package struct FactKind: Hashable, Sendable, Codable, RawRepresentable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package init(_ rawValue: String) { self.rawValue = rawValue }

    package init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// What a fact is about: an open reference, so that an early stage need not know a later stage's nouns.
package struct Subject: Hashable, Sendable, Codable {
    /// `application`, `call`, `person`, …
    package let kind: String
    package let id: String

    package init(kind: String, id: String) {
        self.kind = kind
        self.id = id
    }

    package static func person(_ id: ID<Person>) -> Subject { Subject(kind: "person", id: id.rawValue) }
    package static func organisation(_ id: ID<Organisation>) -> Subject {
        Subject(kind: "organisation", id: id.rawValue)
    }
}

/// What a fact does to its dossier's procedure.
package struct Move: Hashable, Sendable, Codable {
    package enum Outcome: String, Sendable, Codable, CaseIterable {
        /// One of several who must act has acted (an expert's review, a party's agreement).
        case contributed
        /// The step is done and what follows opens.
        case done
        /// Sent back: this step and all after `target` open again from `target`.
        case returned
        /// One contribution no longer counts; `target` is the contributor's id. The others stay.
        case retracted
        /// The dossier ends here.
        case refused
    }

    /// The step's id in the programme's procedure.
    package let step: String
    package let outcome: Outcome
    /// The step returned to, or the person whose contribution is retracted.
    package let target: String?

    package init(_ step: String, _ outcome: Outcome, target: String? = nil) {
        self.step = step
        self.outcome = outcome
        self.target = target
    }
}

/// The body of one kind of fact. Its canonical form is JSON with sorted keys.
package protocol FactBody: Codable, Sendable {
    static var kind: FactKind { get }
    /// What stands in for the body once its payload was erased; nil where it may not be erased.
    static func erased(_ fact: Fact) -> Self?
}

extension FactBody {
    package static func erased(_ fact: Fact) -> Self? { nil }
}

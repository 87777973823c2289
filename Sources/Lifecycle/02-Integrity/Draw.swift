/// One draw by lot (随机抽取), from being asked for to the last substitution.
///
/// Three people take part, and each sees to it that the other two cannot arrange the result: who needs the draw asks
/// for it, who keeps the pool freezes it together with the sources of chance, and a third enters what these sources
/// gave. After the pool is frozen nothing is left to anybody's choice.
package enum Draw {
    /// What is drawn, and who may do which part.
    package enum Purpose: String, Sendable, Codable, CaseIterable {
        /// Experts for the panel of a call.
        case panel
        /// Applications of a call to be inspected.
        case inspection

        package func roles(for part: Part) -> [Role] {
            switch (self, part) {
            case (.panel, .ask): [.programmeOfficer, .commissionLeader]
            case (.inspection, .ask): [.integrity, .commissionLeader]
            // Programme officers keep the register of experts and the dossiers.
            case (.panel, .keep), (.inspection, .keep): [.programmeOfficer]
            case (.panel, .hold), (.inspection, .hold): [.integrity, .auditor]
            }
        }
    }

    /// The three parts, each another person's.
    package enum Part: String, Sendable, CaseIterable {
        case ask
        case keep
        case hold
    }
}

/// A draw was asked for: what for, and how many.
package struct DrawAsked: FactBody {
    package static let kind = FactKind("draw.asked")
    package let draw: ID<Draw>
    package let purpose: Draw.Purpose
    /// What the draw is for, such as a call.
    package let about: Subject
    package let title: String
    package let places: Int
    /// For each class.
    package let alternates: Int
    /// Whether places are shared among classes (disciplines, universities) in proportion.
    package let byClass: Bool

    package init(
        draw: ID<Draw>, purpose: Draw.Purpose, about: Subject, title: String, places: Int, alternates: Int,
        byClass: Bool
    ) {
        self.draw = draw
        self.purpose = purpose
        self.about = about
        self.title = title
        self.places = places
        self.alternates = alternates
        self.byClass = byClass
    }
}

/// Whom each code of the frozen pool stands for. Kept apart from the commitment, which is public.
package struct DrawPoolKept: FactBody {
    package static let kind = FactKind("draw.pool-kept")
    package let draw: ID<Draw>
    package let entries: [Entry]

    /// The code is the beginning of SHA-256 over the salt and the subject, so that somebody who is told the own salt
    /// can check the own code, and nobody else's.
    package struct Entry: Sendable, Codable, Hashable {
        package let code: String
        package let subject: Subject
        /// Hexadecimal.
        package let salt: String

        package init(code: String, subject: Subject, salt: String) {
            self.code = code
            self.subject = subject
            self.salt = salt
        }
    }

    package init(draw: ID<Draw>, entries: [Entry]) {
        self.draw = draw
        self.entries = entries
    }
}

/// Pool, exclusions, places and sources are frozen. All of it is public, and the leaf of this fact proves when.
package struct DrawCommitted: FactBody {
    package static let kind = FactKind("draw.committed")
    package let draw: ID<Draw>
    /// The canonical document of the commitment.
    package let commitment: String
    /// SHA-256 of the document, in hexadecimal.
    package let digest: String
    /// Before this moment no source has its value, and the draw is not held.
    package let notBefore: Instant

    package init(draw: ID<Draw>, commitment: String, digest: String, notBefore: Instant) {
        self.draw = draw
        self.commitment = commitment
        self.digest = digest
        self.notBefore = notBefore
    }
}

/// The sources gave their values and the draw was held. Public too.
package struct DrawHeld: FactBody {
    package static let kind = FactKind("draw.held")
    package let draw: ID<Draw>
    /// The document of the transcript.
    package let transcript: String
    /// What the transcript says of each code hit, in the order hit.
    package let results: [Result]

    package struct Result: Sendable, Codable, Hashable {
        package let code: String
        package let outcome: Outcome
        /// From 1, within the class.
        package let place: Int?

        package init(code: String, outcome: Outcome, place: Int?) {
            self.code = code
            self.outcome = outcome
            self.place = place
        }
    }

    package enum Outcome: String, Sendable, Codable, CaseIterable {
        case drawn
        case alternate
        case skipped
    }

    package init(draw: ID<Draw>, transcript: String, results: [Result]) {
        self.draw = draw
        self.transcript = transcript
        self.results = results
    }
}

/// Somebody drawn cannot take part (a recusal, an illness); the first alternate of the class stands in. The reason is
/// in the envelope and public.
package struct DrawSubstituted: FactBody {
    package static let kind = FactKind("draw.substituted")
    package let draw: ID<Draw>
    package let code: String
    /// Nil when no alternate of the class is left.
    package let alternate: String?

    package init(draw: ID<Draw>, code: String, alternate: String?) {
        self.draw = draw
        self.code = code
        self.alternate = alternate
    }
}

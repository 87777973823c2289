/// What an application was compared with.
package struct ReuseSource: Sendable, Codable, Hashable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// Another application: of this round or an earlier one, funded or not.
        case application
        /// A text of the imported archive.
        case archive
    }

    package let kind: Kind
    /// The application's id, or the text's in the archive.
    package let id: String

    package init(_ kind: Kind, _ id: String) {
        self.kind = kind
        self.id = id
    }

    package static func application(_ id: ID<Application>) -> ReuseSource { Self(.application, id.rawValue) }

    package var application: ID<Application>? { kind == .application ? ID(id) : nil }
}

/// Who stands on the two sides of a common passage. The same words mean little between two versions of one
/// person's proposal and much between strangers.
package enum ReuseRelation: String, Sendable, Codable, CaseIterable {
    /// One person's two applications, of which the later was declared to continue the earlier.
    case declaredContinuation = "declared-continuation"
    /// One person's two applications: a resubmission, perhaps.
    case sameApplicant = "same-applicant"
    /// Somebody takes part in both.
    case sameTeam = "same-team"
    /// Nobody takes part in both; one university put both forward.
    case differentPeople = "different-people"
    /// Nobody takes part in both, and they come from two universities.
    case crossUniversity = "cross-university"
    /// A text of the archive, whose people are not known here.
    case archive

    package struct Side: Sendable, Hashable, Codable {
        package let application: ID<Application>
        package let applicant: ID<Person>
        /// The team, with or without the applicant.
        package let people: Set<ID<Person>>
        package let university: ID<Organisation>
        /// Earlier applications that this one was declared to continue.
        package let continues: Set<ID<Application>>

        package init(
            application: ID<Application>, applicant: ID<Person>, people: Set<ID<Person>>,
            university: ID<Organisation>, continues: Set<ID<Application>> = []
        ) {
            self.application = application
            self.applicant = applicant
            self.people = people
            self.university = university
            self.continues = continues
        }
    }

    package init(_ one: Side, _ other: Side) {
        if one.applicant == other.applicant {
            // Declared of one's own applications only: nobody makes another's text expected by naming it.
            let isDeclared =
                one.continues.contains(other.application) || other.continues.contains(one.application)
            self = isDeclared ? .declaredContinuation : .sameApplicant
        } else if !one.people.union([one.applicant]).isDisjoint(with: other.people.union([other.applicant])) {
            self = .sameTeam
        } else {
            self = one.university == other.university ? .differentPeople : .crossUniversity
        }
    }
}

/// An officer's word on what two texts have in common. It moves no dossier: what follows from it is decided in a
/// procedure of its own, by people.
package enum ReuseVerdict: String, Sendable, Codable, CaseIterable {
    case noIssue = "no-issue"
    /// More than usual, and there is a good reason.
    case tolerated
    /// To be examined as possible misconduct.
    case examine
}

/// How much two texts have in common.
package struct ReuseMeasure: Sendable, Codable, Hashable {
    /// Ten-thousandths of the application that stand in the other text.
    package let containment: Int
    /// Ten-thousandths of the other text that stand in the application.
    package let reverse: Int
    /// Symbols of the longest passage: a Chinese character is one, a Latin word two.
    package let longest: Int
    package let passages: Int

    package init(containment: Int, reverse: Int, longest: Int, passages: Int) {
        self.containment = containment
        self.reverse = reverse
        self.longest = longest
        self.passages = passages
    }
}

/// An officer read the passages and gave a word; the reason stands in the envelope. Without a move: similarity
/// alone refuses nothing.
package struct ReuseJudged: FactBody {
    package static let kind = FactKind("reuse.judged")
    /// The application that was submitted later.
    package let application: ID<Application>
    /// Number of its submission that was read.
    package let submission: Int64
    package let source: ReuseSource
    /// Number of the other submission that was read; 0 for a text of the archive.
    package let sourceSubmission: Int64
    package let relation: ReuseRelation
    package let measure: ReuseMeasure
    package let verdict: ReuseVerdict

    package init(
        application: ID<Application>, submission: Int64, source: ReuseSource, sourceSubmission: Int64,
        relation: ReuseRelation, measure: ReuseMeasure, verdict: ReuseVerdict
    ) {
        self.application = application
        self.submission = submission
        self.source = source
        self.sourceSubmission = sourceSubmission
        self.relation = relation
        self.measure = measure
        self.verdict = verdict
    }
}

/// Texts from elsewhere were taken into the archive that applications are compared with.
package struct ArchiveImported: FactBody {
    package static let kind = FactKind("archive.imported")
    /// SHA-256 of the file, hexadecimal.
    package let digest: String
    package let texts: Int
    /// Anybody may have read them elsewhere, so that an applicant may be shown what they share with them.
    package let published: Bool

    package init(digest: String, texts: Int, published: Bool) {
        self.digest = digest
        self.texts = texts
        self.published = published
    }
}

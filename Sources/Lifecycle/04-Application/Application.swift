/// An application as submitted. Drafts are not facts; this is what was received, whole, but for whom the applicant
/// asks not to review: see ``ExclusionAsked``.
package struct Application: Sendable, Codable, Hashable {
    package let id: ID<Application>
    package let call: ID<Call>
    /// Given at the first submission and kept.
    package let number: String
    package let applicant: ApplicantAsSubmitted
    package let answers: [String: String]
    package let members: [TeamMember]
    package let attachments: [AttachmentReference]
    /// What the rules said at the moment of submission.
    package let verdicts: [Verdict]
    /// One for each unmet rule “in principle”. Nil where none was unmet, and in submissions from before there were
    /// requests.
    package let exceptions: [ExceptionRequest]?
    /// What the rules looked at, so that other rules can be asked of the same later: see ``WhatIf``. Nil in
    /// submissions from before it was kept.
    package let considered: Applicant?
    /// What it is declared to go on from. Nil where nothing was declared, and in submissions from before one could.
    package let continues: [Continuation]?

    package init(
        id: ID<Application>, call: ID<Call>, number: String, applicant: ApplicantAsSubmitted,
        answers: [String: String], members: [TeamMember], attachments: [AttachmentReference],
        verdicts: [Verdict], exceptions: [ExceptionRequest]? = nil, considered: Applicant? = nil,
        continues: [Continuation]? = nil
    ) {
        self.id = id
        self.call = call
        self.number = number
        self.applicant = applicant
        self.answers = answers
        self.members = members
        self.attachments = attachments
        self.verdicts = verdicts
        self.exceptions = exceptions
        self.considered = considered
        self.continues = continues
    }

    package var title: String { answers["title"] ?? "" }
    /// What it bids for; nil where its call lets no topics.
    package var topic: ID<Topic>? { answers[ApplicationForm.topic].flatMap { $0.isEmpty ? nil : ID($0) } }
    package var discipline: String { answers["discipline"] ?? "" }
    /// In fen, as the form keeps money.
    package var amount: Money { answers["amount"].flatMap { Int64($0) }.map(Money.init(fen:)) ?? .zero }
}

/// The applicant as the register knew the person at submission.
package struct ApplicantAsSubmitted: Sendable, Codable, Hashable {
    package let person: ID<Person>
    package let name: String
    package let university: ID<Organisation>
    package let universityName: String
    package let born: Day?
    package let title: String?

    package init(
        person: ID<Person>, name: String, university: ID<Organisation>, universityName: String, born: Day?,
        title: String?
    ) {
        self.person = person
        self.name = name
        self.university = university
        self.universityName = universityName
        self.born = born
        self.title = title
    }
}

package struct TeamMember: Sendable, Codable, Hashable {
    package let person: ID<Person>
    package let name: String
    package let organisation: ID<Organisation>
    package let organisationName: String
    /// What the member does in the project.
    package let task: String

    package init(
        person: ID<Person>, name: String, organisation: ID<Organisation>, organisationName: String,
        task: String
    ) {
        self.person = person
        self.name = name
        self.organisation = organisation
        self.organisationName = organisationName
        self.task = task
    }
}

/// A file, named by its content.
package struct AttachmentReference: Sendable, Codable, Hashable {
    /// SHA-256, hexadecimal.
    package let hash: String
    package let name: String
    package let size: Int
    /// The type found in the content, not the one claimed.
    package let type: String

    package init(hash: String, name: String, size: Int, type: String) {
        self.hash = hash
        self.name = name
        self.size = size
        self.type = type
    }
}

/// Somebody whom the applicant asks not to review, and why.
package struct Exclusion: Sendable, Hashable {
    package let person: ID<Person>
    package let name: String
    package let reason: String
    package init(person: ID<Person>, name: String, reason: String) {
        self.person = person
        self.name = name
        self.reason = reason
    }
}

/// A plain record of something a person did before, which eligibility reads.
///
/// What happened in this house later stages tell (``PastOfHouse``); what happened elsewhere or earlier an officer
/// enters. How far back the record goes is said apart, by ``KnownPast``.
package struct TrackRecord: Sendable, Codable, Hashable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// Leads or led a project.
        case led
        /// A project was revoked (撤销).
        case revoked
        /// A project was not closed in time (未按时结项).
        case closedLate = "closed-late"
        /// An application was not funded.
        case unfunded
    }

    package enum Level: String, Sendable, Codable, CaseIterable {
        case city
        case provincial
        case national
    }

    package let person: ID<Person>
    package let kind: Kind
    /// The family of programmes, such as `research-plan`; see ``Programme/family``.
    package let family: String
    package let level: Level
    package let title: String
    package let from: Day
    /// The day it ended; nil while it runs.
    package let until: Day?

    package init(
        person: ID<Person>, kind: Kind, family: String, level: Level, title: String, from: Day, until: Day?
    ) {
        self.person = person
        self.kind = kind
        self.family = family
        self.level = level
        self.title = title
        self.from = from
        self.until = until
    }
}

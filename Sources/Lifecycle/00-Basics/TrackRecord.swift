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
        /// Barred for a time from leading projects on public money, by a decision on misconduct (处理期). It is no
        /// programme's: ``TrackRecord/family`` is empty, and the level is that of whoever decided.
        case barred
    }

    package enum Level: String, Sendable, Codable, CaseIterable {
        case city
        case provincial
        case national
    }

    package let person: ID<Person>
    package let kind: Kind
    /// The family of programmes, such as `research-plan`; see ``Programme/family``. Empty where it is of none.
    package let family: String
    package let level: Level
    package let title: String
    package let from: Day
    /// The day it ended; nil while it runs. Of a bar its last day; nil where it is for life.
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

import Foundation
package import Lifecycle
package import Store
import Synchronization

/// A programme's definition as a call pins it. Its canonical JSON is the fact's body; the folder on disk may
/// move on.
package struct ProgrammeAdopted: FactBody {
    package static let kind = FactKind("programme.adopted")
    package let programme: Programme
    package init(programme: Programme) { self.programme = programme }
}

/// The calendar deadlines are counted by, from this fact on.
package struct CalendarAdopted: FactBody {
    package static let kind = FactKind("calendar.adopted")
    package let calendar: WorkCalendar
    package init(calendar: WorkCalendar) { self.calendar = calendar }
}

/// Decoded definitions, kept: a list of a thousand dossiers decodes each definition once.
package final class Definitions: Sendable {
    private let programmes = Mutex<[String: Programme]>([:])
    private let calendars = Mutex<[Int64: WorkCalendar]>([:])

    package init() {}

    package func programme(_ digest: String, _ store: Transaction) throws -> Programme? {
        if let known = programmes.withLock({ $0[digest] }) { return known }
        guard
            let text = try store.value(
                "SELECT definition FROM programme_definition WHERE digest = \(digest)", as: String.self)
        else { return nil }
        let programme = try JSONDecoder().decode(Programme.self, from: Data(text.utf8))
        programmes.withLock { $0[digest] = programme }
        return programme
    }

    /// The definition that new calls of the programme are published with; nil where the house knows none.
    package func inForce(_ programme: String, _ store: Transaction) throws -> Programme? {
        try store.value(
            "SELECT digest FROM definition_in_force WHERE programme = \(programme)", as: String.self
        ).flatMap { try self.programme($0, store) }
    }

    /// What is in force of every programme, in the order of their ids.
    package func inForce(_ store: Transaction) throws -> [Programme] {
        try store.values(
            "SELECT digest FROM definition_in_force ORDER BY programme", as: String.self
        ).compactMap { try programme($0, store) }
    }

    /// The calendar in force; weekends only before any was adopted.
    package func calendar(_ store: Transaction) throws -> WorkCalendar {
        // Every request asks: its text is read once.
        guard
            let fact = try store.value(
                "SELECT fact FROM work_calendar ORDER BY fact DESC LIMIT 1", as: Int64.self)
        else { return .weekendsOnly }
        if let known = calendars.withLock({ $0[fact] }) { return known }
        guard
            let text = try store.value(
                "SELECT definition FROM work_calendar WHERE fact = \(fact)", as: String.self)
        else { return .weekendsOnly }
        let calendar = try JSONDecoder().decode(WorkCalendar.self, from: Data(text.utf8))
        calendars.withLock { $0[fact] = calendar }
        return calendar
    }
}

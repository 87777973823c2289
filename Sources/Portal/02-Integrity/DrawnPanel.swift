import Foundation
package import Lifecycle
package import Store

/// The experts whom a public draw gave a call, for those who assign them: who sits, who left, who stands by.
package struct DrawnPanel: Sendable {
    package struct Member: Sendable {
        package let person: ID<Person>
        package let entry: DrawEntryRecord
        /// The class it was drawn in; nil where places were not shared among classes.
        package let stratum: String?
        package let state: State
    }

    package enum State: String, Sendable, CaseIterable {
        /// Drawn, and takes part.
        case drawn
        /// An alternate who stands in for somebody who left.
        case standsIn = "stands-in"
        /// Drawn or stood in, and left since.
        case left
        /// The next ones, in the order drawn.
        case alternate
    }

    package let draw: DrawRecord
    /// In the order of classes and places, alternates after the places of their class.
    package let members: [Member]

    private struct Committed: Decodable {
        struct Entry: Decodable {
            let id: String
            let `class`: String?
        }
        let pool: [Entry]
    }

    /// Draws of panels for a call that were held, the newest first. The public page repeats them; this only reads what
    /// came out.
    package static func all(for call: ID<Call>, _ store: Transaction) throws -> [DrawnPanel] {
        try DrawQueries.panels(for: call, store).map { draw in
            var strata: [String: String] = [:]
            if draw.byClass, let text = draw.commitment {
                let committed = try JSONDecoder().decode(Committed.self, from: Data(text.utf8))
                for entry in committed.pool { strata[entry.id] = entry.class }
            }
            let entries = try DrawQueries.entries(of: draw.id, store)
            let standing = Set(entries.compactMap(\.substitute))
            let members = entries.compactMap { entry -> Member? in
                guard entry.subjectKind == "person", let outcome = entry.outcome else { return nil }
                let state: State
                switch outcome {
                case .drawn: state = entry.reason == nil ? .drawn : .left
                case .alternate:
                    state =
                        entry.reason != nil ? .left : standing.contains(entry.code) ? .standsIn : .alternate
                case .skipped: return nil
                }
                return Member(
                    person: ID(entry.subjectId), entry: entry, stratum: strata[entry.code], state: state)
            }
            func key(_ member: Member) -> (String, Int, Int, String) {
                (
                    member.stratum ?? "", member.entry.outcome == .drawn ? 0 : 1, member.entry.place ?? 0,
                    member.entry.code
                )
            }
            return DrawnPanel(draw: draw, members: members.sorted { key($0) < key($1) })
        }
    }

    /// What each expert is to the panels of a call; the newest draw speaks.
    package static func marks(_ panels: [DrawnPanel]) -> [ID<Person>: Member] {
        var marks: [ID<Person>: Member] = [:]
        for panel in panels {
            for member in panel.members where marks[member.person] == nil { marks[member.person] = member }
        }
        return marks
    }
}

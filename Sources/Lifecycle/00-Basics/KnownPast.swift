/// How far back something of people's past is known: whatever of these kinds was running or happened on or after a
/// day is on record. Without it an empty record says nothing.
package struct KnownPast: Sendable, Codable, Hashable {
    /// Which projects and applications are meant.
    package enum Scope: Sendable, Codable, Hashable {
        /// A family of programmes; see ``Programme/family``.
        case family(String)
        /// Whoever funds them: everything of the level and above.
        case level(TrackRecord.Level)
    }

    package let scope: Scope
    package let kinds: [TrackRecord.Kind]
    /// Nil where everything there ever was is known.
    package let since: Day?

    package init(_ scope: Scope, kinds: [TrackRecord.Kind], since: Day?) {
        self.scope = scope
        self.kinds = kinds
        self.since = since
    }

    /// Whether it tells of `kind` in `scope`: what is known from a level on is known of every level above.
    package func covers(_ kind: TrackRecord.Kind, in scope: Scope) -> Bool {
        guard kinds.contains(kind) else { return false }
        switch (self.scope, scope) {
        case (.family(let known), .family(let wanted)): return known == wanted
        case (.level(let known), .level(let wanted)): return known.rank <= wanted.rank
        case (.family, .level), (.level, .family): return false
        }
    }

    /// Whether it goes back to `day`; to the very beginning, where `day` is nil.
    package func reaches(_ day: Day?) -> Bool {
        guard let since else { return true }
        return day.map { since <= $0 } ?? false
    }
}

extension TrackRecord.Level {
    /// The higher, the further above.
    package var rank: Int {
        switch self {
        case .city: 0
        case .provincial: 1
        case .national: 2
        }
    }
}

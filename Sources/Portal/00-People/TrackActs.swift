package import Lifecycle
import Store

/// What officers do with people's records: enter what happened elsewhere or earlier, put an entry right, and say how
/// far back the records go. Nobody does it for themselves. Each needs a source and a reason, and is never edited: a
/// wrong entry is put right by a new fact.
package enum TrackActs {
    private static let leastSource = 4
    private static let mostSource = 200
    private static let mostTitle = 120

    package static func enter(
        _ record: TrackRecord, from source: String, reason: String, _ change: Change
    ) throws {
        let role = try officer(of: record.person, change)
        let found = obstacles(record, at: change.at) + obstacles(source, reason)
        guard found.isEmpty else { throw Refused(found) }
        try change.append(
            TrackRecorded(record, source: source), about: .person(record.person), as: role, reason: reason)
    }

    /// Puts an entry right; takes it out where `record` is nil.
    package static func correct(
        _ entry: Int64, of person: ID<Person>, to record: TrackRecord?, from source: String, reason: String,
        _ change: Change
    ) throws {
        let role = try officer(of: person, change)
        guard try TrackEntry.all(of: [person], change.store).contains(where: { $0.fact == entry }) else {
            throw Missing()
        }
        let found = (record.map { obstacles($0, at: change.at) } ?? []) + obstacles(source, reason)
        guard found.isEmpty else { throw Refused(found) }
        try change.append(
            TrackCorrected(entry: entry, record: record, source: source), about: .person(person), as: role,
            reason: reason)
    }

    /// Says how far back records go: one person's, or everybody's where `person` is nil.
    package static func know(
        _ known: KnownPast, of person: ID<Person>?, from source: String, reason: String, _ change: Change
    ) throws {
        let role =
            try person.map { try officer(of: $0, change) }
            ?? Administration.authority(.programmeOfficer, change)
        var found = obstacles(source, reason)
        if known.kinds.isEmpty { found.append(Refusal("track.kinds")) }
        if case .family(let family) = known.scope, !isName(family) { found.append(Refusal("track.family")) }
        if let since = known.since, since > change.at.day { found.append(Refusal("track.since")) }
        guard found.isEmpty else { throw Refused(found) }
        try change.append(
            PastKnown(known, of: person, source: source), about: person.map(Subject.person) ?? .records,
            as: role, reason: reason)
    }

    /// Takes back what was said of how far records go.
    package static func withdraw(
        _ entry: Int64, of person: ID<Person>?, reason: String, _ change: Change
    ) throws {
        let role =
            try person.map { try officer(of: $0, change) }
            ?? Administration.authority(.programmeOfficer, change)
        let all =
            try person.map { try KnownEntry.all(of: [$0], change.store) } ?? KnownEntry.general(change.store)
        guard all.contains(where: { $0.fact == entry }) else { throw Missing() }
        if let refusal = short(reason) { throw Refused([refusal]) }
        try change.append(
            PastKnownWithdrawn(entry: entry), about: person.map(Subject.person) ?? .records, as: role,
            reason: reason)
    }

    private static func officer(of person: ID<Person>, _ change: Change) throws -> Role? {
        let role = try Administration.authority(.programmeOfficer, change)
        guard try Administration.exists(person, change) else { throw Missing() }
        if change.actor == person { throw Refused("track.own") }
        return role
    }

    private static func obstacles(_ record: TrackRecord, at now: Instant) -> [Refusal] {
        var found: [Refusal] = []
        if record.kind == .barred ? !record.family.isEmpty : !isName(record.family) {
            found.append(Refusal(record.kind == .barred ? "track.family-barred" : "track.family"))
        }
        if record.title.isEmpty || record.title.count > mostTitle {
            found.append(Refusal("track.title", ["most": "\(mostTitle)"]))
        }
        if record.from > now.day { found.append(Refusal("track.from")) }
        if let until = record.until, until < record.from { found.append(Refusal("track.until")) }
        // What came to an end has a day on which it did; a bar may be for life.
        if ![.led, .barred].contains(record.kind), record.until == nil {
            found.append(Refusal("track.until-needed"))
        }
        return found
    }

    private static func obstacles(_ source: String, _ reason: String) -> [Refusal] {
        var found: [Refusal] = []
        if !(leastSource...mostSource).contains(source.count) {
            found.append(Refusal("track.source", ["least": "\(leastSource)", "most": "\(mostSource)"]))
        }
        if let refusal = short(reason) { found.append(refusal) }
        return found
    }

    private static func short(_ reason: String) -> Refusal? {
        reason.trimmedCount < 5 ? Refusal("reason.short", ["least": "5"]) : nil
    }

    /// Families are named as programmes name them: small letters, digits and hyphens.
    private static func isName(_ text: String) -> Bool {
        (2...60).contains(text.utf8.count)
            && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    }
}

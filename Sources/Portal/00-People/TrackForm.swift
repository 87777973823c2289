import Lifecycle

/// The forms about somebody's record: text in, values or refusals out.
struct TrackForm: Sendable {
    let kind: String
    let family: String
    let level: String
    let title: String
    let from: String
    let until: String
    let source: String
    let reason: String

    init(_ form: FormFields) {
        kind = form.text("kind")
        family = form.text("family")
        level = form.text("level")
        title = form.text("title")
        from = form.text("from")
        until = form.text("until")
        source = form.text("source")
        reason = form.text("reason")
    }

    /// An entry as the form states it.
    func record(of person: ID<Person>) throws -> TrackRecord {
        var found: [Refusal] = []
        let kind = TrackRecord.Kind(rawValue: kind)
        if kind == nil { found.append(Refusal("track.kind")) }
        let level = TrackRecord.Level(rawValue: level)
        if level == nil { found.append(Refusal("track.level")) }
        let from = Day(text: from)
        if from == nil { found.append(Refusal("track.from")) }
        let until = Day(text: until)
        if until == nil && !self.until.isEmpty { found.append(Refusal("track.until")) }
        guard found.isEmpty, let kind, let level, let from else { throw Refused(found) }
        return TrackRecord(
            person: person, kind: kind, family: family, level: level, title: title, from: from, until: until)
    }

    /// The field that mends a refusal.
    static func field(_ refusal: Refusal) -> String {
        switch refusal.code {
        case "track.kind": "kind"
        case "track.kinds": "kinds"
        case "track.family", "track.family-barred": "family"
        case "track.level": "level"
        case "track.title": "title"
        case "track.from": "from"
        case "track.until", "track.until-needed": "until"
        case "track.since": "since"
        case "track.source": "source"
        default: "reason"
        }
    }
}

/// The form that says how far back records go.
struct KnownForm: Sendable {
    let family: String
    let level: String
    let kinds: Set<String>
    let since: String
    let always: Bool
    let source: String
    let reason: String

    init(_ form: FormFields) {
        family = form.text("family")
        level = form.text("level")
        kinds = Set(form.all("kinds"))
        since = form.text("since")
        always = form.text("always") == "1"
        source = form.text("source")
        reason = form.text("reason")
    }

    func known() throws -> KnownPast {
        let day = Day(text: since)
        // One of the two: a day, or the very beginning.
        if always ? !since.isEmpty : day == nil { throw Refused("track.since") }
        let scope: KnownPast.Scope
        if level.isEmpty {
            scope = .family(family)
        } else {
            guard let level = TrackRecord.Level(rawValue: level), family.isEmpty else {
                throw Refused("track.scope")
            }
            scope = .level(level)
        }
        return KnownPast(
            scope, kinds: TrackRecord.Kind.allCases.filter { kinds.contains($0.rawValue) }, since: day)
    }
}

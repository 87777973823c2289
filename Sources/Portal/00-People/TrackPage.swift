import Lifecycle

/// The fields of an entry, as typed.
struct TrackFields: Sendable {
    let kinds: [Choice]
    let family: String
    let levels: [Choice]
    let title: String
    let from: String
    let until: String
    let source: String
    let reason: String

    init(_ form: TrackForm?, _ words: Words.Catalogue) {
        kinds = TrackRecord.Kind.allCases.map {
            Choice(
                value: $0.rawValue, label: words["track.kind.\($0.rawValue)"],
                chosen: form?.kind == $0.rawValue)
        }
        family = form?.family ?? ""
        levels = TrackRecord.Level.allCases.map {
            Choice(
                value: $0.rawValue, label: words["track.level.\($0.rawValue)"],
                chosen: form?.level == $0.rawValue)
        }
        title = form?.title ?? ""
        from = form?.from ?? ""
        until = form?.until ?? ""
        source = form?.source ?? ""
        reason = form?.reason ?? ""
    }
}

/// The fields of how far back records go, as typed.
struct KnownFields: Sendable {
    let family: String
    let levels: [Choice]
    let kinds: [Choice]
    let since: String
    let always: Bool
    let source: String
    let reason: String

    init(_ form: KnownForm?, _ words: Words.Catalogue) {
        family = form?.family ?? ""
        levels = TrackRecord.Level.allCases.map {
            Choice(
                value: $0.rawValue, label: words["track.level.\($0.rawValue)"],
                chosen: form?.level == $0.rawValue)
        }
        kinds = TrackRecord.Kind.allCases.map {
            Choice(
                value: $0.rawValue, label: words["track.kind.\($0.rawValue)"],
                chosen: form?.kinds.contains($0.rawValue) ?? true)
        }
        since = form?.since ?? ""
        always = form?.always ?? false
        source = form?.source ?? ""
        reason = form?.reason ?? ""
    }
}

/// `/people/{person}/record`.
struct TrackPage: Sendable {
    let name: String
    let href: String
    let action: String
    let knownAction: String
    let mayWrite: Bool
    let track: TrackLines
    /// What is known of everybody, and so of this person.
    let general: TrackLines
    let entry: TrackFields
    let known: KnownFields
    let troubles: Troubles

    init(
        _ person: Seen<PersonRecord>, _ entries: [TrackEntry], _ known: [KnownEntry],
        _ everybody: [KnownEntry], as relations: Set<Relation>, _ typed: TrackRoutes.Typed,
        _ refusals: [Refusal], at path: String, _ ask: Ask
    ) {
        let words = ask.words
        name = person[PersonSight.name] ?? ""
        href = path
        action = "\(path)/record"
        knownAction = "\(path)/known"
        mayWrite = ask.viewer.holds(.programmeOfficer)
        track = TrackLines(
            entries, known, as: relations, words, correct: { "\(path)/record/\($0)" },
            withdraw: { "\(path)/known/\($0)/withdraw" })
        general = TrackLines([], everybody, as: relations, words)
        var (entry, knows): (TrackForm?, KnownForm?) = (nil, nil)
        switch typed {
        case .none: break
        case .entry(let form): entry = form
        case .known(let form): knows = form
        }
        self.entry = TrackFields(entry, words)
        self.known = KnownFields(knows, words)
        let prefix = knows == nil ? "" : "known-"
        troubles = Troubles(refusals, words) { prefix + TrackForm.field($0) }
    }
}

/// `/people/{person}/record/{fact}`: one entry, to be put right.
struct TrackEntryPage: Sendable {
    let name: String
    let href: String
    let action: String
    let entry: TrackFields
    let troubles: Troubles

    init(
        _ person: Seen<PersonRecord>, _ entry: Seen<TrackEntry>, _ typed: TrackForm?, _ refusals: [Refusal],
        at path: String, _ ask: Ask
    ) {
        name = person[PersonSight.name] ?? ""
        href = "\(path)/record"
        action = "\(path)/record/\(ask.parameter("fact"))"
        self.entry = TrackFields(
            typed
                ?? entry[TrackSight.entry].map {
                    TrackForm($0, from: (entry[TrackSight.source] ?? nil) ?? "")
                }, ask.words)
        troubles = Troubles(refusals, ask.words, field: TrackForm.field)
    }
}

extension TrackForm {
    /// The form that would state `record`, without a reason.
    init(_ record: TrackRecord, from source: String) {
        self.init(
            FormFields([
                ("kind", record.kind.rawValue), ("family", record.family), ("level", record.level.rawValue),
                ("title", record.title), ("from", record.from.text), ("until", record.until?.text ?? ""),
                ("source", source),
            ]))
    }
}

/// `/office/records`: how far back everybody's records go.
struct KnownPage: Sendable {
    let mayWrite: Bool
    let track: TrackLines
    let known: KnownFields
    let troubles: Troubles

    init(
        _ known: [KnownEntry], as relations: Set<Relation>, _ typed: KnownForm?, _ refusals: [Refusal],
        _ ask: Ask
    ) {
        mayWrite = ask.viewer.holds(.programmeOfficer)
        track = TrackLines(
            [], known, as: relations, ask.words, withdraw: { "/office/records/\($0)/withdraw" })
        self.known = KnownFields(typed, ask.words)
        troubles = Troubles(refusals, ask.words) { "known-" + TrackForm.field($0) }
    }
}

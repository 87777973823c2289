import Lifecycle
import Store

/// `/people/{person}/record`, `/office/records`: what people did before, and how far back that is known.
enum TrackRoutes {
    static func add(to routes: Routes) {
        routes.get("/people/{person}/record") { ask in try await show(ask, .none, []) }
        routes.post("/people/{person}/record", limit: 1 << 14, enter)
        routes.get("/people/{person}/record/{fact}") { ask in try await showEntry(ask, typed: nil, []) }
        routes.post("/people/{person}/record/{fact}", limit: 1 << 14, correct)
        routes.post("/people/{person}/known", limit: 1 << 14, know)
        routes.post("/people/{person}/known/{fact}/withdraw", limit: 1 << 14, withdraw)
        routes.get("/office/records") { ask in try await general(ask, typed: nil, []) }
        routes.post("/office/records", limit: 1 << 14, knowGenerally)
        routes.post("/office/records/{fact}/withdraw", limit: 1 << 14, withdrawGenerally)
    }

    /// What was typed into which of the two forms of a page.
    enum Typed: Sendable {
        case none
        case entry(TrackForm)
        case known(KnownForm)
    }

    /// Reads for officials, and nobody else; the person reads on their account.
    private static func reader(_ ask: Ask) throws -> Set<Relation> {
        let relations = PersonSight.relations(of: ask.viewer).intersection(TrackSight.readers)
        guard !relations.isEmpty else { throw Missing() }
        return relations
    }

    private static func officer(_ ask: Ask) throws {
        guard ask.viewer.holds(.programmeOfficer) else { throw Missing() }
    }

    private static func path(_ ask: Ask) -> String { "/people/\(ask.id("person", Person.self))" }

    private static func fact(_ ask: Ask) throws -> Int64 {
        guard let number = Int64(ask.parameter("fact")) else { throw Missing() }
        return number
    }

    // MARK: - one person

    private static func show(_ ask: Ask, _ typed: Typed, _ refusals: [Refusal]) async throws -> Answer {
        let relations = try reader(ask)
        let id = ask.id("person", Person.self)
        let (record, entries, known, general) = try await ask.read { store in
            (
                try PersonRecord.find(id, store), try TrackEntry.all(of: [id], store),
                try KnownEntry.all(of: [id], store), try KnownEntry.general(store)
            )
        }
        try await Reads.note(.person, about: .person(id), ask)
        let page = TrackPage(
            Seen(record, as: relations), entries, known, general, as: relations, typed, refusals,
            at: path(ask), ask)
        return try await ask.page("people/record", page, status: refusals.isEmpty ? 200 : 422)
    }

    private static func enter(_ ask: Ask) async throws -> Answer {
        try officer(ask)
        let id = ask.id("person", Person.self)
        let form = TrackForm(ask.form)
        do {
            try await ask.change { change in
                try TrackActs.enter(
                    try form.record(of: id), from: form.source, reason: form.reason, change)
            }
        } catch let refused as Refused {
            return try await show(ask, .entry(form), refused.refusals)
        }
        return .see("\(path(ask))/record?done=track-entered")
    }

    private static func showEntry(_ ask: Ask, typed: TrackForm?, _ refusals: [Refusal]) async throws
        -> Answer
    {
        try officer(ask)
        let relations = try reader(ask)
        let id = ask.id("person", Person.self)
        let number = try fact(ask)
        let (record, entries) = try await ask.read { store in
            (try PersonRecord.find(id, store), try TrackEntry.all(of: [id], store))
        }
        guard let entry = entries.first(where: { $0.fact == number }) else { throw Missing() }
        try await Reads.note(.person, about: .person(id), ask)
        let page = TrackEntryPage(
            Seen(record, as: relations), Seen(entry, as: relations), typed, refusals, at: path(ask), ask)
        return try await ask.page("people/record-entry", page, status: refusals.isEmpty ? 200 : 422)
    }

    private static func correct(_ ask: Ask) async throws -> Answer {
        try officer(ask)
        let id = ask.id("person", Person.self)
        let number = try fact(ask)
        let form = TrackForm(ask.form)
        let takesOut = ask.form.text("out") == "1"
        do {
            try await ask.change { change in
                try TrackActs.correct(
                    number, of: id, to: takesOut ? nil : try form.record(of: id), from: form.source,
                    reason: form.reason, change)
            }
        } catch let refused as Refused {
            return try await showEntry(ask, typed: form, refused.refusals)
        }
        return .see("\(path(ask))/record?done=track-corrected")
    }

    private static func know(_ ask: Ask) async throws -> Answer {
        try officer(ask)
        let id = ask.id("person", Person.self)
        let form = KnownForm(ask.form)
        do {
            try await ask.change { change in
                try TrackActs.know(
                    try form.known(), of: id, from: form.source, reason: form.reason, change)
            }
        } catch let refused as Refused {
            return try await show(ask, .known(form), refused.refusals)
        }
        return .see("\(path(ask))/record?done=track-known")
    }

    private static func withdraw(_ ask: Ask) async throws -> Answer {
        try officer(ask)
        let id = ask.id("person", Person.self)
        let number = try fact(ask)
        let reason = ask.form.text("reason")
        do {
            try await ask.change { change in
                try TrackActs.withdraw(number, of: id, reason: reason, change)
            }
        } catch let refused as Refused {
            return try await show(ask, .none, refused.refusals)
        }
        return .see("\(path(ask))/record?done=track-withdrawn")
    }

    // MARK: - everybody

    private static func general(_ ask: Ask, typed: KnownForm?, _ refusals: [Refusal]) async throws -> Answer {
        let relations = try reader(ask)
        let known = try await ask.read { store in try KnownEntry.general(store) }
        return try await ask.page(
            "people/records", KnownPage(known, as: relations, typed, refusals, ask),
            status: refusals.isEmpty ? 200 : 422)
    }

    private static func knowGenerally(_ ask: Ask) async throws -> Answer {
        try officer(ask)
        let form = KnownForm(ask.form)
        do {
            try await ask.change { change in
                try TrackActs.know(
                    try form.known(), of: nil, from: form.source, reason: form.reason, change)
            }
        } catch let refused as Refused {
            return try await general(ask, typed: form, refused.refusals)
        }
        return .see("/office/records?done=track-known")
    }

    private static func withdrawGenerally(_ ask: Ask) async throws -> Answer {
        try officer(ask)
        let number = try fact(ask)
        let reason = ask.form.text("reason")
        do {
            try await ask.change { change in
                try TrackActs.withdraw(number, of: nil, reason: reason, change)
            }
        } catch let refused as Refused {
            return try await general(ask, typed: nil, refused.refusals)
        }
        return .see("/office/records?done=track-withdrawn")
    }
}

package import Lifecycle
package import PublicDraw
import Store

/// The three parts of a draw, and what may follow it.
package enum DrawActs {
    /// The most places or alternates a form may ask for.
    static let most = 1_000

    /// Part one: somebody needs a draw.
    @discardableResult
    package static func ask(
        _ asked: DrawAsked, by person: ID<Person>, as role: Role, _ change: Change
    ) throws -> Fact {
        guard asked.purpose.roles(for: .ask).contains(role) else { throw Missing() }
        var refusals: [Refusal] = []
        // The commitment names it in at most 512 bytes, with the moment before which no source speaks.
        let isLine = asked.title.utf8.count <= 400 && !asked.title.contains(where: \.isNewline)
        if !(2...100).contains(asked.title.trimmedCount) || !isLine {
            refusals.append(Refusal("draw.title"))
        }
        if !(1...most).contains(asked.places) { refusals.append(Refusal("draw.places", ["most": "\(most)"])) }
        if !(0...most).contains(asked.alternates) {
            refusals.append(Refusal("draw.alternates", ["most": "\(most)"]))
        }
        let known = try change.store.value(
            "SELECT 1 FROM call WHERE id = \(asked.about.id)", as: Int.self)
        if asked.about.kind != "call" || known == nil { refusals.append(Refusal("draw.about")) }
        guard refusals.isEmpty else { throw Refused(refusals) }
        return try change.append(asked, about: Draw.subject(asked.draw), as: role)
    }

    /// Part two: the pool is frozen as it is at this moment, with reasons for who may not be drawn, and the sources
    /// are named. From here on nothing is left to choose.
    ///
    /// - Parameters:
    ///   - notBefore: when the first source gets its value; must lie ahead.
    package static func keep(
        _ id: ID<Draw>, sources: [RandomSource], notBefore: Instant?, by person: ID<Person>, as role: Role,
        _ change: Change, _ house: House
    ) throws {
        let draw = try part(.keep, of: id, by: person, as: role, change)
        guard draw.committedAt == nil else { throw Refused("draw.kept-before") }
        guard let notBefore, notBefore > change.at else { throw Refused("draw.not-before") }
        let candidates = try DrawQueries.pool(draw, at: change.at, house, change.store)
        guard !candidates.isEmpty else { throw Refused("draw.pool-empty") }
        let coded = candidates.map { candidate in
            let salt = Canonical.hex(house.world.secretBytes(16))
            return (
                entry: DrawPoolKept.Entry(
                    code: code(of: candidate.subject, salt: salt), subject: candidate.subject, salt: salt),
                candidate: candidate
            )
        }.sorted { $0.entry.code < $1.entry.code }
        let promises = try promises(to: draw, until: notBefore, at: change.at, house, change.store)
        let commitment = try commitment(
            draw, coded.map { ($0.entry.code, $0.candidate) },
            sources: sources + (promises.map { [$0] } ?? []),
            notBefore: notBefore, house)
        try change.append(
            DrawPoolKept(draw: id, entries: coded.map(\.entry)), about: Draw.subject(id), as: role)
        try change.append(
            DrawCommitted(
                draw: id, commitment: commitment.canonical, digest: commitment.digest, notBefore: notBefore),
            about: Draw.subject(id), as: role)
    }

    /// Part three: what the sources gave is entered, and the draw follows from it.
    package static func hold(
        _ id: ID<Draw>, written: [String: String], by person: ID<Person>, as role: Role, _ change: Change
    ) throws {
        let draw = try part(.hold, of: id, by: person, as: role, change)
        guard let text = draw.commitment, let notBefore = draw.notBefore else {
            throw Refused("draw.not-kept")
        }
        guard draw.heldAt == nil else { throw Refused("draw.held-before") }
        guard change.at >= notBefore else { throw Refused("draw.too-early", ["at": notBefore.text]) }
        let commitment = try Commitment(document: text)
        let opened = try openings(for: commitment, of: id, change.store)
        let transcript: Transcript
        do throws(ValuesRefused) {
            transcript = try commitment.draw(values: values(written, for: commitment) + opened)
        } catch {
            throw Refused([refusal(error)])
        }
        try change.append(
            DrawHeld(draw: id, transcript: transcript.document, results: transcript.rounds.map(result)),
            about: Draw.subject(id), as: role)
    }

    /// Somebody drawn cannot take part: the first free alternate of the same class stands in. Who asked for the draw
    /// reports it.
    package static func substitute(
        _ id: ID<Draw>, code: String, reason: String, by person: ID<Person>, as role: Role, _ change: Change
    ) throws {
        let draw = try DrawQueries.find(id, change.store)
        guard draw.askedBy == person, draw.purpose.roles(for: .ask).contains(role) else { throw Missing() }
        guard let document = draw.transcript else { throw Refused("draw.not-held") }
        guard reason.trimmedCount >= 2 else { throw Refused("reason.short", ["least": "2"]) }
        let transcript = try Transcript.verified(document, commitmentDigest: draw.digest)
        let entries = try DrawQueries.entries(of: id, change.store)
        guard let gone = transcript.rounds.first(where: { $0.id == code }),
            entries.contains(where: { $0.code == code && $0.reason == nil }),
            seated(transcript, entries).contains(code)
        else { throw Refused("draw.not-drawn") }
        let taken = Set(entries.compactMap(\.substitute)).union(
            entries.filter { $0.reason != nil }.map(\.code))
        let next = transcript.alternates.first { $0.stratum == gone.stratum && !taken.contains($0.id) }
        try change.append(
            DrawSubstituted(draw: id, code: code, alternate: next?.id), about: Draw.subject(id), as: role,
            reason: reason)
    }

    /// Codes that fill a place now: those drawn, and alternates who stood in.
    static func seated(_ transcript: Transcript, _ entries: [DrawEntryRecord]) -> [String] {
        let byCode = Dictionary(uniqueKeysWithValues: entries.map { ($0.code, $0) })
        return transcript.drawn.compactMap { round in
            var code: String? = round.id
            while let current = code, let entry = byCode[current], entry.reason != nil {
                code = entry.substitute
            }
            return code
        }
    }

    /// The draw, if the part is this role's and none of the other parts is this person's.
    static func part(
        _ part: Draw.Part, of id: ID<Draw>, by person: ID<Person>, as role: Role, _ change: Change
    ) throws -> DrawRecord {
        let draw = try DrawQueries.find(id, change.store)
        guard draw.purpose.roles(for: part).contains(role) else { throw Missing() }
        for other in Draw.Part.allCases where other != part && draw.did(other, person) {
            throw Refused("draw.three-people", ["part": "draw.part.\(other.rawValue)"])
        }
        return draw
    }
}

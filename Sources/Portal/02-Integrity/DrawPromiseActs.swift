package import Lifecycle
import PublicDraw
import Store

/// Chance from several universities: asked for, promised, opened.
extension DrawActs {
    /// One alone could try secrets until it likes the result.
    static let fewestParties = 2
    /// Thirty days.
    static let mostHours = 720

    /// Who keeps the pool asks universities for chance, before it is frozen.
    package static func invite(
        _ id: ID<Draw>, _ organisations: [ID<Organisation>], quorum: Int, openingHours: Int, until: Instant?,
        by person: ID<Person>, as role: Role, _ change: Change
    ) throws {
        let draw = try part(.keep, of: id, by: person, as: role, change)
        guard draw.committedAt == nil else { throw Refused("draw.kept-before") }
        guard draw.mayInvite(at: change.at) else {
            throw Refused(draw.hasPromises ? "draw.invited-enough" : "draw.invited-before")
        }
        let known = try DrawQueries.universities(at: change.at, change.store)
        let parties = known.filter { organisations.contains($0.id) }
        var refusals: [Refusal] = []
        if parties.count != Set(organisations).count {
            refusals.append(Refusal("draw.party-unknown"))
        } else if parties.count < fewestParties {
            refusals.append(Refusal("draw.parties", ["least": "\(fewestParties)"]))
        } else if !(fewestParties...parties.count).contains(quorum) {
            refusals.append(
                Refusal("draw.quorum", ["least": "\(fewestParties)", "most": "\(parties.count)"]))
        }
        if !(1...mostHours).contains(openingHours) {
            refusals.append(Refusal("draw.opening-hours", ["most": "\(mostHours)"]))
        }
        let isAhead = until.map { $0 > change.at } ?? false
        if !isAhead { refusals.append(Refusal("draw.promises-until")) }
        guard let until, refusals.isEmpty else { throw Refused(refusals) }
        try change.append(
            DrawInvited(
                draw: id,
                parties: parties.map { DrawInvited.Party(organisation: $0.id, name: $0.name) },
                quorum: quorum, openingHours: openingHours, until: until), about: Draw.subject(id), as: role)
    }

    /// A university's research office promises its secret. It stands: a second would be a choice.
    package static func promise(
        _ id: ID<Draw>, _ organisation: ID<Organisation>, hash: String, _ change: Change
    ) throws {
        let (draw, parties) = (
            try DrawQueries.find(id, change.store), try DrawQueries.parties(of: id, change.store)
        )
        guard let party = parties.first(where: { $0.organisation == organisation }) else { throw Missing() }
        guard draw.committedAt == nil else { throw Refused("draw.kept-before") }
        guard party.hash == nil else { throw Refused("draw.promised-before") }
        guard let until = draw.promisesUntil, change.at < until else {
            throw Refused("draw.promise-late", ["at": draw.promisesUntil?.text ?? ""])
        }
        let hash = hash.trimmed.lowercased()
        guard isHexadecimal(hash) else { throw Refused("draw.promise-hash") }
        guard !parties.contains(where: { $0.hash == hash }) else { throw Refused("draw.promise-copied") }
        // Its secret may be known to everybody by now.
        let known = try change.store.value(
            "SELECT 1 FROM draw_party WHERE hash = \(hash) AND draw <> \(id) LIMIT 1", as: Int.self)
        guard known == nil else { throw Refused("draw.promise-known") }
        try change.append(
            DrawPromised(draw: id, organisation: organisation, hash: hash), about: Draw.subject(id),
            as: .researchOffice)
    }

    /// The university opens what it promised, after the pool is frozen.
    ///
    /// - Returns: whether it was in time.
    @discardableResult
    package static func open(
        _ id: ID<Draw>, _ organisation: ID<Organisation>, secret: String, _ change: Change
    ) throws -> Bool {
        let draw = try DrawQueries.find(id, change.store)
        let parties = try DrawQueries.parties(of: id, change.store)
        guard let party = parties.first(where: { $0.organisation == organisation }), let hash = party.hash
        else { throw Missing() }
        guard let notBefore = draw.notBefore else { throw Refused("draw.not-kept") }
        guard draw.heldAt == nil else { throw Refused("draw.held-before") }
        guard party.secret == nil else { throw Refused("draw.opened-before") }
        let secret = secret.trimmed.lowercased()
        guard Contribution.hash(party: party.name, secret: secret) == hash else {
            throw Refused("draw.secret-false", ["party": party.name])
        }
        let inTime = change.at < notBefore
        try change.append(
            DrawOpened(draw: id, organisation: organisation, secret: secret, inTime: inTime),
            about: Draw.subject(id), as: .researchOffice)
        return inTime
    }

    private static func isHexadecimal(_ text: String) -> Bool {
        text.utf8.count == 2 * Contribution.secretByteCount && text.allSatisfy { $0.isASCII && $0.isHexDigit }
    }

    /// The promises as a source of the draw; nil where nobody was asked.
    ///
    /// - Parameter notBefore: until when universities open.
    static func promises(
        to draw: DrawRecord, until notBefore: Instant, at now: Instant, _ house: House, _ store: Transaction
    ) throws -> RandomSource? {
        guard let until = draw.promisesUntil, let quorum = draw.quorum else { return nil }
        guard draw.promised == draw.parties || now >= until else {
            throw Refused("draw.promises-open", ["at": until.text])
        }
        guard draw.hasPromises else {
            throw Refused("draw.promises-few", ["count": "\(draw.promised)", "quorum": "\(quorum)"])
        }
        let hours = draw.openingHours ?? 0
        guard now.adding(seconds: Int64(hours) * 3600) <= notBefore else {
            throw Refused("draw.opening-short", ["hours": "\(hours)"])
        }
        let contributions = try DrawQueries.parties(of: draw.id, store).compactMap { party in
            party.hash.map { Contribution(party: party.name, hash: $0) }
        }
        return RandomSource(
            name: house.words(in: .zh)["draw.promises-source"],
            kind: .contributions(contributions, quorum: quorum))
    }

    /// What the universities opened, for the source that awaits it.
    static func openings(
        for commitment: Commitment, of draw: ID<Draw>, _ store: Transaction
    ) throws -> [SourceValue] {
        try commitment.sources.compactMap { source in
            guard case .contributions = source.kind else { return nil }
            let openings = try DrawQueries.parties(of: draw, store).compactMap { party -> Opening? in
                guard party.hash != nil else { return nil }
                guard let secret = party.secret else { return Opening(party: party.name, outcome: .missing) }
                return Opening(
                    party: party.name,
                    outcome: party.inTime == true ? .opened(secret: secret) : .late(secret: secret))
            }
            return SourceValue(source: source.name, content: .openings(openings))
        }
    }
}

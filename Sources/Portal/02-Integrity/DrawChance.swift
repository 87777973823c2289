import Lifecycle

/// The part of a draw's page about universities that give chance: who was asked, promised, opened, and what the viewer's
/// own has to do.
package struct DrawChance: Sendable {
    package let hasParties: Bool
    package let text: String
    package let parties: [Party]
    package let canInvite: Bool
    package let universities: [DrawListPage.Choice]
    package let quorum: String
    package let openingHours: String
    package let until: String
    package let canPromise: Bool
    package let canOpen: Bool
    /// The viewer's university.
    package let own: Own
    package let isAwaited: Bool
    package let isLost: Bool
    package let awaited: String

    package struct Party: Sendable {
        package let name: String
        package let promised: String
        package let hash: String
        package let state: String
        package let tone: String
        package let secret: String
    }

    package struct Own: Sendable {
        package let id: String
        package let name: String
        package let hash: String
        package let secret: String
        /// For those whose browser cannot make a secret.
        package let command: String
        package let closes: String
    }

    init(
        _ draw: DrawRecord, _ records: [DrawPartyRecord], inviting known: [DrawQueries.University], _ ask: Ask
    ) {
        let words = ask.words
        hasParties = !records.isEmpty
        text = words.filled(
            "draw.chance.text",
            [
                "count": "\(records.count)", "quorum": "\(draw.quorum ?? 0)",
                "until": draw.promisesUntil?.text ?? "", "hours": "\(draw.openingHours ?? 0)",
            ])
        parties = records.map { Self.party($0, draw, at: ask.now, words) }
        canInvite = !known.isEmpty
        let chosen = ask.form.all("party")
        universities = known.map {
            DrawListPage.Choice(
                id: $0.id.rawValue, label: $0.name, checked: chosen.contains($0.id.rawValue))
        }
        quorum = ask.form["quorum"] ?? "\(DrawActs.fewestParties)"
        openingHours = ask.form["opening-hours"] ?? "24"
        until = ask.form.text("until")
        let mine = records.filter { ask.viewer.holds(.researchOffice, in: $0.organisation) }
        let awaits = draw.awaitsPromises(at: ask.now) && draw.committedAt == nil
        let promising = awaits ? mine.first { $0.hash == nil } : nil
        let isOpen = draw.committedAt != nil && draw.heldAt == nil
        let opening = isOpen ? mine.first { $0.hash != nil && $0.secret == nil } : nil
        canPromise = promising != nil
        canOpen = opening != nil
        let name = (promising ?? opening)?.name ?? ""
        own = Own(
            id: (promising ?? opening)?.organisation.rawValue ?? "", name: name,
            hash: ask.form.text("hash"), secret: ask.form.text("secret"),
            command: Self.command(name, words),
            closes: ((promising != nil ? draw.promisesUntil : draw.notBefore) ?? ask.now).text)
        isAwaited = awaits
        isLost = draw.isLost(at: ask.now)
        awaited = words.filled(
            "draw.chance.awaited",
            [
                "promised": "\(draw.promised)", "count": "\(draw.parties)",
                "until": draw.promisesUntil?.text ?? "",
            ])
    }

    private static func party(
        _ party: DrawPartyRecord, _ draw: DrawRecord, at now: Instant, _ words: Words.Catalogue
    ) -> Party {
        let (state, tone) =
            switch (party.hash, party.openedAt, party.inTime) {
            case (nil, _, _): (draw.awaitsPromises(at: now) ? "waiting" : "none", "muted")
            case (_, .some, true): ("opened", "good")
            case (_, .some, _): ("late", "warn")
            case (_, nil, _):
                if let notBefore = draw.notBefore, notBefore <= now {
                    ("missing", "bad")
                } else {
                    ("promised", "info")
                }
            }
        return Party(
            name: party.name, promised: party.promisedAt?.text ?? "—", hash: party.hash ?? "—",
            state: words.filled("draw.chance.state.\(state)", ["at": party.openedAt?.text ?? ""]),
            tone: tone, secret: party.secret ?? "—")
    }

    /// Python is on many an office's machine, and on every machine that will repeat the draw.
    private static func command(_ name: String, _ words: Words.Catalogue) -> String {
        let (secret, promise) = (words["draw.chance.secret"], words["draw.chance.hash"])
        return """
            import hashlib, secrets
            secret = secrets.token_hex(32)
            print("\(secret)")
            print(secret)
            print("\(promise)")
            print(hashlib.sha256(("public-draw contribution 1\\n\(name)\\n" + secret).encode()).hexdigest())
            """
    }
}

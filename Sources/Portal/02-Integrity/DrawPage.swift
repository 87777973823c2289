import Lifecycle
import PublicDraw

/// One draw: what was frozen, what chance said, how everybody repeats it, and the part that waits for the viewer.
package struct DrawPage: Sendable {
    package let title: String
    package let purpose: String
    package let state: String
    package let tone: String
    package let base: String
    package let parts: [Part]
    package let isCommitted: Bool
    package let frozen: Frozen
    /// What universities promised and opened.
    package let chance: DrawChance
    package let isHeld: Bool
    package let key: String
    package let rounds: [RoundRow]
    package let roundsLabel: String
    /// Few enough rounds to lie open.
    package let isShort: Bool
    package let seats: [Seat]
    package let alternates: [Seat]
    package let hasAlternates: Bool
    /// What the draw is for.
    package let call: String
    /// Where the drawn experts are asked, for who asks them.
    package let assignHref: String?
    package let seesNames: Bool
    package let entries: [Entry]
    package let hasMoreNames: Bool
    package let moreNames: String
    package let canKeep: Bool
    package let classes: [ClassRow]
    package let sourceRows: [SourceRow]
    package let notBefore: String
    package let canHold: Bool
    package let valueFields: [ValueField]
    package let notBeforeLabel: String
    package let notBeforeHint: String
    package let holdText: String
    package let isWaiting: Bool
    package let waitingText: String
    package let canSubstitute: Bool
    package let reason: String
    package let hasErrors: Bool
    package let errors: [String]

    /// Names on the page; the rest stands in the file.
    private static let mostNames = 300

    package struct Part: Sendable {
        package let label: String
        package let at: String
        package let tone: String
    }

    /// What the commitment says, in words.
    package struct Frozen: Sendable {
        package let digest: String
        package let poolDigest: String
        package let counts: String
        package let notBefore: String
        package let quotas: [Line]
        package let sources: [Line]
        package let excluded: [Line]
        package let hasExcluded: Bool
    }

    package struct Line: Sendable {
        package let label: String
        package let value: String
    }

    package struct RoundRow: Sendable {
        package let index: String
        package let digest: String
        package let division: String
        package let number: String
        package let code: String
        package let outcome: String
        package let tone: String
    }

    /// A place and who fills it now.
    package struct Seat: Sendable {
        package let place: String
        package let code: String
        package let name: String
        package let detail: String
        package let note: String
    }

    package struct Entry: Sendable {
        package let number: String
        package let code: String
        package let name: String
        package let detail: String
        package let salt: String
    }

    package struct ClassRow: Sendable {
        package let label: String
        package let count: String
        package let free: String
    }

    package struct SourceRow: Sendable {
        package let row: String
        package let name: String
        package let count: String
        package let required: Bool
        package let kinds: [DrawListPage.Choice]
    }

    package struct ValueField: Sendable {
        package let id: String
        package let label: String
        package let hint: String
        package let value: String
    }

    /// - Parameter barred: applications that a conflict of interest keeps from the viewer.
    init(
        _ draw: DrawRecord, _ chance: DrawChance, entries records: [DrawEntryRecord], barred: Set<String>,
        pool: [PoolCandidate],
        call: String, repeated: RepeatedDraws, strata: StratumNames, errors: [String], ask: Ask
    ) throws {
        let words = ask.words
        let transcript = try repeated.transcript(of: draw)
        let commitment = try transcript?.commitment ?? draw.commitment.map { try Commitment(document: $0) }
        let relations = DrawSight.relations(ask.viewer)
        let seen = Dictionary(
            uniqueKeysWithValues: records.map { record in
                let isBarred = record.subjectKind == "application" && barred.contains(record.subjectId)
                return (record.code, Seen(record, as: isBarred ? [] : relations))
            })
        let next = DrawTasks.next(draw, at: ask.now)

        title = draw.title
        purpose = words["draw.purpose.\(draw.purpose.rawValue)"]
        state = words["draw.state.\(draw.state(at: ask.now))"]
        tone = draw.tone(at: ask.now)
        base = "/draws/\(draw.id)"
        let moments = [draw.askedAt, draw.committedAt, draw.heldAt]
        parts = zip(Draw.Part.allCases, moments).map { part, at in
            Part(
                label: words["draw.did.\(part.rawValue)"], at: at?.text ?? words["draw.notYet"],
                tone: at == nil ? "" : "good")
        }
        isCommitted = commitment != nil
        frozen = Self.frozen(commitment, draw, strata, words)
        self.chance = chance
        isHeld = transcript != nil
        key = transcript?.key ?? ""
        rounds = (transcript?.rounds ?? []).map { Self.row($0, words) }
        roundsLabel = words.filled("draw.rounds", ["count": "\(rounds.count)"])
        isShort = rounds.count <= 30
        seats = transcript.map { Self.seats($0, records, seen, strata, words) } ?? []
        alternates = transcript.map { Self.alternates($0, records, seen, strata, words) } ?? []
        hasAlternates = !alternates.isEmpty
        self.call = call
        assignHref =
            transcript != nil && draw.purpose == .panel && ask.viewer.holds(.programmeOfficer)
            ? "/office/assign?call=\(draw.aboutId.percentEncoded)" : nil
        seesNames = DrawSight.isOfficial(ask.viewer) && !records.isEmpty
        entries =
            seesNames
            ? records.prefix(Self.mostNames).map { record in
                let one = seen[record.code]
                return Entry(
                    number: "\(record.number)", code: record.code,
                    name: one?[DrawSight.name] ?? words["draw.recused"],
                    detail: one?[DrawSight.detail] ?? "", salt: one?[DrawSight.salt] ?? "")
            } : []
        hasMoreNames = seesNames && records.count > Self.mostNames
        moreNames = words.filled(
            "draw.moreNames", ["count": "\(records.count)", "most": "\(Self.mostNames)"])
        canKeep = DrawTasks.mayFreeze(draw, ask.viewer, at: ask.now)
        classes = Self.classes(pool, strata)
        sourceRows = DrawForm.sourceRows.map { Self.sourceRow($0, needed: draw.quorum == nil, ask) }
        notBefore = ask.form.text("not-before")
        canHold = next == .hold && DrawTasks.may(ask.viewer, .hold, of: draw)
        valueFields = (commitment?.sources ?? []).enumerated().compactMap { index, source in
            if case .contributions = source.kind { return nil }
            guard source.awaitsValue else { return nil }
            return ValueField(
                id: "value-\(index)", label: source.name, hint: Self.kind(source.kind, words),
                value: ask.form.text("value-\(index)"))
        }
        isWaiting = commitment != nil && transcript == nil && !draw.isLost(at: ask.now)
        waitingText = words.filled(
            draw.quorum == nil ? "draw.waiting" : "draw.chance.waiting", ["at": draw.notBefore?.text ?? ""])
        notBeforeLabel = words[draw.quorum == nil ? "draw.notBefore" : "draw.chance.notBefore"]
        notBeforeHint = words.filled(
            draw.quorum == nil ? "draw.notBeforeHint" : "draw.chance.notBeforeHint",
            ["hours": "\(draw.openingHours ?? 0)"])
        holdText = words[valueFields.isEmpty ? "draw.chance.holdText" : "draw.holdText"]
        canSubstitute =
            transcript != nil && draw.askedBy == ask.viewer.person
            && DrawTasks.may(ask.viewer, .ask, of: draw)
        reason = ask.form.text("reason")
        self.errors = errors
        hasErrors = !errors.isEmpty
    }

    private static func frozen(
        _ commitment: Commitment?, _ draw: DrawRecord, _ strata: StratumNames, _ words: Words.Catalogue
    ) -> Frozen {
        Frozen(
            digest: draw.digest ?? "", poolDigest: commitment?.poolDigest ?? "",
            counts: words.filled(
                "draw.counts",
                [
                    "count": "\(commitment?.pool.count ?? 0)",
                    "excluded": "\(commitment?.exclusions.count ?? 0)",
                    "bits": "\(Int((commitment?.bitsNeeded ?? 0).rounded(.up)))",
                ]),
            notBefore: draw.notBefore?.text ?? "",
            quotas: (commitment?.quotas ?? []).map {
                Line(
                    label: $0.stratum.map(strata.text) ?? words["draw.whole"],
                    value: words.filled(
                        "draw.quota", ["places": "\($0.places)", "alternates": "\($0.alternates)"]))
            },
            sources: (commitment?.sources ?? []).map { Line(label: $0.name, value: kind($0.kind, words)) },
            excluded: (commitment?.exclusions ?? []).map { Line(label: $0.id, value: $0.reason) },
            hasExcluded: !(commitment?.exclusions ?? []).isEmpty)
    }

    private static func kind(_ kind: RandomSource.Kind, _ words: Words.Catalogue) -> String {
        switch kind {
        case .sorted(let count): counted(words["draw.kind.sorted"], count, words)
        case .ordered(let count): counted(words["draw.kind.ordered"], count, words)
        case .hexadecimal(let count): counted(words["draw.kind.hexadecimal"], count, words)
        case .contributions: words["draw.kind.contributions"]
        case .commitment: words["draw.kind.commitment"]
        }
    }

    private static func counted(_ text: String, _ count: Int?, _ words: Words.Catalogue) -> String {
        count.map { words.filled("draw.kind.counted", ["kind": text, "count": "\($0)"]) } ?? text
    }

    private static func row(_ round: Round, _ words: Words.Catalogue) -> RoundRow {
        let (outcome, tone) =
            switch round.outcome {
            case .drawn(let place): (words.filled("draw.outcome.drawn", ["place": "\(place)"]), "good")
            case .alternate(let place):
                (words.filled("draw.outcome.alternate", ["place": "\(place)"]), "info")
            case .skipped(let reason):
                (words.filled("draw.outcome.skipped", ["reason": reason]), "muted")
            }
        return RoundRow(
            index: "\(round.index)", digest: round.digest,
            division: "mod \(round.remaining) = \(round.remainder)",
            number: "\(round.number)", code: round.id, outcome: outcome, tone: tone)
    }

    private static func seats(
        _ transcript: Transcript, _ records: [DrawEntryRecord], _ seen: [String: Seen<DrawEntryRecord>],
        _ strata: StratumNames, _ words: Words.Catalogue
    ) -> [Seat] {
        let byCode = Dictionary(uniqueKeysWithValues: records.map { ($0.code, $0) })
        return transcript.drawn.enumerated().map { index, round in
            // Follow the substitutions to who sits there now, and say each.
            var code: String? = round.id
            var notes: [String] = []
            while let current = code, let entry = byCode[current], let reason = entry.reason {
                notes.append(
                    words.filled(
                        entry.substitute == nil ? "draw.left" : "draw.replaced",
                        ["code": current, "reason": reason]))
                code = entry.substitute
            }
            let one = code.flatMap { seen[$0] }
            return Seat(
                place: round.stratum.map { "\(index + 1) · \(strata.text($0))" } ?? "\(index + 1)",
                code: code ?? "—",
                name: one.map { $0[DrawSight.name] ?? words["draw.recused"] } ?? "",
                detail: one?[DrawSight.detail] ?? "", note: notes.joined(separator: " "))
        }
    }

    /// Who stands by, in the order drawn, and who of them stands in already.
    private static func alternates(
        _ transcript: Transcript, _ records: [DrawEntryRecord], _ seen: [String: Seen<DrawEntryRecord>],
        _ strata: StratumNames, _ words: Words.Catalogue
    ) -> [Seat] {
        let called = Set(records.compactMap(\.substitute))
        return transcript.alternates.map { round in
            let one = seen[round.id]
            let turn = if case .alternate(let place) = round.outcome { "\(place)" } else { "" }
            return Seat(
                place: round.stratum.map { "\(turn) · \(strata.text($0))" } ?? turn, code: round.id,
                name: one.map { $0[DrawSight.name] ?? words["draw.recused"] } ?? "",
                detail: one?[DrawSight.detail] ?? "",
                note: called.contains(round.id) ? words["draw.called"] : "")
        }
    }

    private static func classes(_ pool: [PoolCandidate], _ strata: StratumNames) -> [ClassRow] {
        Dictionary(grouping: pool, by: \.stratum).sorted { $0.key < $1.key }.map { stratum, members in
            ClassRow(
                label: strata.text(stratum), count: "\(members.count)",
                free: "\(members.count { $0.excluded == nil })")
        }
    }

    private static func sourceRow(_ row: Int, needed: Bool, _ ask: Ask) -> SourceRow {
        let chosen = ask.form["kind-\(row)"] ?? DrawForm.Kind.sorted.rawValue
        return SourceRow(
            row: "\(row)", name: ask.form.text("source-\(row)"), count: ask.form.text("count-\(row)"),
            required: needed && row == DrawForm.sourceRows.lowerBound,
            kinds: DrawForm.Kind.allCases.map {
                DrawListPage.Choice(
                    id: $0.rawValue, label: ask.words["draw.kind.\($0.rawValue)"],
                    checked: $0.rawValue == chosen)
            })
    }
}

import Lifecycle
import Store

/// What was filled in about a pair.
struct ReuseForm: Sendable {
    /// Nil where none was chosen.
    let verdict: ReuseVerdict?
    let reason: String

    init(_ form: FormFields) {
        verdict = ReuseVerdict(rawValue: form.text("verdict"))
        reason = form.text("reason")
    }
}

/// `/cases/{id}/reuse/{pair}`: two texts side by side. Passages bear numbers; a number's link leads to the same
/// passage on the other side and back, by keyboard and without script.
struct ReusePairPage: Sendable {
    let head: CaseFrame
    let back: String
    let line: ReuseLine
    let mine: Side
    let other: Side
    let parts: [Part]
    let hasParts: Bool
    let word: Word?
    let form: Form?
    let action: String
    /// The worst pair of the call that waits for a word, for who gives it.
    let next: String?
    let hasErrors: Bool
    let errors: [String]

    struct Side: Sendable {
        let number: String
        let title: String
        let about: String
        let href: String
        let hasHref: Bool
    }

    struct Part: Sendable {
        let section: String
        let sourceSection: String
        let isAlike: Bool
        let figures: String
        let left: [ReusePiece]
        let right: [ReusePiece]
    }

    struct Word: Sendable {
        let verdict: String
        let kind: String
        let officer: String
        let at: String
        let reason: String
        let factHref: String
        let isStale: Bool
    }

    struct Form: Sendable {
        let choices: [Choice]
        let reason: String
    }

    struct Choice: Sendable {
        let value: String
        let label: String
        let checked: Bool
    }

    init(
        _ open: OpenCase, _ pair: OpenPair, typed: ReuseForm?, errors: [String], _ ask: Ask,
        _ store: Transaction
    ) throws {
        let words = ask.words
        head = open.head(tab: "reuse", ask)
        back = "/cases/\(open.record.id)/reuse"
        line = ReuseLine(pair, round: try .of(pair, store), words)
        mine = Side(
            number: pair.mineSeen[DossierSight.number] ?? "", title: pair.mineSeen[DossierSight.title] ?? "",
            about: [pair.mineSeen[DossierSight.ownerName], pair.mineSeen[DossierSight.universityName]]
                .compactMap(\.self).joined(separator: " · "),
            href: "/cases/\(open.record.id)/proposal", hasHref: true)
        let name = OtherText(pair, words)
        other = Side(
            number: name.number, title: name.title, about: name.about, href: name.href ?? "",
            hasHref: name.href != nil)
        let record = pair.record
        let isLater = record.application == open.record.id
        let left = try ReuseSide.mine(
            pair, submission: isLater ? record.submission : record.sourceSubmission, ask, store)
        let right = try ReuseSide.other(
            pair, submission: isLater ? record.sourceSubmission : record.submission, ask, store)
        var number = 0
        parts = try ReuseQueries.parts(of: record.id, store).map { part in
            Self.part(
                part, isLater: isLater, left, right, try ReuseFindings.passages(part.passages), &number, words
            )
        }
        hasParts = !parts.isEmpty
        word = Self.word(pair, words)
        action = "/cases/\(open.record.id)/reuse/\(record.id)/verdict"
        next =
            pair.mayJudge
            ? try ReuseQueries.nextOpen(in: open.record.call, besides: record.id, for: ask.viewer, store)
            : nil
        let chosen = typed.map(\.verdict) ?? (record.isCurrent ? pair.seen[ReuseSight.verdict] : nil)
        form =
            pair.mayJudge
            ? Form(
                choices: ReuseVerdict.allCases.map {
                    Choice(
                        value: $0.rawValue, label: words["reuse.verdict.\($0.rawValue)"],
                        checked: $0 == chosen)
                }, reason: typed?.reason ?? "") : nil
        self.errors = errors
        hasErrors = !errors.isEmpty
    }

    private static func part(
        _ part: ReuseQueries.Part, isLater: Bool, _ left: ReuseSide, _ right: ReuseSide,
        _ passages: [ReuseMatch.Passage], _ number: inout Int, _ words: Words.Catalogue
    ) -> Part {
        let mine = isLater ? part.section : part.sourceSection
        let other = isLater ? part.sourceSection : part.section
        var (a, b): ([ReusePiece.Mark], [ReusePiece.Mark]) = ([], [])
        for passage in passages {
            number += 1
            a.append(ReusePiece.Mark(number: number, range: isLater ? passage.a : passage.b))
            b.append(ReusePiece.Mark(number: number, range: isLater ? passage.b : passage.a))
        }
        func fold(_ count: Int) -> String { words.filled("reuse.pair.fold", ["count": "\(count)"]) }
        return Part(
            section: left.label(mine), sourceSection: right.label(other), isAlike: mine == other,
            figures: words.filled(
                "reuse.pair.figures",
                [
                    "share": ReuseLine.percent(isLater ? part.containment : part.reverse),
                    "reverse": ReuseLine.percent(isLater ? part.reverse : part.containment),
                    "longest": "\(part.longest)", "count": "\(passages.count)",
                ]),
            left: ReusePiece.cut(left.texts[mine] ?? "", a, side: "a", fold: fold) {
                words.filled("reuse.pair.to-other", ["n": "\($0)"])
            },
            right: ReusePiece.cut(right.texts[other] ?? "", b, side: "b", fold: fold) {
                words.filled("reuse.pair.to-mine", ["n": "\($0)"])
            })
    }

    private static func word(_ pair: OpenPair, _ words: Words.Catalogue) -> Word? {
        guard let verdict = pair.seen[ReuseSight.verdict] else { return nil }
        return Word(
            verdict: words["reuse.verdict.\(verdict.rawValue)"], kind: ReuseLine.kind(verdict),
            officer: pair.seen[ReuseSight.officer] ?? "—", at: pair.seen[ReuseSight.at]?.text ?? "",
            reason: pair.seen[ReuseSight.reason] ?? "",
            factHref: pair.record.verdictFact.map { "/journal/facts/\($0)" } ?? "",
            isStale: !pair.record.isCurrent)
    }
}

/// The words of one side as they were compared, through what the viewer may see of them.
struct ReuseSide: Sendable {
    let texts: [String: String]
    let labels: [String: String]

    func label(_ section: String) -> String { labels[section] ?? section }

    static func mine(_ pair: OpenPair, submission: Int64, _ ask: Ask, _ store: Transaction) throws
        -> ReuseSide
    {
        try application(pair.mine, pair.mineSeen.relations, submission, ask, store)
    }

    static func other(_ pair: OpenPair, submission: Int64, _ ask: Ask, _ store: Transaction) throws
        -> ReuseSide
    {
        switch pair.other {
        case .application(let record, let seen):
            return try application(record, seen.relations, submission, ask, store)
        case .archive(let seen):
            let record = try store.row(
                "SELECT id, title, text FROM reuse_archive WHERE id = \(pair.record.source)",
                as: ArchivedRecord.self)
            let text = record.flatMap { Seen($0, as: seen.relations)[ReuseSight.text] }
            return ReuseSide(
                texts: [ReusePart.whole: text ?? ""],
                labels: [ReusePart.whole: ask.words["reuse.whole"]])
        }
    }

    private static func application(
        _ record: DossierRecord, _ relations: Set<Relation>, _ submission: Int64, _ ask: Ask,
        _ store: Transaction
    ) throws -> ReuseSide {
        let (_, programme) = try Calls.found(record.call, ask.house, store)
        var (texts, labels): ([String: String], [String: String]) = ([:], [:])
        for section in programme.form.sections { labels[section.id] = section.label.text(in: ask.language) }
        // Erased since: the labels stay, the words are gone.
        guard let submitted = try ApplicationSubmitted.find(fact: submission, store) else {
            return ReuseSide(texts: texts, labels: labels)
        }
        let seen = Seen(submitted.application, as: relations)
        for part in programme.form.reuseParts(of: seen[ProposalSight.answers] ?? [:]) {
            texts[part.section] = part.text
        }
        for file in seen[ProposalSight.attachments] ?? [] {
            let section = ReusePart.filePrefix + file.hash
            labels[section] = file.name
            texts[section] = try store.value(
                """
                SELECT text FROM reuse_file
                WHERE application = \(record.id) AND hash = \(file.hash) AND text <> ''
                """, as: String.self)
        }
        return ReuseSide(texts: texts, labels: labels)
    }
}

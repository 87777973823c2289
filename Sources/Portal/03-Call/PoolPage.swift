import Lifecycle
import Store

/// What stands around a problem, as far as the viewer may see it.
struct ProblemPicture: Sendable {
    /// What it was merged into, and what stands for both in the end, where that is another.
    let mergedInto: [(id: ID<Problem>, seen: Seen<ProblemRecord>)]
    /// What stands for it in the end, where the viewer may not open that.
    let sealedRoot: ProblemRoot?
    let merged: [(id: ID<Problem>, seen: Seen<ProblemRecord>)]
    let linked: [(tie: ProblemQueries.Tie, seen: Seen<ProblemRecord>)]
    let topics: [(id: ID<Topic>, seen: Seen<TopicRecord>)]
    /// For officers who settle it.
    let like: [LikeProblem]

    static func of(
        _ id: ID<Problem>, _ seen: Seen<ProblemRecord>, _ viewer: Viewer, _ store: Transaction
    ) throws -> ProblemPicture {
        guard let record = try ProblemQueries.find(id, store) else { throw Missing() }
        func see(_ other: ID<Problem>) throws -> (id: ID<Problem>, seen: Seen<ProblemRecord>)? {
            do {
                return (other, try ProblemSight.find(other, for: viewer, store))
            } catch is Missing {
                return nil
            }
        }
        let isOfficer = viewer.holds(.programmeOfficer)
        let root = try ProblemMerges.root(of: id, store)
        let line = [record.mergedInto, root?.id == record.mergedInto ? nil : root?.id].compactMap(\.self)
        let mergedInto = try line.compactMap(see)
        return ProblemPicture(
            mergedInto: mergedInto,
            sealedRoot: mergedInto.contains { $0.id == root?.id } ? nil : root,
            merged: try ProblemQueries.merged(into: id, store).compactMap { try see($0.id) },
            linked: try ProblemQueries.linked(id, store).compactMap { tie in
                try see(tie.id).map { (tie, $0.seen) }
            },
            topics: try TopicQueries.from(id, store).compactMap { topic in
                try TopicSight.seen(topic, for: viewer, store).map { (topic.id, $0) }
            },
            like: isOfficer ? try ProblemLikeness.of(record, store) : [])
    }
}

/// `/problems/{problem}`.
struct PoolPage: Sendable {
    let id: String
    let number: String
    let title: String
    let state: String
    let badge: String
    let side: String
    let organisation: String?
    let proposer: String?
    let at: String
    let contactName: String?
    let contact: String?
    let hasContact: Bool
    let reason: String?
    let reasonTitle: String
    let settledAt: String
    let answers: [ProblemAnswerLine]
    let into: [Tie]
    let rootNumber: String?
    let hasInto: Bool
    let merged: [Tie]
    let hasMerged: Bool
    let linked: [Tie]
    let hasLinked: Bool
    let topics: [Tie]
    let hasTopics: Bool
    let hasProvenance: Bool
    let like: [Like]
    let hasLike: Bool
    let isOfficer: Bool
    let isOwn: Bool
    let maySettle: Bool
    let mayReopen: Bool
    let topicHref: String
    let errors: [String]
    let hasErrors: Bool
    let other: String
    let typedReason: String
    let backHref: String
    let backLabel: String

    struct Tie: Sendable {
        let href: String
        let number: String
        let title: String
        let state: String
        let badge: String
        let reason: String?
    }

    struct Like: Sendable {
        let href: String
        let number: String
        let title: String
        let state: String
        let badge: String
        let shared: String
        let passages: String
        let hasPassages: Bool
    }

    init(
        _ id: ID<Problem>, _ seen: Seen<ProblemRecord>, _ picture: ProblemPicture, _ refusals: [Refusal],
        _ ask: Ask
    ) {
        let words = ask.words
        let state = seen[ProblemSight.state] ?? .waiting
        self.id = id.rawValue
        number = seen[ProblemSight.number] ?? ""
        title = seen[ProblemSight.title] ?? ""
        self.state = words["pool.state.\(state.rawValue)"]
        badge = ProblemWords.badge(state)
        side = seen[ProblemSight.side].map { words["pool.side.\($0.rawValue)"] } ?? ""
        organisation = seen[ProblemSight.organisation].flatMap { $0.isEmpty ? nil : $0 }
        proposer = seen[ProblemSight.proposer]
        at = seen[ProblemSight.at]?.text ?? ""
        contactName = seen[ProblemSight.contactName]
        contact = seen[ProblemSight.contact]
        hasContact = contact != nil
        reason = seen[ProblemSight.reason].flatMap { $0.isEmpty ? nil : $0 }
        reasonTitle = words["pool.why.\(state.rawValue)"]
        settledAt = seen[ProblemSight.settledAt]?.text ?? ""
        answers = (seen[ProblemSight.answers] ?? []).map { ProblemAnswerLine($0, words) }
        func tie(_ other: Seen<ProblemRecord>, _ id: ID<Problem>, reason: String?) -> Tie {
            let state = other[ProblemSight.state] ?? .waiting
            return Tie(
                href: "/problems/\(id)", number: other[ProblemSight.number] ?? "",
                title: other[ProblemSight.title] ?? "", state: words["pool.state.\(state.rawValue)"],
                badge: ProblemWords.badge(state), reason: reason)
        }
        into = picture.mergedInto.map { tie($0.seen, $0.id, reason: nil) }
        rootNumber = picture.sealedRoot.flatMap { Seen($0, as: seen.relations)[ProblemSight.into] }
        hasInto = !into.isEmpty || rootNumber != nil
        merged = picture.merged.map { tie($0.seen, $0.id, reason: $0.seen[ProblemSight.reason]) }
        hasMerged = !merged.isEmpty
        let tellsWhy = !seen.relations.isDisjoint(with: ProblemSight.officials)
        linked = picture.linked.map { tie($0.seen, $0.tie.id, reason: tellsWhy ? $0.tie.reason : nil) }
        hasLinked = !linked.isEmpty
        topics = picture.topics.map { Tie($0.seen, $0.id, words) }
        hasTopics = !topics.isEmpty
        hasProvenance = hasInto || hasMerged || hasLinked || hasTopics
        like = picture.like.map { like in
            let other = Seen(like.record, as: seen.relations)
            let state = other[ProblemSight.state] ?? .waiting
            return Like(
                href: "/problems/\(like.record.id)", number: other[ProblemSight.number] ?? "",
                title: other[ProblemSight.title] ?? "", state: words["pool.state.\(state.rawValue)"],
                badge: ProblemWords.badge(state), shared: like.shared.joined(separator: "、"),
                passages: words.filled(
                    "pool.passages", ["n": "\(like.passages)", "longest": "\(like.longest)"]),
                hasPassages: like.passages > 0)
        }
        hasLike = !like.isEmpty
        isOfficer = ask.viewer.holds(.programmeOfficer)
        isOwn = seen.relations.contains(.owner)
        maySettle = isOfficer && !isOwn && state == .waiting
        mayReopen = isOfficer && !isOwn && (state == .merged || state == .setAside)
        topicHref = "/office/topics/new?problem=\(id)"
        errors = refusals.map(words.sentence)
        hasErrors = !errors.isEmpty
        other = hasErrors ? ask.form.text("other") : ""
        typedReason = hasErrors ? ask.form.text("reason") : ""
        let isOfficial = DrawSight.isOfficial(ask.viewer)
        backHref = isOfficial ? "/office/problems" : "/problems"
        backLabel = words[isOfficial ? "nav.office-problems" : "nav.problems"]
    }
}

extension PoolPage.Tie {
    init(_ topic: Seen<TopicRecord>, _ id: ID<Topic>, _ words: Words.Catalogue) {
        let state = topic[TopicSight.state] ?? .refining
        self.init(
            href: "/topics/\(id)", number: topic[TopicSight.number] ?? "",
            title: topic[TopicSight.title] ?? "", state: words["topic.state.\(state.rawValue)"],
            badge: TopicWords.badge(state), reason: nil)
    }
}

/// An answer as a reader reads it.
struct ProblemAnswerLine: Sendable {
    let label: String
    let isProse: Bool
    let value: String
    let paragraphs: [String]

    init(_ answer: Problem.Answer, _ words: Words.Catalogue) {
        label = answer.label.text(in: words.language)
        isProse = answer.kind == .prose
        paragraphs = answer.value.split(separator: "\n").map { String($0).trimmed }.filter { !$0.isEmpty }
        switch answer.kind {
        case .money: value = ProblemWords.money(Int64(answer.value).map(Money.init(fen:)) ?? .zero, words)
        case .flag: value = words[answer.value == "true" ? "call.yes" : "call.no"]
        case .line, .prose, .count, .day, .time, .choice, .discipline, .keywords: value = answer.value
        }
    }
}

enum ProblemWords {
    static func badge(_ state: Problem.State) -> String {
        switch state {
        case .waiting: "info"
        case .topic: "good"
        case .merged: "neutral"
        case .setAside: "muted"
        }
    }

    /// Nothing offered is to be negotiated.
    static func money(_ amount: Money, _ words: Words.Catalogue) -> String {
        amount == .zero ? words["pool.negotiable"] : CallWords(words: words).money(amount)
    }
}

import Lifecycle
import Store

/// What stands around a topic, as far as the viewer may see it.
struct TopicPicture: Sendable {
    let record: TopicRecord
    let problems: [(id: ID<Problem>, seen: Seen<ProblemRecord>)]
    let calls: [TopicQueries.Letting]
    let versions: [TopicVersionRecord]
    let suggestions: [TopicSuggestionRecord]
    let members: [TopicMemberRecord]
    let rounds: [TopicRoundRecord]
    /// What the grounds of rounds are not to name before this viewer; nil where one of the names was erased, so that
    /// nobody can tell whether they do.
    let keptNames: [String]?
    /// Of closed rounds; of the open one, the viewer's own.
    let votes: [TopicVoteRecord]
    let ballot: TopicBallot
    let maySuggest: Bool
    let isPanel: Bool

    /// Whether it says who was asked in or how anybody voted, of somebody else than the viewer.
    func namesOthers(than viewer: Viewer) -> Bool {
        members.contains { $0.person != viewer.person } || votes.contains { $0.person != viewer.person }
    }

    static func of(
        _ record: TopicRecord, _ seen: Seen<TopicRecord>, _ viewer: Viewer, _ store: Transaction
    ) throws -> TopicPicture {
        let isMaker = seen[TopicSight.version] != nil
        let rounds = try TopicQueries.rounds(record.id, store)
        let closed = Set(rounds.filter { $0.closedAt != nil }.map(\.round))
        let person = viewer.person
        return TopicPicture(
            record: record,
            problems: try isMaker
                ? ProblemQueries.some(TopicQueries.problems(record.id, store), store).compactMap { problem in
                    let relations = try ProblemSight.relations(of: viewer, to: problem, store)
                    return relations.isEmpty ? nil : (problem.id, Seen(problem, as: relations))
                } : [],
            calls: try TopicQueries.calls(record.id, store),
            versions: try isMaker ? TopicQueries.versions(record.id, store) : [],
            suggestions: try isMaker ? TopicQueries.suggestions(record.id, store) : [],
            members: try isMaker ? TopicQueries.members(record.id, store) : [], rounds: rounds,
            keptNames: try isMaker ? [] : TopicNames.kept(record.id, store),
            votes: try isMaker
                ? TopicQueries.votes(record.id, store).filter {
                    closed.contains($0.round) || $0.person == person
                } : [], ballot: try TopicActs.ballot(record, store),
            maySuggest: try person.map { try TopicActs.maySuggest($0, record, store) } ?? false,
            isPanel: try person.map { try TopicActs.isPanel($0, record, store) } ?? false)
    }
}

/// `/topics/{topic}`.
struct TopicPage: Sendable {
    let id: String
    let number: String
    let title: String
    let state: String
    let badge: String
    let isReady: Bool
    let isSealed: Bool
    let closedAt: String
    let text: TopicTextView
    let calls: [CallLine]
    let hasCalls: Bool
    let chainHref: String
    let isMaker: Bool
    let problems: [Tie]
    let hasProblems: Bool
    let versions: [Version]
    let suggestions: [Suggestion]
    let hasSuggestions: Bool
    let experts: [String]
    let hasExperts: Bool
    let rounds: [Round]
    let hasRounds: Bool
    let isOfficer: Bool
    let mayRefine: Bool
    let mayClose: Bool
    let isVoting: Bool
    let ballotText: String
    let maySuggest: Bool
    let parts: [Choice]
    let mayVote: Bool
    let hasVoted: Bool
    let outcomes: [Choice]
    let tally: String?
    let errors: [String]
    let hasErrors: Bool
    let typedText: String
    let typedReason: String
    let typedPanel: String
    let typedQuorum: String
    let typedAddress: String

    struct CallLine: Sendable {
        let href: String
        let number: String
        let title: String
        let phase: String
        let badge: String
        let closes: String
        let isOpen: Bool
    }

    struct Tie: Sendable {
        let href: String
        let number: String
        let title: String
    }

    struct Version: Sendable {
        let label: String
        let at: String
        let who: String
        let reason: String?
        let href: String
        let hasDiff: Bool
    }

    struct Suggestion: Sendable {
        let who: String
        let at: String
        let part: String
        let version: String
        let text: String
        let adopted: String?
    }

    struct Round: Sendable {
        let heading: String
        let panel: String?
        let isClosed: Bool
        let outcome: String
        let badge: String
        let tally: String
        let reason: String?
        let votes: [Vote]
        let hasVotes: Bool
    }

    struct Vote: Sendable {
        let who: String
        let vote: String
        let badge: String
        let reason: String
    }

    struct Choice: Sendable {
        let value: String
        let label: String
        let checked: Bool
    }

    init(_ seen: Seen<TopicRecord>, _ picture: TopicPicture, _ refusals: [Refusal], _ ask: Ask) {
        let words = ask.words
        let spell = CallWords(words: words)
        let record = picture.record
        let state = seen[TopicSight.state] ?? .refining
        id = record.id.rawValue
        number = seen[TopicSight.number] ?? ""
        title = seen[TopicSight.title] ?? ""
        self.state = words["topic.state.\(state.rawValue)"]
        badge = TopicWords.badge(state)
        isReady = state == .ready
        isSealed = state != .ready
        closedAt = seen[TopicSight.closedAt]?.text ?? ""
        text = TopicTextView(seen[TopicSight.text], words)
        calls = picture.calls.map { call in
            let phase = call.phase(at: ask.now)
            return CallLine(
                href: "/calls/\(call.call)", number: call.number, title: call.title,
                phase: spell.phase(phase), badge: spell.badge(phase), closes: call.closesAt.text,
                isOpen: phase == .open)
        }
        hasCalls = !calls.isEmpty
        chainHref = "/topics/\(record.id)/chain"
        isMaker = seen[TopicSight.version] != nil
        problems = picture.problems.map { id, problem in
            Tie(
                href: "/problems/\(id)", number: problem[ProblemSight.number] ?? "",
                title: problem[ProblemSight.title] ?? "")
        }
        hasProblems = !problems.isEmpty
        versions = picture.versions.map { version in
            let one = Seen(version, as: seen.relations)
            return Version(
                label: words.filled("call.version", ["n": "\(version.version)"]), at: version.at.text,
                who: one[TopicSight.author] ?? "", reason: one[TopicSight.versionReason],
                href: "/topics/\(record.id)/versions/\(version.version)", hasDiff: version.version > 1)
        }
        suggestions = picture.suggestions.map { suggestion in
            let one = Seen(suggestion, as: seen.relations)
            return Suggestion(
                who: one[TopicSight.suggester] ?? "", at: suggestion.at.text,
                part: words["topic.part.\(suggestion.part)"],
                version: words.filled("call.version", ["n": "\(suggestion.version)"]),
                text: one[TopicSight.suggestion] ?? "",
                adopted: suggestion.adopted.map { words.filled("topic.adopted", ["n": "\($0)"]) })
        }
        hasSuggestions = !suggestions.isEmpty
        experts = picture.members.filter { $0.capacity == .expert }.map {
            TopicWords.name(Seen($0, as: seen.relations))
        }
        hasExperts = !experts.isEmpty
        rounds = TopicWords.rounds(picture, seen.relations, words)
        hasRounds = !rounds.isEmpty
        let isOfficer = ask.viewer.holds(.programmeOfficer)
        self.isOfficer = isOfficer
        mayRefine = isOfficer && state == .refining
        mayClose = isOfficer && !state.isClosed
        isVoting = state == .voting
        ballotText = words.filled(
            "topic.ballotText",
            [
                "cast": "\(picture.ballot.cast)", "panel": "\(picture.ballot.panel)",
                "quorum": "\(picture.ballot.quorum)",
            ])
        maySuggest = picture.maySuggest && state == .refining
        let part = ask.form["part"] ?? "whole"
        parts = TopicSuggested.Part.allCases.map {
            Choice(
                value: $0.rawValue, label: words["topic.part.\($0.rawValue)"], checked: $0.rawValue == part)
        }
        hasVoted = picture.votes.contains { $0.round == record.round && $0.person == ask.viewer.person }
        mayVote = picture.isPanel && state == .voting && !hasVoted
        let choices: [TopicBallot.Outcome] = state == .voting ? [.ready, .again, .dropped] : [.dropped]
        outcomes = choices.map {
            Choice(
                value: $0.rawValue, label: words["topic.outcome.\($0.rawValue)"],
                checked: choices.count == 1 || $0.rawValue == ask.form["outcome"])
        }
        tally =
            isReady
            ? picture.rounds.first { $0.outcome == "ready" }.map {
                TopicWords.tally(Seen($0, as: seen.relations), words)
            } : nil
        errors = refusals.map(words.sentence)
        hasErrors = !errors.isEmpty
        typedText = hasErrors ? ask.form["text"] ?? "" : ""
        typedReason = hasErrors ? ask.form.text("reason") : ""
        typedPanel = hasErrors ? ask.form["panel"] ?? "" : ""
        typedQuorum = hasErrors ? ask.form.text("quorum") : ""
        typedAddress = hasErrors ? ask.form.text("address") : ""
    }
}

/// What a topic says, in finished words.
struct TopicTextView: Sendable {
    let goal: [String]
    let indicators: [Indicator]
    let nodes: [Node]
    let user: String
    let ceiling: String
    let payments: [Payment]
    let hasPayments: Bool
    /// Where the shares come from, or that they are not settled by the topic.
    let paymentNote: String
    let test: String

    struct Indicator: Sendable {
        let what: String
        let target: String
        let proof: String
    }

    struct Payment: Sendable {
        let upon: String
        let percent: String
    }

    struct Node: Sendable {
        let month: String
        let what: String
    }

    /// - Parameter programme: of the call that lets it, whose word holds where the topic says nothing; nil where no call
    ///   is looked at.
    init(_ text: TopicText?, in programme: Programme? = nil, _ words: Words.Catalogue) {
        goal = (text?.goal ?? "").split(separator: "\n").map { String($0).trimmed }.filter { !$0.isEmpty }
        indicators = (text?.indicators ?? []).map {
            Indicator(what: $0.what, target: $0.target, proof: $0.proof.isEmpty ? "—" : $0.proof)
        }
        nodes = (text?.nodes ?? []).map {
            Node(month: words.filled("topic.month", ["n": "\($0.month)"]), what: $0.what)
        }
        user = text?.user.name ?? ""
        ceiling = (text?.ceiling).map(CallWords(words: words).money) ?? ""
        let paymentNote: String
        if let own = text?.payments {
            payments = own.map { Payment(upon: TopicWords.upon($0, words), percent: "\($0.percent)%") }
            paymentNote = words["topic.paymentsOwn"]
        } else {
            payments = (programme?.funding.instalments ?? []).map {
                Payment(upon: $0.label.text(in: words.language), percent: "\($0.percent)%")
            }
            paymentNote = words[programme == nil ? "topic.paymentsOpen" : "topic.paymentsProgramme"]
        }
        self.paymentNote = programme?.race == nil ? paymentNote : paymentNote + words["topic.paymentsRace"]
        hasPayments = !payments.isEmpty
        if let own = text?.test {
            test = TopicWords.test(
                of: own.isDemanded ? own.of : nil, by: own.by, isOfProgramme: false, words)
        } else if let demanded = programme?.funding.test {
            test = TopicWords.test(
                of: demanded.of.text(in: words.language), by: "", isOfProgramme: true, words)
        } else {
            test = words[programme == nil ? "topic.testOpen" : "topic.testUnsaid"]
        }
    }
}

enum TopicWords {
    static func upon(_ payment: TopicText.Payment, _ words: Words.Catalogue) -> String {
        payment.month == TopicText.Payment.onSigning
            ? words["topic.onSigning"] : words.filled("topic.uponNode", ["n": "\(payment.month)"])
    }

    /// - Parameter of: what is tested; nil where no test is demanded.
    static func test(of what: String?, by: String, isOfProgramme: Bool, _ words: Words.Catalogue) -> String {
        guard let what else { return words["topic.testNone"] }
        let text = words.filled(
            "topic.testOf", ["of": what, "by": by.isEmpty ? words["topic.testByOpen"] : by])
        return isOfProgramme ? text + words["topic.testProgramme"] : text
    }

    static func badge(_ state: Topic.State) -> String {
        switch state {
        case .refining: "info"
        case .voting: "warn"
        case .ready: "good"
        case .dropped: "muted"
        }
    }

    static func name(_ member: Seen<TopicMemberRecord>) -> String {
        [member[TopicSight.member], member[TopicSight.memberHome]].compactMap(\.self).joined(separator: " · ")
    }

    static func tally(_ round: Seen<TopicRoundRecord>, _ words: Words.Catalogue) -> String {
        let ballot = round[TopicSight.tally]
        return words.filled(
            "topic.tally",
            ["for": "\(ballot?.votesFor ?? 0)", "against": "\(ballot?.votesAgainst ?? 0)"])
    }

    /// The grounds of a round as anybody may read them.
    private static func told(
        _ round: Seen<TopicRoundRecord>, _ picture: TopicPicture, _ words: Words.Catalogue
    ) -> String? {
        guard let names = picture.keptNames else { return nil }
        return round[TopicSight.toldGrounds].map { TopicNames.leftOut(names, of: $0, words) }
    }

    static func rounds(
        _ picture: TopicPicture, _ relations: Set<Relation>, _ words: Words.Catalogue
    ) -> [TopicPage.Round] {
        picture.rounds.map { record in
            let seen = Seen(record, as: relations)
            let panel = picture.members.filter { $0.capacity == .panel && $0.round == record.round }
            let votes = picture.votes.filter { $0.round == record.round }
            return TopicPage.Round(
                heading: words.filled(
                    "topic.roundHeading", ["n": "\(record.round)", "version": "\(record.version)"]),
                panel: panel.isEmpty
                    ? nil : panel.map { name(Seen($0, as: relations)) }.joined(separator: "；"),
                isClosed: record.closedAt != nil,
                outcome: record.outcome.map { words["topic.closed.\($0)"] } ?? words["topic.state.voting"],
                badge: record.outcome == "ready" ? "good" : record.outcome == nil ? "warn" : "muted",
                // Nothing is put to the vote without a quorum.
                tally: record.quorum == 0 ? words["topic.noVote"] : tally(seen, words),
                reason: seen[TopicSight.grounds] ?? told(seen, picture, words),
                votes: votes.map { vote in
                    let one = Seen(vote, as: relations)
                    let supports = one[TopicSight.supports] ?? false
                    return TopicPage.Vote(
                        who: one[TopicSight.voter] ?? "",
                        vote: words[supports ? "topic.for" : "topic.against"],
                        badge: supports ? "good" : "bad", reason: one[TopicSight.voteReason] ?? "")
                }, hasVotes: !votes.isEmpty)
        }
    }
}

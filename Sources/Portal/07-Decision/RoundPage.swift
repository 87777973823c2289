import Lifecycle

/// `/rounds`.
struct RoundsPage: Sendable {
    let rounds: [Round]
    let isEmpty: Bool

    struct Round: Sendable {
        let href: String
        let number: String
        let title: String
        let closes: String
        let before: Int
        let waiting: Int
        let funded: Int
        let ended: Int
        let total: String
        let reserved: String
        let obligated: String
        let paid: String
        let state: String
        let stateKind: String
    }

    init(_ outlines: [RoundOutline], at now: Instant, _ words: Words.Catalogue) {
        rounds = outlines.map { round in
            let state = RoundState.word(of: round, at: now)
            return Round(
                href: "/rounds/\(round.id)", number: round.number, title: round.title,
                closes: round.closes.text,
                before: round.count(["draft", "endorse", "screen", "review"]),
                waiting: round.count(["decide"]),
                funded: round.count([
                    "publicise", "contract", "prepare-payment", "approve-payment", "pay",
                ]) + round.counts.filter { $0.state == "finished" }.reduce(0) { $0 + $1.count },
                ended: round.counts.filter { $0.state == "refused" }.reduce(0) { $0 + $1.count },
                total: round.money.total.wanText, reserved: round.money.reserved.wanText,
                obligated: round.money.obligated.wanText, paid: round.money.paid.wanText,
                state: words["round.state.\(state.word)"], stateKind: state.kind)
        }
        isEmpty = rounds.isEmpty
    }
}

/// Where a round as a whole stands.
enum RoundState {
    static func word(of round: RoundOutline, at now: Instant) -> (word: String, kind: String) {
        if let selection = round.selection {
            if selection.state == "proposed" { return ("proposed", "warn") }
            if selection.state == "signed" && round.count(["decide"]) == 0 { return ("signed", "good") }
        }
        let isOpen = now <= round.closes
        if round.count(["draft", "endorse", "screen", "review"]) > 0 {
            return (isOpen ? "open" : "running", "info")
        }
        if round.count(["decide"]) > 0 { return ("ready", "warn") }
        if isOpen { return ("open", "info") }
        return ("idle", "neutral")
    }
}

/// `/rounds/{call}`: what is unfinished, the ranking with the officer's choices, and the results.
struct RoundPage: Sendable {
    let number: String
    let title: String
    let closes: String
    let state: String
    let stateKind: String
    let steps: [StepCount]
    let money: MoneyTiles
    let unfinished: [CaseLink]
    let hasUnfinished: Bool
    let unfinishedText: String
    let moreUnfinished: String
    let hasMoreUnfinished: Bool

    let topics: [TopicLink]
    let hasTopics: Bool
    /// Narrowed to one topic: to look at, not to choose from, for a proposal is about the whole round.
    let isNarrowed: Bool
    /// Of the topic that the page is narrowed to: its bids side by side. Nil where it is not narrowed.
    let compareHref: String?
    let races: [RaceBlock]
    let hasRaces: Bool
    let opened: [RaceBlock]
    let hasOpened: Bool
    /// Nil where the programme has no route for proposals that experts disagree about.
    let nonConsensus: NonConsensusBlock?
    /// What rules of lists said of what universities put forward.
    let lists: [ListRuleBlock]
    let hasLists: Bool
    /// Each application is proposed by itself.
    let isRolling: Bool
    /// False where what is given is a prize or a place: no amounts are shown then.
    let givesMoney: Bool
    let placesText: String
    let mayChoose: Bool
    let isBarred: Bool
    let isPending: Bool
    let pendingText: String
    /// What who funds the call too says of the proposal; nil where there is none.
    let joint: String?
    let maySign: Bool
    let signHref: String
    let wasSentBack: Bool
    let sentBackText: String
    let sentBackReason: String

    let action: String
    let fillHref: String
    let rows: [Row]
    let hasRows: Bool
    let reckoned: Bool
    let chosenText: String
    let totalText: String
    let leftText: String
    let isOver: Bool
    let budgetNumber: String
    let totalNumber: String
    let errors: [ErrorLine]
    let hasErrors: Bool
    let mostText: String
    let results: [ResultRow]
    let hasResults: Bool
    let resultsText: String
    let noticeHref: String
    let hasNotice: Bool
    let mayPublish: Bool
    let publishText: String

    struct TopicLink: Sendable {
        let href: String
        let label: String
        let current: Bool
    }

    struct StepCount: Sendable {
        let label: String
        let count: Int
    }

    struct MoneyTiles: Sendable {
        let total: String
        let left: String
        let reserved: String
        let obligated: String
        let paid: String
    }

    struct CaseLink: Sendable {
        let href: String
        let number: String
        let title: String
        let step: String
    }

    /// What a panel that met came to.
    struct Vote: Sendable {
        let short: String
        let outcome: String
        let badge: String
        let tally: String
        /// Where what was written stands; nil where nothing is.
        let notesHref: String?
    }

    /// Of a proposal that experts disagree about.
    struct Dissent: Sendable {
        let id: String
        let number: String
        let text: String
        let cases: String
        /// Whether it may be funded by the route.
        let isOffered: Bool
        let isChosen: Bool
    }

    struct Row: Sendable {
        let id: String
        let place: Int
        let number: String
        let title: String
        let href: String
        let university: String
        let mean: String
        let spread: Int
        let isWide: Bool
        /// The topic's number, for a lane of a race; nil for others.
        let lane: String?
        let reviews: [String]
        /// What a panel's vote came to.
        let vote: Vote?
        /// Nil where experts agree, or nothing is made of it.
        let dissent: Dissent?
        let requested: String
        let isProposed: Bool
        let funded: Bool
        let amount: String
        let departs: Bool
        let departsText: String
        let asksWhy: Bool
        /// What is asked: why it departs, or on what grounds it goes by the route.
        let whyLabel: String
        let why: String
        let badWhy: Bool
        let badAmount: Bool
    }

    struct ResultRow: Sendable {
        let place: Int
        let number: String
        let title: String
        let href: String
        let university: String
        let mean: String
        let outcome: String
        let outcomeKind: String
        let amount: String
        let reason: String
        let departs: Bool
        /// How it was chosen otherwise than by the ranking.
        let route: String?
    }
}

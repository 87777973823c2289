import Lifecycle

/// What a page, and each of its live events, tells of a job.
struct JobLine: Sendable, Encodable {
    let id: String
    let href: String
    let title: String
    let kind: String
    let state: String
    let stateKind: String
    let stage: String
    let askedAt: String
    let taken: String
    let done: Int64
    let total: Int64
    let isMeasured: Bool
    let isOver: Bool
    let isRunning: Bool
    let mayCancel: Bool
    let isStopping: Bool
    let isResumed: Bool
    let isAnew: Bool
    let outcome: String
    let hasOutcome: Bool
    let hasFailure: Bool
    let failure: [String]

    init(_ job: Job, mayCancel: Bool, now: Instant, _ words: Words.Catalogue) {
        id = job.id.rawValue
        href = "/jobs/\(job.id)"
        title = Self.title(of: job, words)
        kind = words["job.kind.\(job.kind)"]
        state = words[job.isStopping ? "job.state.stopping" : "job.state.\(job.state.rawValue)"]
        stateKind =
            switch job.state {
            case .waiting: "neutral"
            case .running: "info"
            case .done: "good"
            case .failed: "bad"
            case .cancelled: "muted"
            }
        let key = "job.stage.\(job.kind).\(job.stage)"
        // What it did last says nothing once it is over.
        stage = words.has(key) && !job.state.isOver ? words[key] : ""
        askedAt = job.askedAt.text
        let seconds = job.startedAt.map { ((job.endedAt ?? now).rawValue - $0.rawValue) / 1000 }
        taken = seconds.map { words.filled("job.seconds", ["n": "\(max(0, $0))"]) } ?? ""
        done = job.done
        total = job.total
        isMeasured = job.total > 0
        isOver = job.state.isOver
        isRunning = job.state == .running
        self.mayCancel = mayCancel && !job.state.isOver && job.cancelledBy == nil
        isStopping = job.isStopping
        isResumed = job.turn > 1 && job.goesOn
        isAnew = job.turn > 1 && !job.goesOn
        outcome = job.outcome ?? ""
        hasOutcome = job.state == .done && job.outcome != nil
        hasFailure = job.failure != nil
        failure = job.failure.flatMap(JobFailure.init(text:))?.refusals.map(words.sentence) ?? []
    }
}

extension JobLine {
    /// What the job was asked for with; for kinds whose title is ours and nobody's text, in words of the page's language
    /// (`job.titled.<kind>`).
    private static func title(of job: Job, _ words: Words.Catalogue) -> String {
        let key = "job.titled.\(job.kind)"
        return words.has(key) ? words.filled(key, ["title": job.title]) : job.title
    }
}

/// `/jobs/{job}`: how far it is; goes on by itself with script, and by reloading without.
struct JobPage: Sendable {
    let job: JobLine
    let events: String
    let cancelAction: String
    let csrf: String
}

/// `/jobs`: what the viewer asked for, newest first; or all work of the kinds the viewer oversees.
struct JobsPage: Sendable {
    struct Choice: Sendable {
        let href: String
        let label: String
        let current: Bool
    }

    let tabs: [Choice]
    let hasTabs: Bool
    let jobs: [JobLine]
    let isEmpty: Bool
    let pager: Pager
}

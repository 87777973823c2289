import Lifecycle

/// `/cases/{id}`: what to do next, where the case stands in its procedure, and its facts in short.
struct CaseOverviewPage: Sendable {
    let head: CaseFrame
    let next: CaseNext
    let procedure: ProcedureDrawing
    let facts: [Fact]
    let callHref: String
    let call: String
    let programme: String
    let receipt: String?
    /// Numbered papers that were made of it since.
    let papers: [Paper]
    let topic: Topic?
    let exceptions: [ExceptionLine]
    let hasExceptions: Bool
    /// What a trimmed procedure left out, and whether it was made up for.
    let owed: [OwedLine]
    let hasOwed: Bool

    /// What the application bids for, and who will use it.
    struct Topic: Sendable {
        let href: String
        let title: String
        let user: String
        let ceiling: String
        let chainHref: String
        /// The reader belongs to the final user.
        let isOwnUser: Bool
    }

    struct Paper: Sendable {
        let href: String
        let label: String
    }

    struct Fact: Sendable {
        let label: String
        let value: String
    }

    init(
        _ open: OpenCase, _ records: [ExceptionRecord], _ papers: [CasePaper], _ findings: [OwedFinding],
        _ ask: Ask
    ) {
        let words = ask.words
        let seen = open.seen
        head = open.head(tab: "", ask)
        let found = CaseExceptions(open, records, ask)
        exceptions = found.lines
        hasExceptions = !exceptions.isEmpty
        next = CaseNext(open, deciding: found.mine?.decideHref, ask)
        // Who may not know where it stands sees the procedure as it is laid down.
        let mayKnow = seen[DossierSight.standing] != nil
        procedure = ProcedureDrawing(
            mayKnow ? open.standing.procedure : open.call.procedure(of: open.programme),
            standing: mayKnow ? open.standing : nil, due: { ask.due($0) }, words: words)
        owed =
            mayKnow
            ? OwedLine.all(
                open.standing, of: open.programme, findings.map { Seen($0, as: seen.relations) }, ask) : []
        hasOwed = !owed.isEmpty
        callHref = "/calls/\(open.record.call)"
        call = open.call.title
        programme = open.programme.title.text(in: ask.language)
        var facts: [Fact] = []
        func add(_ key: String, _ value: String?) {
            if let value { facts.append(Fact(label: words[key], value: value)) }
        }
        add("letting.title", LettingWords(open.programme, words).way)
        add(
            "case.discipline",
            seen[DossierSight.discipline].map { "\($0) \(ask.house.disciplineNames[$0] ?? "")".trimmed })
        add(
            "case.amount",
            seen[DossierSight.amount].map {
                words.filled("case.money", ["wan": $0.wanText, "yuan": $0.yuanText])
            })
        add("case.born", seen[DossierSight.born]?.text)
        add("case.rank", seen[DossierSight.listRank].map { "\($0)" })
        add("case.submitted", seen[DossierSight.submittedAt]?.text)
        if let version = seen[DossierSight.version], version > 1 {
            add("case.version", "\(version)")
            add("case.firstSubmitted", seen[DossierSight.firstSubmittedAt]?.text)
        }
        self.facts = facts
        topic = Self.topic(open, ask)
        self.papers = papers.map { Paper(href: $0.href, label: "\(words[$0.title]) \($0.number)") }
        receipt = seen.relations.contains(.owner) ? "/cases/\(open.record.id)/receipt" : nil
    }

    private static func topic(_ open: OpenCase, _ ask: Ask) -> Topic? {
        guard let record = open.topic, open.seen[DossierSight.topic] != nil else { return nil }
        let seen = Seen(record, as: [])
        return Topic(
            href: "/topics/\(record.id)",
            title: "\(seen[TopicSight.number] ?? "") \(seen[TopicSight.title] ?? "")",
            user: seen[TopicSight.user] ?? "",
            ceiling: seen[TopicSight.ceiling].map(CallWords(words: ask.words).money) ?? "",
            chainHref: "/topics/\(record.id)/chain",
            isOwnUser: record.userPerson != nil && record.userPerson == ask.viewer.person
                || record.userOrganisation != nil && record.userOrganisation == ask.viewer.legalEntity)
    }
}

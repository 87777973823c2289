package import Lifecycle
package import Store

/// What somebody found of one item of a checklist.
package struct CriterionFinding: Sendable, Decodable {
    package let fact: Int64
    package let step: String
    package let criterion: String
    package let state: CriterionFound.State
    package let person: ID<Person>?
    package let name: String?
    package let role: Role?
    package let at: Instant
    package let attachment: String?
    /// Nil where the file is no longer among those of the application.
    package let attachmentName: String?
    package let words: String?

    /// All of them, in the order in which they were found.
    package static func all(of application: ID<Application>, _ store: Transaction) throws
        -> [CriterionFinding]
    {
        try store.rows(
            """
            SELECT criterion_finding.fact AS fact, criterion_finding.step AS step,
              criterion_finding.criterion AS criterion, criterion_finding.state AS state,
              criterion_finding.person AS person, person.name AS name, criterion_finding.role AS role,
              criterion_finding.at AS at, criterion_finding.attachment AS attachment,
              application_attachment.name AS attachment_name, criterion_finding.words AS words
            FROM criterion_finding LEFT JOIN person ON person.id = criterion_finding.person
            LEFT JOIN application_attachment
              ON application_attachment.application = criterion_finding.application
              AND application_attachment.hash = criterion_finding.attachment
            WHERE criterion_finding.application = \(application) ORDER BY criterion_finding.fact
            """)
    }

    /// Of a step's checklist, by item: the last that was said.
    package static func latest(at step: String, of application: ID<Application>, _ store: Transaction) throws
        -> [String: CriterionFinding]
    {
        latest(at: step, among: try all(of: application, store))
    }

    static func latest(at step: String, among all: [CriterionFinding]) -> [String: CriterionFinding] {
        Dictionary(all.filter { $0.step == step }.map { ($0.criterion, $0) }) { _, later in later }
    }
}

/// A file of the application that can stand as evidence.
struct CriterionFile: Sendable, Decodable {
    let hash: String
    let name: String

    static func all(of application: ID<Application>, _ store: Transaction) throws -> [CriterionFile] {
        try store.rows(
            """
            SELECT hash, name FROM application_attachment WHERE application = \(application)
            ORDER BY name, hash
            """)
    }
}

/// Looking at the items of a checklist, one by one and whenever there is something to say: before its step opens too,
/// so that the applicant learns early what is missing.
package enum CriterionActs {
    static let wordsLeast = 5
    static let wordsMost = 2000

    /// What is said of one item.
    package struct Said: Sendable {
        package let criterion: String
        package let state: CriterionFound.State?
        /// What was looked at, or what is missing.
        package let words: String
        /// The SHA-256 of a file of the application; empty for none.
        package let attachment: String

        package init(
            _ criterion: String, _ state: CriterionFound.State?, _ words: String, attachment: String = ""
        ) {
            self.criterion = criterion
            self.state = state
            self.words = words
            self.attachment = attachment
        }
    }

    /// Takes in what was found: the step is this person's and not done, and nobody apart from whom they must be has
    /// acted.
    @discardableResult
    package static func find(
        _ said: Said, at step: String, of application: ID<Application>, by viewer: Viewer, _ change: Change,
        _ house: House
    ) throws -> Fact {
        let store = change.store
        let open = try OpenCase.find(application, for: viewer, house, store)
        let (form, state) = try turn(step, open, viewer)
        guard form.criteria.contains(where: { $0.id == said.criterion }) else { throw Missing() }
        try StatementActs.requireFree(state.step, open, viewer, store)
        var obstacles: [Refusal] = []
        func refuse(_ refusal: Refusal) {
            obstacles.append(
                Refusal(
                    refusal.code,
                    refusal.values.merging(["criterion": said.criterion]) { old, _ in old }))
        }
        if said.state == nil { refuse(Refusal("criterion.no-state")) }
        if said.words.trimmedCount < wordsLeast {
            refuse(Refusal("criterion.words", ["least": "\(wordsLeast)"]))
        }
        if said.words.count > wordsMost { refuse(Refusal("criterion.long", ["most": "\(wordsMost)"])) }
        if !said.attachment.isEmpty {
            let mayRead = !ProposalSight.attachments.seenBy.isDisjoint(with: open.seen.relations)
            let files = try CriterionFile.all(of: application, store)
            if !mayRead || !files.contains(where: { $0.hash == said.attachment }) {
                refuse(Refusal("criterion.no-file"))
            }
        }
        guard obstacles.isEmpty, let found = said.state else { throw Refused(obstacles) }
        return try change.append(
            CriterionFound(
                step: step, criterion: said.criterion, state: found,
                attachment: said.attachment.isEmpty ? nil : said.attachment),
            about: .application(application), as: state.step.by, reason: said.words,
            clause: form.cites?.clause)
    }

    /// The checklist and its step, or why nothing more is said of it.
    static func turn(_ step: String, _ open: OpenCase, _ viewer: Viewer) throws -> (
        StatementForm, Standing.StepState
    ) {
        guard let state = open.standing.steps.first(where: { $0.step.id == step }),
            state.step.kind == .statement, let form = open.programme.statement(of: state.step),
            !form.criteria.isEmpty
        else { throw Missing() }
        guard StatementTurn.isTheirs(state.step.by, open, viewer) else {
            throw Refused("step.not-yours", ["role": "role.\(state.step.by.rawValue)"])
        }
        if open.standing.isRefused { throw Refused("step.ended") }
        switch state.state {
        case .waiting, .open: return (form, state)
        case .done, .refused, .skipped:
            guard let current = open.standing.open.first?.step.label.zh else {
                throw Refused("step.finished")
            }
            throw Refused("step.done-already", ["current": current])
        }
    }
}

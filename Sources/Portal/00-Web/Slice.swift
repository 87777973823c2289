package import Lifecycle
package import Store

/// What one slice of the life cycle feeds into the house. `Portal.swift` lists the slices, in order.
package struct Slice: Sendable {
    package let name: String
    package var tables: [ProjectedTable] = []
    package var projections: [Projection] = []
    /// Runs after each fact's own projections (the dossier's standing needs every kind of fact).
    package var afterEveryFact: (@Sendable (Transaction, Fact) throws -> Void)?
    /// What a fact sets going beside its projections, in its transaction: long work that is queued. Runs when a fact
    /// is appended and never at a replay, and writes no projected table.
    package var follow: (@Sendable (Change, Fact) throws -> Void)?
    package var routes: @Sendable (Routes) -> Void = { _ in }
    /// What waits for a viewer, for the to-do page.
    package var tasks: @Sendable (Transaction, Viewer, Instant) throws -> [PendingTask] = { _, _, _ in [] }
    /// Tabs of the case page that this slice adds.
    package var tabs: [CaseTab] = []
    /// Links of the main navigation that this slice adds for a viewer.
    package var navigation: @Sendable (Viewer) -> [NavigationLink] = { _ in [] }
    /// What the rules would say if the viewer began something about the subject (an application in a call).
    package var outlook: @Sendable (House, Transaction, Viewer, Subject) throws -> Outlook? = { _, _, _, _ in
        nil
    }
    /// How much of a fact a viewer sees in the journal, where the fact's subject is this slice's; nil elsewhere.
    package var factView: @Sendable (Transaction, Viewer, Fact) throws -> FactView? = { _, _, _ in nil }
    /// Whether a fact's body is under seal for now: nobody but its author reads it in the journal, whatever they oversee.
    package var seals: @Sendable (Fact, Transaction) throws -> Bool = { _, _ in false }
    /// Whom or what a draw for this purpose and about this subject can hit; nil where it is not this slice's.
    package var pool: @Sendable (Transaction, Draw.Purpose, Subject, Instant) throws -> [PoolCandidate]? = {
        _, _, _, _ in nil
    }
    /// How universities did in earlier rounds by an indicator that this slice knows; nil for any other.
    package var unitRecord: @Sendable (Transaction, QuotaIndicator, EarlierRounds) throws -> UnitRecord? = {
        _, _, _ in nil
    }
    /// What these people led in this house and what came of it, as far as this slice knows.
    package var past: @Sendable (Transaction, [ID<Person>]) throws -> [PastOfHouse] = { _, _ in [] }
    /// Papers of a dossier that this slice makes, as far as somebody who is this to it may have them, oldest first.
    package var papers: @Sendable (Transaction, ID<Application>, Set<Relation>) throws -> [CasePaper] = {
        _, _, _ in []
    }
    /// Long work this slice knows how to do.
    package var jobs: [JobKind] = []
    /// Rows of the table role × record × field.
    package var sights: [SightRow] = []

    package init(_ name: String) { self.name = name }
}

/// One verb with a deadline in somebody's to-do.
package struct PendingTask: Sendable {
    /// Key of the verb's words: `task.<verb>`.
    package let verb: String
    package let title: Label
    package let href: String
    package let due: Instant?
    /// How many things the task stands for (a list of 15 to endorse is one task).
    package let count: Int
    /// It stands for the others of its kind, of which the to-do lists only the first.
    package let isRest: Bool

    /// A title that people wrote reads the same in both languages.
    package init(verb: String, title: String, href: String, due: Instant?, count: Int = 1) {
        self.init(verb: verb, title: Label(title, title), href: href, due: due, count: count)
    }

    package init(verb: String, title: Label, href: String, due: Instant?, count: Int = 1) {
        self.init(verb: verb, title: title, href: href, due: due, count: count, isRest: false)
    }

    private init(verb: String, title: Label, href: String, due: Instant?, count: Int, isRest: Bool) {
        self.verb = verb
        self.title = title
        self.href = href
        self.due = due
        self.count = count
        self.isRest = isRest
    }

    /// So many more of a kind, this one the first of them; all of the kind stand at `desk`.
    static func rest(from first: PendingTask, count: Int, at desk: String) -> PendingTask {
        PendingTask(
            verb: first.verb, title: first.title, href: desk, due: first.due, count: count, isRest: true)
    }
}

/// What stands before a viewer who has not begun yet.
package struct Outlook: Sendable {
    package let verdicts: [Verdict]
    /// Where to go on, if something was begun already.
    package let begun: String?
    /// How the viewer's own university stands; nil where no list is put forward, or nothing can be done any more.
    package let unit: UnitOutlook?

    package init(verdicts: [Verdict], begun: String?, unit: UnitOutlook? = nil) {
        self.verdicts = verdicts
        self.begun = begun
        self.unit = unit
    }
}

/// A tab of the case page: shown to a viewer who is one of `relations` to the dossier.
package struct CaseTab: Sendable {
    /// Path segment and words' key (`case.tab.<id>`); empty for the overview.
    package let id: String
    package let relations: Set<Relation>
    /// Shown only where the procedure has a step of one of these kinds; empty for always.
    package let kinds: Set<Step.Kind>

    package init(_ id: String, for relations: Set<Relation>, where kinds: Set<Step.Kind> = []) {
        self.id = id
        self.relations = relations
        self.kinds = kinds
    }
}

/// A numbered paper of a dossier, to be read and printed.
package struct CasePaper: Sendable {
    /// Key of the words that say what it is.
    package let title: String
    package let number: String
    package let href: String

    package init(title: String, number: String, href: String) {
        self.title = title
        self.number = number
        self.href = href
    }
}

/// One entry of the pool of a draw.
package struct PoolCandidate: Sendable {
    package let subject: Subject
    /// The class when places are shared among classes.
    package let stratum: String
    /// Why it may not be drawn, in words that are published and name nobody; nil for who may.
    package let excluded: Refusal?

    package init(_ subject: Subject, stratum: String, excluded: Refusal? = nil) {
        self.subject = subject
        self.stratum = stratum
        self.excluded = excluded
    }
}

/// What an applicant, or whoever handles applications, would notice between two versions of a programme's
/// definition. Comments, order of keys and lines of a file are nothing anybody notices.
package struct ProgrammeDiff: Sendable, Codable, Hashable {
    package enum Area: String, Sendable, Codable, CaseIterable {
        case head
        case rule
        case form
        case parameter
        case practice
        case step
        case statement
        case review
        case appraisal
        case funding
    }

    package enum Kind: String, Sendable, Codable, CaseIterable {
        case added
        case removed
        /// Fewer can meet it, or with less time or more work.
        case tightened
        case loosened
        /// Neither can be said.
        case changed
        /// The same in other words, or from another source.
        case reworded
    }

    package struct Change: Sendable, Codable, Hashable {
        package let area: Area
        package let kind: Kind
        /// Within its area, such as a rule's or a field's id.
        package let id: String
        /// Its name to a reader.
        package let subject: Label
        /// What of it changed.
        package let what: Label
        /// Nil for what was added.
        package let before: Label?
        /// Nil for what was removed.
        package let after: Label?
    }

    package let programme: String
    /// In the order of the areas and, within one, of the newer version.
    package let changes: [Change]

    package init(from old: Programme, to new: Programme) {
        programme = new.id
        var log = DiffLog()
        log.compareHeads(old, new)
        log.comparePreferences(old.preferences ?? [], new.preferences ?? [])
        log.compareRules(old.rules, new.rules)
        log.compareForms(old.form, new.form)
        log.compareParameters(old.parameters, new.parameters)
        log.comparePractices(old.defaults, new.defaults)
        log.compareRaces(old.race, new.race)
        log.compareQuotas(old.quotaFormula, new.quotaFormula)
        log.compareNonConsensus(old.nonConsensus, new.nonConsensus)
        log.compareJoint(old.joint, new.joint)
        log.compareParties(old.parties ?? [], new.parties ?? [])
        log.compareSteps(old.procedure.steps, new.procedure.steps)
        log.compareStatements(old.statements ?? [], new.statements ?? [])
        log.compareReviews(old.review, new.review)
        log.compareAppraisals(old.appraisals ?? [], new.appraisals ?? [])
        log.compareFunding(old.funding, new.funding)
        changes = log.changes
    }

    package var isEmpty: Bool { changes.isEmpty }

    package func changes(in area: Area) -> [Change] { changes.filter { $0.area == area } }
}

/// Collects changes of one comparison.
struct DiffLog {
    private(set) var changes: [ProgrammeDiff.Change] = []

    mutating func add(
        _ area: ProgrammeDiff.Area, _ kind: ProgrammeDiff.Kind, _ id: String, _ subject: Label, _ what: Label,
        _ before: Label?, _ after: Label?
    ) {
        changes.append(
            ProgrammeDiff.Change(
                area: area, kind: kind, id: id, subject: subject, what: what, before: before, after: after))
    }

    /// Logs a change where the two differ.
    mutating func compare<Value: Equatable>(
        _ area: ProgrammeDiff.Area, _ id: String, _ subject: Label, _ what: Label, _ old: Value, _ new: Value,
        kind: ProgrammeDiff.Kind = .changed, _ text: (Value) -> Label
    ) {
        if old != new { add(area, kind, id, subject, what, text(old), text(new)) }
    }

    /// The same for a number of which more is stricter, or, where `moreIsLooser`, less is. Nil is no bound.
    mutating func compareBound(
        _ area: ProgrammeDiff.Area, _ id: String, _ subject: Label, _ what: Label, _ old: Int?, _ new: Int?,
        moreIsLooser: Bool
    ) {
        guard old != new else { return }
        let isTighter: Bool =
            switch (old, new) {
            case (nil, _): true
            case (_, nil): false
            case (let old?, let new?): moreIsLooser ? new < old : new > old
            }
        add(
            area, isTighter ? .tightened : .loosened, id, subject, what, DiffWords.number(old),
            DiffWords.number(new))
    }

    /// Pairs what has an id on both sides; tells what is only on one.
    mutating func pair<Item>(
        _ area: ProgrammeDiff.Area, _ old: [Item], _ new: [Item], id: (Item) -> String,
        label: (Item) -> Label, what: Label, text: (Item) -> Label, both: (inout DiffLog, Item, Item) -> Void
    ) {
        for item in new {
            if let twin = old.first(where: { id($0) == id(item) }) {
                both(&self, twin, item)
            } else {
                add(area, .added, id(item), label(item), what, nil, text(item))
            }
        }
        for item in old where !new.contains(where: { id($0) == id(item) }) {
            add(area, .removed, id(item), label(item), what, text(item), nil)
        }
    }
}

/// Small values in both languages.
enum DiffWords {
    static let none = Label("无", "none")

    static func number(_ value: Int?) -> Label { value.map { Label("\($0)", "\($0)") } ?? none }
    static func check(_ check: CitationCheck?) -> Label {
        switch check {
        case .verified: Label("已与原文核对", "checked against the original")
        case .reported: Label("通行说法，待核对原文", "as commonly told, the original not read")
        case .inferred: Label("由数据或文本推断，待核对原文", "inferred, not read in an original")
        case .unknown: Label("待核对原文", "not checked against the original")
        case nil: Label("没有写明", "not said")
        }
    }
    static func condition(_ when: ChoiceCondition?) -> Label {
        when.map {
            Label(
                "\($0.field) 为 \($0.options.joined(separator: "、")) 的",
                "where \($0.field) is \($0.options.joined(separator: " or "))")
        } ?? Label("全部", "everybody")
    }
    static func flag(_ value: Bool) -> Label { value ? Label("是", "yes") : Label("否", "no") }
    static func plain(_ text: String) -> Label { text.isEmpty ? none : Label(text, text) }
    static func list(_ items: [String]) -> Label {
        items.isEmpty ? none : Label(items.joined(separator: "、"), items.joined(separator: ", "))
    }
    static func list(_ items: [Label]) -> Label {
        items.isEmpty
            ? none
            : Label(items.map(\.zh).joined(separator: "、"), items.map(\.en).joined(separator: ", "))
    }
    static func role(_ role: Role?) -> Label { role.map { plain($0.rawValue) } ?? none }
    static func citation(_ citation: Citation?) -> Label {
        guard let citation else { return none }
        // With its address: the same notice at another place is another source.
        func text(_ language: Language) -> String {
            [citation.text(in: language), citation.url ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
        }
        return text(.zh).isEmpty ? none : Label(text(.zh), text(.en))
    }

    static func standing(_ standing: RuleStanding) -> Label {
        switch standing {
        case .binding: Label("本项目规定", "binding here")
        case .borrowed: Label("借鉴其他办法", "borrowed practice")
        case .demo: Label("演示设定", "demo setting")
        }
    }

    static func deadline(_ within: Step.Deadline?) -> Label {
        func term(_ term: Term) -> Label {
            switch term {
            case .hours(let count): Label("\(count) 小时", "\(count) hours")
            case .days(let count): Label("\(count) 日", "\(count) days")
            case .workingDays(let count): Label("\(count) 个工作日", "\(count) working days")
            }
        }
        switch within {
        case .none: return Label("没有期限", "no deadline")
        case .some(.callClosing): return Label("征集截止前", "before the call closes")
        case .some(.term(let length)): return Label("\(term(length).zh)内", "within \(term(length).en)")
        case .some(.afterClosing(let length)):
            return Label("征集截止后 \(term(length).zh)内", "within \(term(length).en) of the closing")
        case .some(.afterPublication(let length)):
            return Label("通知发布后 \(term(length).zh)内", "within \(term(length).en) of the publication")
        }
    }
}

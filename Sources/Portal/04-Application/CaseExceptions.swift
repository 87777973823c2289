package import Lifecycle
import Store

extension ExceptionLine {
    /// What the viewer sees of an exception; nil for who sees nothing of it.
    ///
    /// - Parameter label: the rule's name.
    package init?(
        _ seen: Seen<ExceptionRecord>, label: String, decideHref: String? = nil, _ words: Words.Catalogue
    ) {
        guard let rule = seen[ExceptionSight.rule] else { return nil }
        let role = seen[ExceptionSight.decider].map { words["role.\($0.rawValue)"] } ?? ""
        let grounds = seen[ExceptionSight.grounds]
        let (key, kind) =
            switch seen[ExceptionSight.granted] {
            case true?: ("granted", "good")
            case false?: ("declined", "bad")
            case nil: (grounds == nil ? "unasked" : "asked", "warn")
            }
        var (about, factHref) = ("", "")
        if let fact = seen[ExceptionSight.fact], let at = seen[ExceptionSight.at] {
            let name = seen[ExceptionSight.deciderName]
            about = words.filled(
                "exception.about",
                ["n": "\(fact)", "who": name.map { "\($0) · \(role)" } ?? role, "time": at.text])
            factHref = "/journal/facts/\(fact)"
        }
        self.init(
            rule: rule, label: label, kind: kind,
            state: words.filled("exception.state.\(key)", ["role": role]),
            about: about, hasAbout: !about.isEmpty, factHref: factHref,
            ruledBecause: seen[ExceptionSight.reason],
            grounds: grounds, decideHref: decideHref)
    }
}

/// The exceptions of a case as its pages show them to one viewer.
struct CaseExceptions: Sendable {
    let lines: [ExceptionLine]
    /// The first that waits for this viewer.
    var mine: ExceptionLine? { lines.first { $0.decideHref != nil } }

    init(_ open: OpenCase, _ records: [ExceptionRecord], _ ask: Ask) {
        let isScreened = open.standing.open.contains { $0.step.kind == .screen }
        lines = records.compactMap { record in
            let rule = open.programme.rules.first { $0.id == record.rule }
            let decides = record.decider.flatMap(Relation.init(official:)).map(open.seen.relations.contains)
            let waits = isScreened && record.granted == nil && decides == true
            return ExceptionLine(
                Seen(record, as: open.seen.relations),
                label: rule?.label.text(in: ask.language) ?? record.rule,
                decideHref: waits
                    ? "/cases/\(open.record.id)/exceptions/\(record.rule.percentEncoded)" : nil, ask.words)
        }
    }

    /// The line beside a rule's verdict.
    subscript(_ rule: String) -> ExceptionLine? { lines.first { $0.rule == rule } }
}

extension OpenCase {
    /// Its exceptions; those nobody asked for only while somebody may still decide.
    func exceptions(_ house: House, _ store: Transaction) throws -> [ExceptionRecord] {
        guard standing.open.contains(where: { $0.step.kind == .screen }) else {
            return try ExceptionRecord.all(of: record.id, store)
        }
        let verdicts = try EligibilityFacts.verdicts(
            for: record.owner, in: call, programme, besides: record.id, house, store)
        return try ExceptionRecord.all(of: record.id, judged: verdicts, store)
    }
}

import Lifecycle

/// `/cases/{id}/exceptions/{rule}`: the verdict, the grounds, and the form of whoever decides.
struct ExceptionPage: Sendable {
    let head: CaseFrame
    let action: String
    /// The one verdict, with the exception beside it.
    let verdicts: [VerdictWords]
    let isOpen: Bool
    let grantChecked: Bool
    let declineChecked: Bool
    let reason: String
    let hasErrors: Bool
    let errors: [String]

    init(_ found: OpenException, typed: ExceptionForm?, errors: [String], _ ask: Ask) {
        let open = found.open
        let line = CaseExceptions(open, [found.record], ask).lines.first
        head = open.head(tab: "exceptions", ask)
        action = "/cases/\(open.record.id)/exceptions/\(found.verdict.rule.percentEncoded)"
        verdicts = [VerdictWords(found.verdict, beside: line, words: ask.words)]
        isOpen = line?.decideHref != nil && found.verdict.isExceptable
        grantChecked = typed?.granted == true
        declineChecked = typed?.granted == false
        reason = typed?.reason ?? ""
        self.errors = errors
        hasErrors = !errors.isEmpty
    }
}

/// `/office/exceptions`: requests that wait for the viewer, by call.
struct ExceptionListPage: Sendable {
    let title: String
    let queues: [Queue]
    let hasQueues: Bool
    let rows: [Row]
    let hasRows: Bool
    let first: String?
    let next: String?

    struct Queue: Sendable {
        let href: String
        let title: String
        let count: String
        let current: Bool
    }

    struct Row: Sendable {
        let number: String
        let title: String
        let applicant: String
        let university: String
        let rule: String
        let grounds: String
        let due: String
        let href: String
    }

    init(
        _ waiting: (rows: [ExceptionQueries.Waiting], next: String?), after: String,
        queues: [ExceptionQueries.Queue], call: Call?, _ ask: Ask
    ) {
        let here = call.map { "/office/exceptions?call=\($0.id.rawValue.percentEncoded)" }
        first = after.isEmpty ? nil : here
        next = waiting.next.flatMap { number in here.map { "\($0)&after=\(number.percentEncoded)" } }
        title = call?.title ?? ask.words["exception.list.none"]
        self.queues = queues.map {
            Queue(
                href: "/office/exceptions?call=\($0.call.rawValue.percentEncoded)", title: $0.title,
                count: "\($0.count)", current: $0.call == call?.id)
        }
        hasQueues = !queues.isEmpty
        rows = waiting.rows.map { item in
            let relations = Set(
                [item.exception.decider].compactMap(\.self).compactMap(Relation.init(official:)))
            let seen = Seen(item.dossier, as: relations)
            let exception = Seen(item.exception, as: relations)
            return Row(
                number: seen[DossierSight.number] ?? "", title: seen[DossierSight.title] ?? "",
                applicant: seen[DossierSight.ownerName] ?? "",
                university: seen[DossierSight.universityName] ?? "",
                rule: exception[ExceptionSight.rule] == nil ? "" : item.label.text(in: ask.language),
                grounds: exception[ExceptionSight.grounds] ?? "", due: ask.due(seen[DossierSight.dueAt]),
                href: "/cases/\(item.dossier.id)/exceptions/\(item.exception.rule.percentEncoded)")
        }
        hasRows = !rows.isEmpty
    }
}

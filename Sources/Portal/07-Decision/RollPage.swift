import Lifecycle
import Store

/// A dossier of a public notice, with what its statement says in the call's roll.
struct RollLine: Sendable {
    let notice: NoticeLine
    /// With the answers that the roll shows, and those it is ordered by.
    let entry: StatementRoll.Entry
    let shown: [String: String]
    /// What was written was erased.
    let isErased: Bool

    /// Those whose notice was opened and whose selection stands.
    static func all(
        of roll: StatementRoll, _ form: StatementForm, in call: ID<Call>, _ programme: Programme,
        _ store: Transaction
    ) throws -> [RollLine] {
        let entries = Dictionary(
            try RollEntry.all(of: form, in: call, programme, store).map { ($0.application, $0) }
        ) { $1 }
        guard !entries.isEmpty else { return [] }
        return try store.rows(
            """
            SELECT \(sql: NoticeLine.columns)
            FROM application JOIN notice_application ON notice_application.application = application.id
            JOIN decision ON decision.application = application.id
            WHERE application.call = \(call) AND decision.overturned_at IS NULL ORDER BY application.number
            """, as: NoticeLine.self
        ).compactMap { line in
            entries[line.application].map { found in
                RollLine(
                    notice: line, entry: found.entry,
                    shown: found.entry.answers.filter { roll.shows.contains($0.key) },
                    isErased: found.isErased)
            }
        }
    }
}

/// What a roll says of each dossier, to anybody: the fields that its programme names, and no other.
enum RollSight {
    static let answers = Field<RollLine, [String: String]>("answers", seenBy: [.anyone]) { $0.shown }

    static let rows = [SightRow("roll", answers)]
}

/// `/calls/{call}/rolls/{statement}`: the statements of one form of all dossiers of a call.
struct RollPage: Sendable {
    let title: String
    let callHref: String
    let callTitle: String
    let callNumber: String
    let count: String
    let columns: [String]
    let groups: [Group]
    let isEmpty: Bool
    let caps: [String]
    let hasCaps: Bool
    let ground: GroundWords

    struct Group: Sendable {
        /// Nil where the roll is one part.
        let title: String?
        let count: String
        let rows: [Row]
    }

    struct Row: Sendable {
        let number: String
        let title: String
        let applicant: String
        let university: String
        let cells: [Cell]
    }

    struct Cell: Sendable {
        let label: String
        let value: String
    }

    static func add(to routes: Routes) {
        routes.get("/calls/{call}/rolls/{statement}") { ask in
            let id = ask.id("call", Call.self)
            let page = try await ask.read { store in
                let (call, programme) = try Calls.found(id, ask.house, store)
                guard let form = programme.statement(ask.parameter("statement")), let roll = form.roll else {
                    throw Missing()
                }
                return RollPage(
                    try RollLine.all(of: roll, form, in: id, programme, store), roll, form, call, ask)
            }
            return try await ask.page("notice/roll", page)
        }
    }

    init(_ lines: [RollLine], _ roll: StatementRoll, _ form: StatementForm, _ call: Call, _ ask: Ask) {
        let words = ask.words
        title = roll.label.text(in: ask.language)
        callHref = "/calls/\(call.id)"
        callTitle = call.title
        callNumber = call.number
        count = words.filled("roll.count", ["n": "\(lines.count)"])
        func field(_ id: String) -> ApplicationForm.Field? { form.fields.first { $0.id == id } }
        func read(_ id: String, _ answers: [String: String]) -> String {
            field(id)?.read(answers[id] ?? "", ask.house.disciplineNames, words) ?? ""
        }
        let shown = roll.shows.filter { $0 != roll.groupBy }.compactMap(field)
        columns = shown.map { $0.label.text(in: ask.language) }
        let sorted = roll.sorted(lines, by: \.entry, in: form).map { line in
            (
                seen: Seen(line.notice, as: []), answers: Seen(line, as: [])[RollSight.answers] ?? [:],
                isErased: line.isErased
            )
        }
        var parts: [(title: String?, rows: [Row])] = []
        for line in sorted {
            let part = roll.groupBy.map { line.isErased ? words["roll.erased"] : read($0, line.answers) }
            let row = Row(
                number: line.seen[NoticeSight.number] ?? "", title: line.seen[NoticeSight.title] ?? "",
                applicant: line.seen[NoticeSight.applicant] ?? "",
                university: line.seen[NoticeSight.university] ?? "",
                cells: shown.map { field in
                    Cell(
                        label: field.label.text(in: ask.language),
                        value: line.isErased ? words["roll.erased"] : read(field.id, line.answers))
                })
            if let last = parts.last, last.title == part {
                parts[parts.count - 1].rows.append(row)
            } else {
                parts.append((part, [row]))
            }
        }
        groups = parts.map {
            Group(
                title: $0.title, count: words.filled("roll.count", ["n": "\($0.rows.count)"]), rows: $0.rows)
        }
        isEmpty = lines.isEmpty
        caps = roll.caps.compactMap { cap in
            call.settings.count(cap.parameter).map { most in
                words.filled(
                    "roll.cap",
                    [
                        "what": cap.options.map { read(cap.field, [cap.field: $0]) }.joined(
                            separator: words["track.and"]), "most": "\(most)",
                    ])
            }
        }
        hasCaps = !caps.isEmpty
        ground = GroundWords(form.standing, form.verified, form.cites, words)
    }
}

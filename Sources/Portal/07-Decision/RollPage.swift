import Lifecycle
import Store

/// What one entry of a call's roll says: of a dossier of a public notice, or of somebody invited.
struct RollLine: Sendable {
    enum Of: Sendable {
        case dossier(NoticeLine)
        case invited(RollInvite)
    }

    let of: Of
    /// With the answers that the roll shows, and those it is ordered by.
    let entry: StatementRoll.Entry
    let shown: [String: String]
    /// What was written was erased.
    var isErased: Bool { entry.isErased }

    private init(_ of: Of, _ entry: StatementRoll.Entry, _ roll: StatementRoll) {
        self.of = of
        self.entry = entry
        shown = entry.answers.filter { roll.shows.contains($0.key) }
    }

    /// The dossiers whose notice was opened and whose selection stands, and who was invited.
    static func all(
        of roll: StatementRoll, _ form: StatementForm, in call: ID<Call>, _ programme: Programme,
        _ store: Transaction
    ) throws -> [RollLine] {
        let invited = try RollInvite.standing(of: form, in: call, store).map {
            RollLine(.invited($0), $0.entry, roll)
        }
        return try dossiers(of: roll, form, in: call, programme, store) + invited
    }

    private static func dossiers(
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
            entries[line.application].map { RollLine(.dossier(line), $0.entry, roll) }
        }
    }
}

/// What a roll says of each entry, to anybody: the fields that its programme names, and no other.
enum RollSight {
    static let answers = Field<RollLine, [String: String]>("answers", seenBy: [.anyone]) { $0.shown }

    static let rows = [SightRow("roll", answers)]

    /// What the viewer is to who was invited, by role: nothing for who applies in the call.
    static func relations(_ viewer: Viewer, in call: ID<Call>, _ store: Transaction) throws -> Set<Relation> {
        guard let person = viewer.person, try !Parties.takesPart(person, in: call, store) else { return [] }
        return DrawSight.relations(viewer)
    }
}

/// `/calls/{call}/rolls/{statement}`: the statements of one form of all dossiers of a call, with those invited among
/// them, and for an officer the form that invites.
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
    /// Whether this viewer enters and takes out who is invited.
    let mayInvite: Bool
    let inviting: RollInviting?
    /// Empty where nobody is taken out.
    let withdrawAction: String

    struct Group: Sendable {
        /// Nil where the roll is one part.
        let title: String?
        let count: String
        let rows: [Row]
    }

    struct Row: Sendable {
        let number: String
        /// What somebody without a dossier is called; nil for a dossier.
        let invited: String?
        let title: String
        let applicant: String
        let university: String
        /// How they agreed, for officials.
        let agreed: String?
        let cells: [Cell]
        /// What an officer does with it; nil for a dossier, and for everybody else.
        let act: Act?
    }

    struct Act: Sendable {
        let correctHref: String
        let fact: String
    }

    struct Cell: Sendable {
        let label: String
        let value: String
    }

    init(
        _ lines: [RollLine], _ roll: StatementRoll, _ form: StatementForm, _ call: Call,
        as relations: Set<Relation>, inviting: RollInviting?, _ ask: Ask
    ) {
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
        var parts: [(title: String?, rows: [Row])] = []
        for line in roll.sorted(lines, by: \.entry, in: form) {
            let answers = Seen(line, as: [])[RollSight.answers] ?? [:]
            let part = roll.groupBy.map { line.isErased ? words["roll.erased"] : read($0, answers) }
            let cells = shown.map { field in
                Cell(
                    label: field.label.text(in: ask.language),
                    value: line.isErased ? words["roll.erased"] : read(field.id, answers))
            }
            let row =
                switch line.of {
                case .dossier(let notice): Row(Seen(notice, as: []), cells)
                case .invited(let invite):
                    Row(
                        Seen(invite, as: relations), isErased: line.isErased,
                        called: roll.invites?.text(in: ask.language) ?? "", cells,
                        act: inviting.map {
                            Act(correctHref: $0.correctHref(invite.fact), fact: "\(invite.fact)")
                        }, words)
                }
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
        mayInvite = inviting != nil
        self.inviting = inviting
        withdrawAction = inviting?.withdrawAction ?? ""
    }
}

extension RollPage.Row {
    fileprivate init(_ seen: Seen<NoticeLine>, _ cells: [RollPage.Cell]) {
        number = seen[NoticeSight.number] ?? ""
        invited = nil
        title = seen[NoticeSight.title] ?? ""
        applicant = seen[NoticeSight.applicant] ?? ""
        university = seen[NoticeSight.university] ?? ""
        agreed = nil
        self.cells = cells
        act = nil
    }

    fileprivate init(
        _ seen: Seen<RollInvite>, isErased: Bool, called: String, _ cells: [RollPage.Cell],
        act: RollPage.Act?, _ words: Words.Catalogue
    ) {
        number = ""
        invited = called
        title = isErased ? words["roll.erased"] : seen[RollInviteSight.title] ?? ""
        applicant = seen[RollInviteSight.name] ?? ""
        university = seen[RollInviteSight.organisation] ?? ""
        agreed = seen[RollInviteSight.agreed]
        self.cells = cells
        self.act = act
    }
}

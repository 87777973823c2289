import Lifecycle

/// An expert's seats: what to answer, what to write, what is over.
struct AppraiserDeskPage: Sendable {
    let lede: String
    let open: [Row]
    let hasOpen: Bool
    let over: [Row]
    let hasOver: Bool
    let isEmpty: Bool

    struct Row: Sendable {
        let href: String
        let verb: String
        let number: String
        let title: String
        let university: String
        let step: String
        let state: String
        let kind: String
        let due: String
        let dueISO: String
        let now: String
        let hasDue: Bool
        let urgency: String
    }

    init(_ mine: [AppraisalQueries.MySeat], ask: Ask) {
        let words = ask.words
        func isToDo(_ item: AppraisalQueries.MySeat) -> Bool {
            item.isSitting && (item.seat.state == .invited || item.seat.state == .accepted)
        }
        func row(_ item: AppraisalQueries.MySeat) -> Row {
            // What an invited expert may know, to judge conflicts.
            let seen = Seen(item.dossier, as: [.expert])
            let due = isToDo(item) ? item.due : nil
            let left = due.map { $0.rawValue - ask.now.rawValue } ?? .max
            return Row(
                href: "/appraisals/\(item.seat.id)",
                verb: words[item.seat.state == .invited ? "task.appraisal-answer" : "task.appraisal-write"],
                number: seen[DossierSight.number] ?? "", title: seen[DossierSight.title] ?? "",
                university: seen[DossierSight.universityName] ?? "",
                step: words.filled(
                    "appraisal.desk.step",
                    [
                        "step": item.step?.label.text(in: ask.language) ?? "",
                        "lens": item.lens?.label.text(in: ask.language) ?? "",
                    ]), state: Self.state(item, words), kind: AppraisalPanelPage.kind(item.seat.state),
                due: ask.due(due, none: ""), dueISO: due?.iso ?? "", now: ask.now.iso, hasDue: due != nil,
                urgency: left < 0
                    ? "late" : left < 86_400_000 ? "urgent" : left < 3 * 86_400_000 ? "soon" : "")
        }
        open = mine.filter(isToDo).map(row)
        over = mine.filter { !isToDo($0) }.map(row)
        hasOpen = !open.isEmpty
        hasOver = !over.isEmpty
        isEmpty = mine.isEmpty
        lede = words.filled("appraisal.desk.lede", ["count": "\(open.count)"])
    }

    private static func state(_ item: AppraisalQueries.MySeat, _ words: Words.Catalogue) -> String {
        switch item.seat.state {
        case .invited, .accepted:
            words[item.isSitting ? "appraisal.mine.\(item.seat.state.rawValue)" : "appraisal.mine.over"]
        case .written, .declined, .recused, .released: words["appraisal.mine.\(item.seat.state.rawValue)"]
        }
    }
}

/// What an invited expert may know, to judge conflicts: no more.
struct AppraisalInvitationPage: Sendable {
    let base: String
    let number: String
    let title: String
    let step: String
    let lens: String
    let discipline: String
    let applicant: String
    let university: String
    let members: [String]
    let hasMembers: Bool
    let due: String
    let hasDue: Bool
    let reason: String
    let nature: String
    let hasErrors: Bool
    let errors: [String]

    init(_ mine: AppraisalQueries.MySeat, members: [TeamMember], errors: [String], ask: Ask) {
        let seen = Seen(mine.dossier, as: [.expert])
        base = "/appraisals/\(mine.seat.id)"
        number = seen[DossierSight.number] ?? ""
        title = seen[DossierSight.title] ?? ""
        step = mine.step?.label.text(in: ask.language) ?? ""
        lens = mine.lens?.label.text(in: ask.language) ?? ""
        let code = seen[DossierSight.discipline] ?? ""
        discipline = "\(ask.house.disciplineNames[code] ?? "")（\(code)）"
        applicant = seen[DossierSight.ownerName] ?? ""
        university = seen[DossierSight.universityName] ?? ""
        self.members = members.map { "\($0.name)（\($0.organisationName)）" }
        hasMembers = !members.isEmpty
        due = ask.due(mine.due, none: "")
        hasDue = mine.due != nil
        reason = ask.form.text("reason")
        nature = ask.form.text("nature")
        self.errors = errors
        hasErrors = !errors.isEmpty
    }
}

/// A seat on which nothing more is to be done.
struct EndedSeatPage: Sendable {
    let number: String
    let text: String

    init(_ mine: AppraisalQueries.MySeat, ask: Ask) {
        number = mine.dossier.number
        switch mine.seat.state {
        case .invited, .accepted, .written:
            text = ask.words[mine.seat.endedFact == nil ? "appraisal.ended.over" : "appraisal.ended.before"]
        case .declined, .recused, .released:
            text = ask.words["appraisal.ended.\(mine.seat.state.rawValue)"]
        }
    }
}

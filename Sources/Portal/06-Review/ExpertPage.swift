package import Lifecycle

/// An expert's desk: what to answer, what to write, what is done.
package struct ExpertDeskPage: Sendable {
    package let invited: [Row]
    package let hasInvited: Bool
    package let accepted: [Row]
    package let hasAccepted: Bool
    package let done: [Row]
    package let hasDone: Bool
    package let ended: [Row]
    package let hasEnded: Bool
    package let isEmpty: Bool
    package let lede: String
    /// Calls in which the expert may say how willing they are.
    package let bidding: [Bidding]
    package let hasBidding: Bool

    package struct Bidding: Sendable {
        package let href: String
        package let title: String
        package let said: String
    }

    package struct Row: Sendable {
        package let href: String
        package let number: String
        package let title: String
        package let discipline: String
        package let university: String
        package let state: String
        package let kind: String
        package let due: String
        package let dueISO: String
        package let now: String
        package let hasDue: Bool
        package let urgency: String
        package let note: String
    }

    package init(
        _ mine: [ReviewQueries.MyAssignment], bidding: [BidQueries.Open], ask: Ask
    ) {
        let words = ask.words
        self.bidding = bidding.map {
            Bidding(
                href: "/bids/\($0.call)", title: $0.title,
                said: words.filled("bid.desk.said", ["count": "\($0.said)"]))
        }
        hasBidding = !bidding.isEmpty
        func row(_ item: ReviewQueries.MyAssignment) -> Row {
            let due = item.stepKind == "review" ? item.dueAt : nil
            let left = due.map { $0.rawValue - ask.now.rawValue } ?? .max
            let note: String =
                switch item.state {
                case .submitted:
                    words.filled("review.desk.at", ["at": item.submittedAt?.text ?? ""])
                case .accepted:
                    item.sentBack.map { words.filled("review.assign.sentBack", ["reason": $0]) }
                        ?? words[item.hasDraft ? "review.desk.draft" : "review.desk.noDraft"]
                case .invited: words.filled("review.desk.asked", ["at": item.assignedAt.text])
                case .declined, .released: ""
                }
            return Row(
                href: "/reviews/\(item.id)", number: item.number, title: item.title,
                discipline: ask.house.disciplineNames[item.discipline] ?? item.discipline,
                university: item.universityName, state: words["review.mine.\(item.state.rawValue)"],
                kind: AssignPage.kind(item.state), due: ask.due(due, none: ""), dueISO: due?.iso ?? "",
                now: ask.now.iso, hasDue: due != nil,
                urgency: left < 0
                    ? "late" : left < 86_400_000 ? "urgent" : left < 3 * 86_400_000 ? "soon" : "",
                note: note)
        }
        invited = mine.filter { $0.state == .invited }.map(row)
        accepted = mine.filter { $0.state == .accepted }.map(row)
        done = mine.filter { $0.state == .submitted }.map(row)
        ended = mine.filter { $0.state == .declined || $0.state == .released }.map(row)
        hasInvited = !invited.isEmpty
        hasAccepted = !accepted.isEmpty
        hasDone = !done.isEmpty
        hasEnded = !ended.isEmpty
        isEmpty = mine.isEmpty && bidding.isEmpty
        lede = words.filled(
            "review.desk.lede", ["invited": "\(invited.count)", "accepted": "\(accepted.count)"])
    }
}

/// What an invited expert may know, to judge conflicts: no more.
package struct ReviewInvitationPage: Sendable {
    package let base: String
    package let number: String
    package let title: String
    package let discipline: String
    package let applicant: String
    package let university: String
    package let members: [String]
    package let hasMembers: Bool
    package let due: String
    package let hasDue: Bool
    package let reason: String
    package let nature: String
    package let hasErrors: Bool
    package let errors: [String]

    package init(
        _ assignment: AssignmentRecord, _ seen: Seen<DossierRecord>, members: [TeamMember],
        due: Instant?, errors: [String], ask: Ask
    ) {
        base = "/reviews/\(assignment.id)"
        number = seen[DossierSight.number] ?? ""
        title = seen[DossierSight.title] ?? ""
        let code = seen[DossierSight.discipline] ?? ""
        discipline = "\(ask.house.disciplineNames[code] ?? "")（\(code)）"
        applicant = seen[DossierSight.ownerName] ?? ""
        university = seen[DossierSight.universityName] ?? ""
        self.members = members.map { "\($0.name)（\($0.organisationName)）" }
        hasMembers = !members.isEmpty
        self.due = ask.due(due, none: "")
        hasDue = due != nil
        reason = ask.form.text("reason")
        nature = ask.form.text("nature")
        self.errors = errors
        hasErrors = !errors.isEmpty
    }
}

/// An assignment that is over without a review.
package struct EndedAssignmentPage: Sendable {
    package let number: String
    package let text: String

    package init(_ assignment: AssignmentRecord, number: String, ask: Ask) {
        self.number = number
        text = ask.words["review.ended.\(assignment.state.rawValue)"]
    }
}

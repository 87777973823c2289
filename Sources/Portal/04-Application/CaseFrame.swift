package import Lifecycle
package import Store

/// The constant head of every page of a case: number, standing, whose turn, next deadline, and the tabs.
/// Templates place it with `{{>case/head}}` from `page.head`.
package struct CaseFrame: Sendable {
    package let number: String
    package let title: String
    package let applicant: String
    package let university: String
    package let standing: String
    /// Variant of the badge: `info`, `good`, `bad`.
    package let standingKind: String
    package let turn: String
    package let due: String
    package let dueISO: String
    package let isLate: Bool
    package let hasDue: Bool
    /// Where the deadline hangs on a year whose holidays are not published; empty elsewhere.
    package let calendarGap: String
    package let hasGap: Bool
    package let now: String
    package let tabs: [Tab]

    package struct Tab: Sendable {
        package let href: String
        package let label: String
        package let current: Bool
    }

    /// - Parameter tab: id of the current tab; empty for the overview.
    package init(
        _ seen: Seen<DossierRecord>, id: ID<Application>, standing: Standing, tab: String, ask: Ask
    ) {
        let words = ask.words
        number = seen[DossierSight.number] ?? ""
        title = seen[DossierSight.title] ?? ""
        applicant = seen[DossierSight.ownerName] ?? ""
        university = seen[DossierSight.universityName] ?? ""
        let outline = Dossiers.Outline(standing)
        let mayKnow = seen[DossierSight.standing] != nil
        switch outline.state {
        case "open":
            let label = standing.open.map { $0.step.label.text(in: ask.language) }
                .joined(separator: ask.language == .zh ? "、" : ", ")
            self.standing = mayKnow ? label : words["case.in-progress"]
            standingKind = "info"
        default:
            // Where it ended is told to whom its standing is.
            let stands = CaseStateWords(outline.state, at: mayKnow ? outline.kind : nil, words)
            self.standing = stands.text
            standingKind = stands.tone
        }
        turn = mayKnow && !outline.holder.isEmpty ? words["role.\(outline.holder)"] : "—"
        let shownDue = mayKnow ? outline.due : nil
        due = shownDue?.text ?? ""
        dueISO = shownDue?.iso ?? ""
        hasDue = shownDue != nil
        calendarGap = ask.calendarGap(until: shownDue)
        hasGap = !calendarGap.isEmpty
        isLate = shownDue.map { $0 < ask.now } ?? false
        now = ask.now.iso
        var tabs: [Tab] = []
        let kinds = Set(standing.steps.map(\.step.kind))
        for slice in ask.house.slices {
            for item in slice.tabs
            where !item.relations.isDisjoint(with: seen.relations)
                && (item.kinds.isEmpty || !item.kinds.isDisjoint(with: kinds))
            {
                tabs.append(
                    Tab(
                        href: item.id.isEmpty ? "/cases/\(id)" : "/cases/\(id)/\(item.id)",
                        label: words["case.tab.\(item.id.isEmpty ? "overview" : item.id)"],
                        current: item.id == tab))
            }
        }
        self.tabs = tabs
    }
}

/// A dossier opened for a page: what the viewer sees of it, its call and programme, and where it stands.
package struct OpenCase: Sendable {
    package let record: DossierRecord
    package let seen: Seen<DossierRecord>
    package let call: Call
    package let programme: Programme
    package let standing: Standing
    /// What it bids for; nil where its call lets no topics.
    package let topic: TopicRecord?

    /// Missing unless the viewer is something to the dossier and, if `relations` are given, one of them.
    package static func find(
        _ id: ID<Application>, for viewer: Viewer, as relations: Set<Relation>? = nil, _ house: House,
        _ store: Transaction
    ) throws -> OpenCase {
        let (record, seen) = try DossierSight.find(id, for: viewer, store)
        if let relations, relations.isDisjoint(with: seen.relations) { throw Missing() }
        let (call, programme) = try Calls.found(record.call, house, store)
        return OpenCase(
            record: record, seen: seen, call: call, programme: programme,
            standing: try Dossiers.standing(of: id, in: call, programme, house, store),
            topic: try record.topic.isEmpty ? nil : TopicQueries.find(ID(record.topic), store))
    }

    /// What its experts were asked.
    package var review: ReviewInstrument { call.review(of: programme) }

    /// The programme's form with the topic that was chosen, where there was something to choose.
    package var form: ApplicationForm {
        let chosen = topic.map { record -> [TopicOffer] in
            let seen = Seen(record, as: self.seen.relations)
            return [
                TopicOffer(
                    id: record.id, number: seen[TopicSight.number] ?? "", title: seen[TopicSight.title] ?? "",
                    ceiling: seen[TopicSight.ceiling] ?? .zero, user: seen[TopicSight.user] ?? "",
                    indicators: seen[TopicSight.text]?.indicators ?? [])
            ]
        }
        return ApplicationForm(
            of: programme, choosing: chosen ?? [],
            answers: topic.map { [ApplicationForm.topic: $0.id.rawValue] } ?? [:])
    }

    /// Notes that the viewer reads what such a field stands for, where they see it and it is of somebody else.
    package func note<Record, Value>(
        _ kind: Reads.Kind, of field: Field<Record, Value>, _ ask: Ask
    ) async throws {
        guard seen.relations.isDisjoint(with: [.owner, .teamMember]),
            !field.seenBy.isDisjoint(with: seen.relations)
        else { return }
        try await Reads.note(kind, about: .application(record.id), ask)
    }

    package func head(tab: String, _ ask: Ask) -> CaseFrame {
        CaseFrame(
            seen, id: record.id, standing: standing, tab: tab, ask: ask)
    }
}

import Lifecycle
import Store

/// What a meeting's page says of candidates who are heard, and of what is written down.
extension MeetingPage {
    struct Notes: Sendable {
        let title: String
        let fields: [CaseProposalPage.Field]
        let isErased: Bool
    }

    /// The form of what is written, and what was.
    struct Written: Sendable {
        let form: StatementForm?
        let programme: Programme?
        let notes: [ID<Application>: MeetingNotes]
        /// What was typed of the dossier whose turn it is, where it was refused.
        let typed: [String: String]

        init(
            _ record: MeetingRecord, typed: [String: String], _ house: House, _ store: Transaction
        ) throws {
            notes = try MeetingNotes.all(of: record, store)
            self.typed = typed
            programme = record.writes ? try Calls.found(record.call, house, store).1 : nil
            form = programme?.statement(record.notes)
        }

        /// A refusal about a field of the form, with the field's name as the reader has it.
        func named(_ refusal: Refusal, in language: Language) -> Refusal {
            guard let field = form?.fields.first(where: { $0.id == refusal.values["field"] }) else {
                return refusal
            }
            let values = refusal.values.merging(["label": field.label.text(in: language)]) { _, new in new }
            return Refusal(refusal.code, values, citation: refusal.citation)
        }
    }

    static func terms(_ quorum: Int, _ majority: Int?, hears: Bool, _ words: Words.Catalogue) -> String {
        let room = hears ? "meeting.termsHeard" : majority == nil ? "meeting.termsSaid" : nil
        let heard = room.map { words.filled($0, ["quorum": "\(quorum)"]) }
        let voted = majority.map {
            words.filled("meeting.terms", ["quorum": "\(quorum)", "majority": "\($0)"])
        }
        return [heard, voted ?? words["meeting.termsNoVote"]].compactMap(\.self).joined(
            separator: words.language == .zh ? "" : " ")
    }

    /// From when to when a candidate was heard; empty where nobody was.
    static func heard(_ item: Seen<MeetingItem>, _ words: Words.Catalogue) -> String {
        guard let from = item[MeetingSight.heardAt].flatMap(\.self) else { return "" }
        guard let until = item[MeetingSight.heardUntil].flatMap(\.self) else {
            return words.filled("meeting.heardFrom", ["from": from.text])
        }
        return words.filled("meeting.heard", ["from": from.text, "to": until.text])
    }

    /// The form of what is written, as it was typed.
    static func fields(_ written: Written, _ refusals: [Refusal], _ ask: Ask) -> [FormControl] {
        guard let form = written.form, let programme = written.programme else { return [] }
        let read = ApplicationForm(sections: []).reading(written.typed, section: form.section)
        let problems = refusals.compactMap { refusal -> AnswerProblem? in
            guard let id = refusal.values["field"], refusal.code.hasPrefix("answer."),
                let field = form.fields.first(where: { $0.id == id })
            else { return nil }
            return AnswerProblem(
                section: form.id, field: id, label: field.label, code: String(refusal.code.dropFirst(7)),
                values: refusal.values)
        }
        return SectionFields(
            form.section, values: read.answers, problems: problems, programme: programme,
            disciplines: DisciplineList([]), disabled: false, ask
        ).fields
    }
}

extension MeetingPage.Notes {
    init?(
        _ written: MeetingPage.Written, of application: ID<Application>, as relations: Set<Relation>,
        _ ask: Ask
    ) {
        guard let notes = written.notes[application],
            let answers = Seen(notes, as: relations)[MeetingSight.notes].map(Drafts.decode)
        else { return nil }
        title = written.form?.label.text(in: ask.language) ?? ""
        isErased = notes.form.isEmpty
        fields =
            isErased
            ? []
            : (written.form?.fields ?? []).map {
                CaseProposalPage.Field($0, answers[$0.id] ?? "", alone: false, ask)
            }
    }
}

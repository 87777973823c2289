import Lifecycle

extension ProgrammeCheck {
    /// A step at which a panel meets is an officer's to arrange, and goes by a quorum that is stated, and by a majority
    /// unless what is said is written down and nobody votes.
    func checkMeeting() {
        for step in programme.procedure.steps
        where step.hears == true && (step.kind != .meet || step.statement == nil) {
            log.add(
                place("step:\(step.id)/hears"), "meeting.hears", "面谈（hears）只用于 meet 步骤，并须写明用哪份记录（statement）",
                "only a meeting hears candidates (hears), and names the statement in which it is written down"
            )
        }
        guard let step = programme.procedure.step(of: .meet) else { return }
        let here = place("step:\(step.id)")
        if step.by != .programmeOfficer {
            log.add(
                here, "step.meet-by", "评审会议由项目主管安排（by: programme-officer）",
                "a programme officer arranges a meeting (by: programme-officer)")
        }
        for id in [MeetingTerms.quorum, MeetingTerms.majority] {
            guard let stated = programme.defaults.first(where: { $0.id == id }) else {
                if id == MeetingTerms.majority, step.statement != nil { continue }
                log.add(
                    here, "meeting.no-terms", "评审会议须在 defaults 里写明 \(id)",
                    "a meeting needs \(id) among the defaults")
                continue
            }
            let bounds = id == MeetingTerms.majority ? 51...100 : 1...999
            if !bounds.contains(stated.value) {
                log.add(
                    here, "meeting.terms", "\(id) 须在 \(bounds.lowerBound) 到 \(bounds.upperBound) 之间",
                    "\(id) is between \(bounds.lowerBound) and \(bounds.upperBound)")
            }
        }
        if let form = programme.statement(of: step) { check(notes: form) }
    }

    /// What is written of a dossier decides nothing by itself, and is read by those who decide.
    private func check(notes form: StatementForm) {
        if form.outcomes != [.done] || form.nature != nil || form.tally != nil || form.roll != nil {
            log.add(
                place("statement:\(form.id)"), "meeting.notes",
                "会议记录只供填写，不写 verdict、pledge、grounds、checklist、tally、roll",
                "notes of a meeting have no verdict, pledge, grounds, checklist, tally or roll")
        }
        if !form.seenBy.contains(.commission) {
            log.add(
                place("statement:\(form.id)/seenBy"), "meeting.notes-hidden",
                "作决定的人须能看到会议记录（seenBy: [commission]）",
                "who decides has to read the notes of a meeting (seenBy: [commission])")
        }
    }
}

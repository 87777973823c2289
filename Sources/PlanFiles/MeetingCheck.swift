import Lifecycle

extension ProgrammeCheck {
    /// A step at which a panel meets is an officer's to arrange, and goes by a quorum and a majority that are stated.
    func checkMeeting() {
        guard let step = programme.procedure.step(of: .meet) else { return }
        let here = place("step:\(step.id)")
        if step.by != .programmeOfficer {
            log.add(
                here, "step.meet-by", "评审会议由项目主管安排（by: programme-officer）",
                "a programme officer arranges a meeting (by: programme-officer)")
        }
        for id in [MeetingTerms.quorum, MeetingTerms.majority] {
            guard let stated = programme.defaults.first(where: { $0.id == id }) else {
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
    }
}

/// Demands on the field of those whom a dossier asked in.
extension ApplicantFacts {
    /// Reckoned from what is registered. Who is registered with no discipline confirmed the field by their own word, which
    /// neither meets the demand nor fails it; and as long as fewer accepted than it takes, nothing is settled.
    func sameField(_ role: Role, least: Int, _ level: DisciplineLevel) -> Finding {
        let asked = (applicant.parties ?? []).filter { $0.role == role }
        let field = applicant.discipline.flatMap(level.part)
        var looked = [
            Looked.fact("申请的学科", "Discipline of the application", field),
            Looked.fact("已接受邀请的", "Accepted", asked.count),
        ]
        guard let field else { return .unknown(looked + [Looked.fact("至少（名）", "At least", least)]) }
        let unregistered = asked.count { $0.disciplines.isEmpty }
        let same = asked.count { party in party.disciplines.contains { level.part(of: $0) == field } }
        looked += [
            Looked.fact("登记学科相同的", "Registered in the same field", same),
            Looked.fact("登记学科不同的", "Registered in another", asked.count - same - unregistered),
            Looked.fact("没有登记学科、只有本人确认的", "Not registered, by their own word alone", unregistered),
            Looked.fact("至少（名）", "At least", least),
        ]
        if same >= least { return .decided(true, looked) }
        return asked.count >= least && same + unregistered < least
            ? .decided(false, looked) : .unknown(looked)
    }
}

/// Demands on the applicant's place: the university, the post, the time in service, other applications.
extension ApplicantFacts {
    func level(among levels: [String]) -> Finding {
        let looked = [Looked.fact("办学层次", "Level of the university", applicant.level)]
        guard let level = applicant.level else { return .unknown(looked) }
        return .decided(levels.contains(level), looked)
    }

    func group(_ groups: [String], also: String?, whenFlag flag: String?) -> Finding {
        var looked = [Looked.fact("单位类别", "Group of the university", applicant.group)]
        guard let group = applicant.group else { return .unknown(looked) }
        if groups.contains(group) { return .decided(true, looked) }
        guard let also, let flag, group == also else { return .decided(false, looked) }
        let allowed = settings.flag(flag)
        looked.append(Looked.fact("指南是否准许此类单位", "The call admits this group", allowed))
        return .decided(allowed, looked)
    }

    func fullTimeTeacher() -> Finding {
        .decided(
            applicant.fullTimeTeacher, [Looked.fact("专任教师", "Full-time teacher", applicant.fullTimeTeacher)])
    }

    func serviceCoversProject() -> Finding {
        let looked = [
            Looked.fact("在职至", "In service until", applicant.serviceUntil),
            Looked.fact("项目最后一日", "Last day of the project", projectEnd),
        ]
        guard let until = applicant.serviceUntil, let end = projectEnd else { return .unknown(looked) }
        return .decided(until >= end, looked)
    }

    func applications(most: Int) -> Finding {
        let others = applicant.otherApplications
        return .decided(
            others.map { $0 + 1 <= most },
            [
                Looked.fact("本人的其他申请", "Other applications of the person", others),
                Looked.fact("每人限报", "Allowed to a person", most),
            ])
    }

    /// Across the calls of the year; which they are is told.
    func applications(most: Int, of family: String) -> Finding {
        let limit = Looked.fact("每人限报", "Allowed to a person", most)
        guard let all = applicant.familyApplications else {
            return .unknown([
                Looked.fact("本人在同类征集的其他申请", "Other applications in calls alike", nil as Int?), limit,
            ])
        }
        let calls = all.filter { $0.family == family }.map(\.call).sorted()
        return .decided(
            calls.count + 1 <= most,
            [
                Looked.fact("本人在同类征集的其他申请", "Other applications in calls alike", calls.count),
                Looked.fact("所在征集", "In the calls", calls.isEmpty ? "none" : calls.joined(separator: "、")),
                limit,
            ])
    }
}

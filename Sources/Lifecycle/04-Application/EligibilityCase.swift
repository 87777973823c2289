extension RuleCase {
    /// The verdict on the case's facts; nil where an application's rule meets anything but one applicant.
    package func verdict(of rule: Rule) -> Verdict? {
        switch rule.scope {
        case .list: return rule.verdict(on: on, list: applicants, quota: quota, settings: settings)
        case .application:
            guard applicants.count == 1, let applicant = applicants.first else { return nil }
            return rule.verdict(
                on: on, applicant: applicant, settings: settings, callYear: callYear,
                projectEnd: settings.projectEnd)
        }
    }
}

/// Demands on what the applicant did before, as the track record tells it.
extension ApplicantFacts {
    func noActiveProject(of family: String) -> Finding {
        none("在研项目", "Running projects") {
            $0.kind == .led && $0.family == family && ($0.until.map { $0 >= day } ?? true)
        }
    }

    func notRevoked(_ family: String, since first: Day) -> Finding {
        let finding = none("被撤销的项目", "Revoked projects") {
            $0.kind == .revoked && $0.family == family && $0.happened >= first
        }
        return finding.adding(Looked.fact("自", "Since", first))
    }

    func lateClosing(_ family: String, years: Int) -> Finding {
        let finding = none("未按时结项、暂停期未满的项目", "Late closings still in the pause") {
            $0.kind == .closedLate && $0.family == family && day < $0.happened.adding(years: years)
        }
        return finding.adding(Looked.fact("暂停（年）", "Pause (years)", years))
    }

    /// A project revoked or closed late was led too.
    func neverLed(_ family: String) -> Finding {
        none("承担过的项目", "Projects led") { $0.kind != .unfunded && $0.family == family }
    }

    func neverLed(_ level: TrackRecord.Level) -> Finding {
        none("该级别及以上的项目", "Projects of the level or above") {
            $0.kind != .unfunded && $0.level.rank >= level.rank
        }
    }

    /// Unmet when an application was left unfunded in every one of the years before the call's year. The
    /// record's `from` lies in the round's year.
    func notUnfunded(_ family: String, years: Int) -> Finding {
        guard let record = applicant.record else {
            return .unknown([Looked.fact("往年申请", "Earlier applications", nil as String?)])
        }
        let wanted = (callYear - years)..<callYear
        let unfunded = Set(
            record.filter { $0.kind == .unfunded && $0.family == family && wanted.contains($0.from.year) }
                .map(\.from.year))
        let found = unfunded.sorted().map { String($0) }.joined(separator: ", ")
        return .decided(
            unfunded.count < years,
            [
                Looked.fact("未获资助的年度", "Years left unfunded", found.isEmpty ? "none" : found),
                Looked.fact("往前看（年）", "Years looked back", years),
            ])
    }

    /// Met when no entry of the record fits; unknown without a record.
    private func none(_ zh: String, _ en: String, _ fits: (TrackRecord) -> Bool) -> Finding {
        guard let record = applicant.record else { return .unknown([Looked.fact(zh, en, nil as String?)]) }
        let found = record.filter(fits)
        let text = found.map { entry in
            let period = "\(entry.from)—\(entry.until?.text ?? "")"
            return entry.title.isEmpty ? period : "\(entry.title) (\(period))"
        }
        return .decided(
            found.isEmpty, [Looked.fact(zh, en, found.isEmpty ? "none" : text.joined(separator: "; "))])
    }
}

extension Finding {
    func adding(_ fact: Verdict.Looked) -> Finding { Finding(result: result, looked: looked + [fact]) }
}

extension TrackRecord {
    /// The day it came to its end: revoked, closed.
    var happened: Day { until ?? from }
}

extension TrackRecord.Level {
    var rank: Int {
        switch self {
        case .city: 0
        case .provincial: 1
        case .national: 2
        }
    }
}

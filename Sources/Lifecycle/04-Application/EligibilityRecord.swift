/// Demands on what the applicant did before, as the track record tells it.
extension ApplicantFacts {
    func noActiveProject(of family: String) -> Finding {
        none("在研项目", "Running projects", known(.family(family), [.led], since: day)) {
            $0.kind == .led && $0.family == family && ($0.until.map { $0 >= day } ?? true)
        }
    }

    func notRevoked(_ family: String, since first: Day) -> Finding {
        let finding = none("被撤销的项目", "Revoked projects", known(.family(family), [.revoked], since: first)) {
            $0.kind == .revoked && $0.family == family && $0.happened >= first
        }
        return finding.adding(Looked.fact("自", "Since", first))
    }

    func lateClosing(_ family: String, years: Int) -> Finding {
        let finding = none(
            "未按时结项、暂停期未满的项目", "Late closings still in the pause",
            known(.family(family), [.closedLate], since: day.adding(years: -years))
        ) {
            $0.kind == .closedLate && $0.family == family && day < $0.happened.adding(years: years)
        }
        return finding.adding(Looked.fact("暂停（年）", "Pause (years)", years))
    }

    /// A project revoked or closed late was led too.
    func neverLed(_ family: String) -> Finding {
        none("承担过的项目", "Projects led", known(.family(family), Self.leading, since: nil)) {
            Self.leading.contains($0.kind) && $0.family == family
        }
    }

    func neverLed(_ level: TrackRecord.Level) -> Finding {
        none("该级别及以上的项目", "Projects of the level or above", known(.level(level), Self.leading, since: nil)) {
            Self.leading.contains($0.kind) && $0.level.rank >= level.rank
        }
    }

    /// Unmet when an application was left unfunded in every one of the years before the call's year. The
    /// record's `from` lies in the round's year. One year that is known to be free of it is enough to be met.
    func notUnfunded(_ family: String, years: Int) -> Finding {
        guard let record = applicant.record else {
            return .unknown([Looked.fact("往年申请", "Earlier applications", nil as String?)])
        }
        let wanted = (callYear - years)..<callYear
        let unfunded = Set(
            record.filter { $0.kind == .unfunded && $0.family == family && wanted.contains($0.from.year) }
                .map(\.from.year))
        let found = unfunded.sorted().map { String($0) }.joined(separator: ", ")
        let looked = [
            Looked.fact("未获资助的年度", "Years left unfunded", found.isEmpty ? "none" : found),
            Looked.fact("往前看（年）", "Years looked back", years),
        ]
        if unfunded.count >= years { return .decided(false, looked) }
        let free = wanted.filter { !unfunded.contains($0) }
        let past = free.map { known(.family(family), [.unfunded], since: Day(year: $0, month: 1, day: 1)) }
        if past.contains(where: \.suffices) { return .decided(true, looked) }
        return .unknown(looked + (past.last?.looked ?? []))
    }

    /// Whoever decided it, and whatever it was decided for. Only what holds on the day counts: a bar that ended says
    /// nothing any more.
    func notBarred() -> Finding {
        none("处理期", "Bars", known(.level(.city), [.barred], since: day)) {
            $0.kind == .barred && $0.from <= day && ($0.until.map { $0 >= day } ?? true)
        }
    }

    /// Unmet when an entry of the record fits. Met when none does and the record goes back far enough to tell;
    /// unknown without a record, and where it does not.
    private func none(_ zh: String, _ en: String, _ past: PastLooked, _ fits: (TrackRecord) -> Bool)
        -> Finding
    {
        guard let record = applicant.record else { return .unknown([Looked.fact(zh, en, nil as String?)]) }
        let found = record.filter(fits)
        guard found.isEmpty else {
            let text = found.map { entry in
                let period = "\(entry.from)—\(entry.until?.text ?? "")"
                return entry.title.isEmpty ? period : "\(entry.title) (\(period))"
            }
            return .decided(false, [Looked.fact(zh, en, text.joined(separator: "; "))])
        }
        let looked = Looked.fact(zh, en, "none")
        return past.suffices ? .decided(true, [looked]) : .unknown([looked] + past.looked)
    }

    /// Everything that makes somebody one who led: a project revoked or closed late was led too.
    private static let leading: [TrackRecord.Kind] = [.led, .revoked, .closedLate]

    /// Whether all of `kinds` is known back to `day`, and how far back it is. Nil stands for the beginning.
    private func known(_ scope: KnownPast.Scope, _ kinds: [TrackRecord.Kind], since day: Day?) -> PastLooked {
        guard let all = applicant.known else { return PastLooked(suffices: true, looked: []) }
        let suffices = kinds.allSatisfy { kind in
            all.contains { $0.covers(kind, in: scope) && $0.reaches(day) }
        }
        guard !suffices else { return PastLooked(suffices: true, looked: []) }
        // As far back as the kind that is known least.
        let beginning = Day(number: -1_000_000)
        let backs = kinds.map { kind in
            all.filter { $0.covers(kind, in: scope) }.map { $0.since ?? beginning }.min()
        }
        let back: Day? = backs.contains(nil) ? nil : backs.compactMap { $0 }.max()
        return PastLooked(
            suffices: false,
            looked: [
                Looked.fact("记录可查自", "On record since", back),
                Looked.fact("须查至", "To be known since", day?.text ?? "beginning"),
            ])
    }
}

/// Whether a record goes back far enough, and what to say where it does not.
private struct PastLooked {
    let suffices: Bool
    let looked: [Verdict.Looked]
}

extension Finding {
    func adding(_ fact: Verdict.Looked) -> Finding { Finding(result: result, looked: looked + [fact]) }
}

extension TrackRecord {
    /// The day it came to its end: revoked, closed.
    var happened: Day { until ?? from }
}

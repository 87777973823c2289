/// Rules: what is demanded, from when, and how firmly.
extension DiffLog {
    mutating func compareRules(_ old: [Rule], _ new: [Rule]) {
        pair(
            .rule, old, new, id: \.id, label: \.label, what: Label("规则", "rule"),
            text: { rule in rule.versions.last?.words(of: rule) ?? rule.label }
        ) { log, was, now in
            log.compare(
                .rule, now.id, now.label, Label("名称", "name"), was.label, now.label, kind: .reworded
            ) { $0 }
            log.compare(.rule, now.id, now.label, Label("适用于", "judged for"), was.scope, now.scope) {
                switch $0 {
                case .application: Label("单项申请", "one application")
                case .list: Label("学校名单", "a university's list")
                }
            }
            log.compareVersions(was, now)
        }
    }

    /// Versions belong together by the day they begin.
    private mutating func compareVersions(_ was: Rule, _ now: Rule) {
        pair(
            .rule, was.versions, now.versions, id: { "\(now.id)@\($0.from)" },
            label: { $0.label ?? now.label },
            what: Label("版本", "version"),
            text: { version in
                Label(
                    "自 \(version.from) 起：\(version.words(of: now).zh)",
                    "from \(version.from): \(version.words(of: now).en)")
            }
        ) { log, old, new in
            let (id, subject) = (now.id, new.label ?? now.label)
            if old.demand != new.demand {
                log.add(
                    .rule, new.strictness(against: old), id, subject,
                    Label("要求（自 \(new.from) 起）", "what is demanded (from \(new.from))"), old.demandWords,
                    new.demandWords)
            }
            log.compare(.rule, id, subject, Label("终止于", "ends"), old.until, new.until) {
                $0.map { DiffWords.plain($0.text) } ?? Label("一直有效", "goes on")
            }
            if old.when != new.when {
                log.add(
                    .rule, new.breadth(against: old), id, subject, Label("只要求", "asked only of"),
                    DiffWords.condition(old.when), DiffWords.condition(new.when))
            }
            if old.exceptionBy != new.exceptionBy {
                let kind: ProgrammeDiff.Kind =
                    old.exceptionBy == nil ? .loosened : new.exceptionBy == nil ? .tightened : .changed
                log.add(
                    .rule, kind, id, subject, Label("谁可准予例外", "who may grant an exception"),
                    DiffWords.role(old.exceptionBy), DiffWords.role(new.exceptionBy))
            }
            log.compare(
                .rule, id, subject, Label("效力", "standing"), old.standing, new.standing, DiffWords.standing)
            log.compare(
                .rule, id, subject, Label("出处", "source"), old.cites, new.cites, kind: .reworded,
                DiffWords.citation)
            log.compare(
                .rule, id, subject, Label("出处的核对", "check of the source"), old.verified, new.verified,
                kind: .reworded
            ) { DiffWords.check($0) }
            log.compare(
                .rule, id, subject, Label("说法", "wording"), old.label, new.label, kind: .reworded
            ) { $0 ?? DiffWords.none }
            log.compare(
                .rule, id, subject, Label("补救办法", "what can be done"), old.remedy, new.remedy,
                kind: .reworded
            ) { $0 ?? DiffWords.none }
        }
    }
}

extension RuleVersion {
    fileprivate func words(of rule: Rule) -> Label {
        let name = label ?? rule.label
        return demand == nil ? Label("\(name.zh)（未载明）", "\(name.en) (not stated)") : name
    }

    fileprivate var demandWords: Label { demand.map(\.words) ?? Label("未载明", "not stated") }

    /// Asked of fewer, it is looser.
    fileprivate func breadth(against old: RuleVersion) -> ProgrammeDiff.Kind {
        switch (old.when, when) {
        case (_?, nil): return .tightened
        case (nil, _?): return .loosened
        case (nil, nil): return .changed
        case (let was?, let now?):
            let (less, more) = (Set(was.options), Set(now.options))
            guard was.field == now.field else { return .changed }
            return less.isStrictSubset(of: more)
                ? .tightened : more.isStrictSubset(of: less) ? .loosened : .changed
        }
    }

    /// What a demand's change means to who has to meet it.
    fileprivate func strictness(against old: RuleVersion) -> ProgrammeDiff.Kind {
        switch (old.demand, demand) {
        case (nil, nil): .changed
        case (nil, _?): .added
        case (_?, nil): .removed
        case (let was?, let now?): now.strictness(against: was)
        }
    }
}

extension Demand {
    /// Compares two of one kind by their numbers; two of different kinds, or about different things, only differ.
    fileprivate func strictness(against old: Demand) -> ProgrammeDiff.Kind {
        func by(_ was: Int, _ now: Int, moreIsTighter: Bool) -> ProgrammeDiff.Kind {
            was == now ? .changed : (now > was) == moreIsTighter ? .tightened : .loosened
        }
        // Where fewer answers count, the same number of them is harder to reach.
        func byOptions(_ was: [String], _ now: [String]) -> ProgrammeDiff.Kind {
            Set(now).isStrictSubset(of: Set(was))
                ? .tightened : Set(was).isStrictSubset(of: Set(now)) ? .loosened : .changed
        }
        // A pair of every kind would be a table of its own; what is not named here only differs.
        switch (old, self) {
        case (.organisationGroup(let was, nil, _), .organisationGroup(let now, nil, _)):
            return byOptions(was, now)
        case (.organisationLevel(let was), .organisationLevel(let now)):
            return byOptions(was, now)
        case (.applicationsPerPerson(let was), .applicationsPerPerson(let now)):
            return by(was, now, moreIsTighter: false)
        case (
            .applicationsPerPersonInFamily(let was, let family),
            .applicationsPerPersonInFamily(let now, let other)
        )
        where family == other:
            return by(was, now, moreIsTighter: false)
        // What counts in more calls is harder to keep, unless more is allowed.
        case (.applicationsPerPerson(let was), .applicationsPerPersonInFamily(let now, _)):
            return now <= was ? .tightened : .changed
        case (.applicationsPerPersonInFamily(let was, _), .applicationsPerPerson(let now)):
            return now >= was ? .loosened : .changed
        case (.notRevokedSince(let family, let was), .notRevokedSince(let other, let now))
        where family == other:
            return by(was.number, now.number, moreIsTighter: false)
        case (.yearsSinceLateClosing(let family, let was), .yearsSinceLateClosing(let other, let now))
        where family == other:
            return by(was, now, moreIsTighter: true)
        case (.sameField(let role, let was, let level), .sameField(let other, let now, let depth))
        where role == other && level == depth:
            return by(was, now, moreIsTighter: true)
        case (.notUnfundedRunning(let family, let was), .notUnfundedRunning(let other, let now))
        where family == other:
            return by(was, now, moreIsTighter: false)
        case (.neverLedLevel(let was), .neverLedLevel(let now)):
            return by(was.order, now.order, moreIsTighter: false)
        case (.notTitleAtAge(let level, let was, let day), .notTitleAtAge(let other, let now, let otherDay))
        where level == other && day == otherDay:
            return by(was, now, moreIsTighter: false)
        case (.bornOnOrAfterShare(let day, let was), .bornOnOrAfterShare(let other, let now))
        where day == other:
            return by(was, now, moreIsTighter: true)
        case (.ageAtMostShare(let age, let day, let was), .ageAtMostShare(let now, let other, let percent))
        where day == other:
            if age == now { return by(was, percent, moreIsTighter: true) }
            if was == percent { return by(age, now, moreIsTighter: false) }
            let tighter = now < age && percent > was
            return tighter ? .tightened : now > age && percent < was ? .loosened : .changed
        case (.choiceShare(let field, let options, let was), .choiceShare(let other, let chosen, let now))
        where field == other && Set(options) == Set(chosen):
            return by(was, now, moreIsTighter: true)
        case (.choiceShare(let field, let was, let share), .choiceShare(let other, let now, let percent))
        where field == other && share == percent:
            return byOptions(was, now)
        case (.choiceLeast(let field, let was, let number), .choiceLeast(let other, let now, let least))
        where field == other && number == least:
            return byOptions(was, now)
        default: return .changed
        }
    }

    /// What is demanded, in words that show every parameter.
    package var words: Label {
        switch self {
        case .organisationGroup(let groups, let also, let flag):
            let more = also.map {
                Label("，\($0)视指南（\(flag ?? "")）", ", \($0) if the call says so (\(flag ?? ""))")
            }
            return Label(
                "单位类别：\(groups.joined(separator: "、"))\(more?.zh ?? "")",
                "group of the university: \(groups.joined(separator: ", "))\(more?.en ?? "")")
        case .organisationLevel(let levels):
            return Label(
                "办学层次：\(levels.joined(separator: "、"))",
                "level of the university: \(levels.joined(separator: ", "))")
        case .fullTimeTeacher: return Label("专任教师", "a full-time teacher")
        case .serviceCoversProject: return Label("在职至项目结束", "in service until the project ends")
        case .applicationsPerPerson(let most): return Label("每人至多 \(most) 项", "at most \(most) a person")
        case .applicationsPerPersonInFamily(let most, let family):
            return Label(
                "同年度各 \(family) 征集合计每人至多 \(most) 项",
                "at most \(most) a person in all calls of \(family) of a year")
        case .noActiveProject(let family):
            return Label("没有在研的 \(family) 项目", "leads no running project of \(family)")
        case .notRevokedSince(let family, let day):
            return Label("\(day) 以来没有被撤销的 \(family) 项目", "no project of \(family) revoked since \(day)")
        case .yearsSinceLateClosing(let family, let years):
            return Label(
                "\(family) 项目未按时结项后满 \(years) 年", "\(years) years since a late closing in \(family)")
        case .neverLed(let family):
            return Label("没有承担过 \(family) 项目", "never led a project of \(family)")
        case .neverLedLevel(let level):
            return Label(
                "没有承担过 \(level.rawValue) 级及以上项目",
                "never led a project of the level \(level.rawValue) or above")
        case .notTitleAtAge(let title, let age, let day):
            return Label(
                "不是 \(title) 且满 \(age) 周岁（\(day)）", "not both \(title) and aged \(age) or over (\(day))")
        case .notUnfundedRunning(let family, let years):
            return Label(
                "\(family) 没有连续 \(years) 年未获资助", "not unfunded in \(family) for \(years) years running")
        case .notBarred: return Label("不在处理期内", "not barred by a sanction")
        case .bornOnOrAfterShare(let day, let percent):
            return Label("\(day) 及以后出生的不少于 \(percent)%", "at least \(percent) % born on or after \(day)")
        case .ageAtMostShare(let age, let day, let percent):
            return Label(
                "不超过 \(age) 周岁的（\(day)）不少于 \(percent)%", "at least \(percent) % aged \(age) or under (\(day))"
            )
        case .choiceShare(let field, let options, let percent):
            return Label(
                "\(field) 为 \(options.joined(separator: "、")) 的不少于 \(percent)%",
                "at least \(percent) % whose \(field) is \(options.joined(separator: " or "))")
        case .choiceLeast(let field, let options, let number):
            return Label(
                "\(field) 为 \(options.joined(separator: "、")) 的不少于通知所定项数（\(number)）",
                "at least as many as the call says (\(number)) whose \(field) is \(options.joined(separator: " or "))"
            )
        case .quota: return Label("不超过学校限额", "within the university's quota")
        case .amountByChoice(let field, let most, let years):
            let each = most.map { "\($0.option) \($0.text)" }
            return Label(
                "申请金额按 \(field) 不超过：\(each.joined(separator: "、"))\(years.map { "（每年，乘以 \($0)）" } ?? "")",
                "the amount by \(field) at most: \(each.joined(separator: ", "))"
                    + (years.map { " (a year, times \($0))" } ?? ""))
        case .dayWithin(let field, let from, let until):
            return Label(
                "\(field) 不早于 \(from)、不晚于 \(until)", "\(field) not before \(from) and not after \(until)")
        case .sameField(let role, let least, let level):
            let depth =
                switch level {
                case .first: Label("一级学科", "first level")
                case .second: Label("二级学科", "second level")
                }
            return Label(
                "至少 \(least) 名 \(role.rawValue) 的登记学科与申请相同（\(depth.zh)）",
                "at least \(least) (\(role.rawValue)) registered in the application's field (\(depth.en))")
        }
    }
}

extension AmountCeiling {
    fileprivate var text: String {
        switch most {
        case .amount(let amount): amount.yuanText
        case .parameter(let id): id
        }
    }
}

extension TrackRecord.Level {
    /// City, province, nation.
    fileprivate var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

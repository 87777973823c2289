import Lifecycle

/// `cases.yaml`: facts, a day, and what the rules must say.
extension ProgrammeReader {
    func readCases(_ item: YAMLItem) -> [RuleCase]? {
        guard let fields = Fields(item, known: ["cases", "quotas"], log: log),
            let items = fields.list("cases")
        else {
            return nil
        }
        checkUnique(items, key: "name")
        return all(items) { readCase($0) }
    }

    private func readCase(_ item: YAMLItem) -> RuleCase? {
        let known = ["name", "on", "callYear", "settings", "applicant", "list", "quota", "expect"]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let (name, day) = (fields.text("name"), fields.day("on"))
        let year = fields["callYear"]?.int(log, in: 1949...9999)
        let settings = fields.has("settings") ? fields["settings"].flatMap { readSettings($0) } : Settings()
        let quota = fields["quota"]?.int(log, in: 0...100_000)
        var applicants: [Applicant]?
        switch (fields["applicant"], fields["list"]) {
        case (let applicant?, nil): applicants = readApplicant(applicant)
        case (nil, let list?): applicants = all(list.list(log)) { readApplicant($0) }?.flatMap { $0 }
        case (.some, .some), (nil, nil):
            log.add(
                item.place, "case.shape", "案例须有 applicant 或 list 之一", "a case has either applicant or list")
        }
        let expect = fields.required("expect").flatMap { readExpect($0, case: name ?? "") }
        guard let name, let day, let settings, let applicants, let expect else { return nil }
        log.mark("case:\(name)", item.place)
        return RuleCase(
            name: name, on: day, callYear: year, settings: settings, applicants: applicants, quota: quota,
            expect: expect, line: item.place.line)
    }

    private func readExpect(_ item: YAMLItem, case name: String) -> [String: Verdict.Result]? {
        guard case .map(let pairs) = item.value, !pairs.isEmpty else {
            log.add(item.place, "type.mapping", "此处应为“规则: 结果”", "“rule: result” is expected here")
            return nil
        }
        var expect: [String: Verdict.Result] = [:]
        for pair in pairs {
            log.mark("case:\(name)/\(pair.key)", pair.place)
            expect[pair.key] = pair.item.choice(log, Verdict.Result.self)
        }
        return expect.count == pairs.count ? expect : nil
    }

    /// Values of the programme's parameters and defaults; anything else is reported.
    private func readSettings(_ item: YAMLItem) -> Settings? {
        // Without programme.yaml nothing is declared, and that is reported already.
        guard !kinds.isEmpty else { return Settings() }
        guard let fields = Fields(item, known: kinds.keys.sorted(), log: log) else { return nil }
        var settings = Settings()
        for (id, kind) in kinds {
            if let value = fields[id] { settings.values[id] = canonical(value, kind) }
        }
        return settings
    }

    /// One applicant's facts, `times` over; what is not written is not known.
    private func readApplicant(_ item: YAMLItem) -> [Applicant]? {
        let known = [
            "times", "group", "level", "born", "fullTimeTeacher", "serviceUntil", "titleLevel",
            "otherApplications",
            "record", "choices", "discipline", "parties", "amount", "familyApplications",
            "days",
        ]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let times = fields.has("times") ? fields.int("times", in: 1...10_000) : 1
        let record = fields.has("record") ? all(fields.list("record")) { readRecord($0) } : []
        let choices = fields.has("choices") ? fields["choices"].flatMap { readChoices($0) } : nil
        let parties = fields.has("parties") ? all(fields.list("parties")) { readPartyField($0) } : nil
        if fields.has("parties"), parties == nil { return nil }
        let days = fields.has("days") ? fields["days"].flatMap { readDays($0) } : nil
        if fields.has("days"), days == nil { return nil }
        let amount = fields["amount"].flatMap { canonical($0, .money) }
            .flatMap { Int64($0) }.map { Money(fen: $0) }
        let others =
            fields.has("familyApplications")
            ? all(fields.list("familyApplications")) { readFamilyApplication($0) } : nil
        if fields.has("amount") && amount == nil || fields.has("familyApplications") && others == nil {
            return nil
        }
        let applicant = Applicant(
            group: fields["group"]?.text(log), level: fields["level"]?.text(log),
            born: fields["born"]?.day(log),
            fullTimeTeacher: fields["fullTimeTeacher"]?.flag(log),
            serviceUntil: fields["serviceUntil"]?.day(log),
            titleLevel: fields["titleLevel"]?.text(log),
            otherApplications: fields["otherApplications"]?.int(log, in: 0...100),
            record: fields.has("record") ? record : nil, choices: choices,
            discipline: fields["discipline"]?.text(log), parties: parties, amount: amount,
            familyApplications: others, days: days)
        guard let times, record != nil, choices != nil || !fields.has("choices") else { return nil }
        return Array(repeating: applicant, count: times)
    }

    /// What the application answers to choices of its form, by field.
    private func readChoices(_ item: YAMLItem) -> [String: String]? {
        guard case .map(let pairs) = item.value else {
            log.add(item.place, "type.mapping", "此处应为键值表", "a mapping is expected here")
            return nil
        }
        var choices: [String: String] = [:]
        for pair in pairs { choices[pair.key] = pair.item.text(log) }
        return choices.count == pairs.count ? choices : nil
    }

    /// The days the application gives in its form, by field.
    private func readDays(_ item: YAMLItem) -> [String: Day]? {
        guard case .map(let pairs) = item.value else {
            log.add(item.place, "type.mapping", "此处应为键值表", "a mapping is expected here")
            return nil
        }
        var days: [String: Day] = [:]
        for pair in pairs { days[pair.key] = pair.item.day(log) }
        return days.count == pairs.count ? days : nil
    }

    /// One who accepted to be a party, with the codes of the disciplines that are registered; none where they are unknown.
    private func readPartyField(_ item: YAMLItem) -> Applicant.PartyField? {
        guard let fields = Fields(item, known: ["role", "disciplines"], log: log) else { return nil }
        let role = fields.choice("role", Role.self)
        let disciplines = fields.has("disciplines") ? fields.texts("disciplines") : []
        return role.map { Applicant.PartyField(role: $0, disciplines: disciplines) }
    }

    /// Another application of the person, in some call of the year.
    private func readFamilyApplication(_ item: YAMLItem) -> Applicant.FamilyApplication? {
        guard let fields = Fields(item, known: ["family", "call"], log: log) else { return nil }
        let (family, call) = (fields.id("family"), fields.text("call"))
        guard let family, let call else { return nil }
        return Applicant.FamilyApplication(family: family, call: call)
    }

    private func readRecord(_ item: YAMLItem) -> TrackRecord? {
        guard
            let fields = Fields(item, known: ["kind", "family", "level", "title", "from", "until"], log: log)
        else { return nil }
        let kind = fields.choice("kind", TrackRecord.Kind.self)
        // A bar is no programme's.
        let family = kind == .barred ? "" : fields.id("family")
        let level = fields.has("level") ? fields.choice("level", TrackRecord.Level.self) : .city
        let from = fields.day("from")
        let until = fields["until"]?.day(log)
        guard let kind, let family, let level, let from else { return nil }
        return TrackRecord(
            person: ID("case"), kind: kind, family: family, level: level,
            title: fields["title"]?.text(log) ?? "", from: from, until: until)
    }
}

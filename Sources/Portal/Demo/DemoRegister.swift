package import Lifecycle

/// The register of the demo city: the commission, the universities, the cast, and a research office everywhere.
package struct DemoRegister: Sendable {
    package let commission = ID<Organisation>("commission000000")
    package private(set) var universities: [UniversityRecord] = []
    package private(set) var cast = DemoCast()
    /// The research-office officer of each university, by ministry code.
    package private(set) var officers: [String: ID<Person>] = [:]
    package private(set) var experts: [Expert] = []
    private let disciplines: Set<String>

    /// Firms whose people sit in panels, all invented.
    package static let industry = ID<Organisation>("firm-industry")
    package static let investment = ID<Organisation>("firm-investment")

    /// An organisation that funds calls together with the commission.
    package static let funder = ID<Organisation>("funder-demo")

    package static func university(_ code: String) -> ID<Organisation> { ID("university-\(code)") }

    /// What a later step of the seeding cannot read from files.
    struct Known: Codable {
        let cast: [String: ID<Person>]
        let officers: [String: ID<Person>]
        let experts: [Expert]
    }

    var known: Known { Known(cast: cast.people, officers: officers, experts: experts) }

    /// The register as an earlier step made it.
    init(_ known: Known) throws {
        universities = try DataFiles.universities()
        disciplines = Set(try DataFiles.disciplines().filter { $0.level == 2 }.map(\.code))
        cast.people = known.cast
        officers = known.officers
        experts = known.experts
    }

    /// Registers organisations and the cast. Everything takes effect at `change.at`.
    package init(_ change: Change, using chance: inout SplitMix64) throws {
        universities = try DataFiles.universities()
        disciplines = Set(try DataFiles.disciplines().filter { $0.level == 2 }.map(\.code))
        try registerOrganisations(change)
        try sayWhatIsKnown(change)
        for member in DemoCast.members {
            // Those of firms came later: named without chance, they leave everybody else as they were.
            let isLater = member.firm != nil || member.role == .recommender || member.role == .jointFunder
            let home = member.role == .jointFunder ? Self.funder : member.firm?.id
            let person = Person(
                id: isLater ? ID("demo-\(member.key)") : .random(using: &chance),
                name: member.name, pinyin: member.pinyin, email: DemoCast.email(of: member.key),
                organisation: home ?? member.university.map(Self.university) ?? commission,
                born: member.role == .applicant
                    ? Day(year: 1993, month: 6, day: 18) : Day(year: 1980, month: 3, day: 9),
                title: member.role == .applicant ? "讲师" : member.role == .recommender ? "教授" : nil,
                titleLevel: member.role == .applicant ? "中级" : member.role == .recommender ? "正高" : nil,
                degree: "博士",
                fullTimeTeacher: member.university != nil ? true : nil,
                serviceUntil: Day(year: 2053, month: 6, day: 30),
                demo: true)
            try register(person, as: member.role, change)
            cast.people[member.key] = person.id
            if member.role == .expert {
                let codes = Array(
                    DemoTopics.disciplineCodes(of: member.firm == nil ? .humanities : .natural).prefix(40))
                let keywords = member.firm == nil ? ["城市治理", "社会调查"] : ["成果转化"]
                try register(
                    Expert(
                        person: person.id, disciplines: codes, keywords: keywords, loadMax: 12,
                        kinds: member.firm.map { [$0.kind] }), change)
            }
            if member.role == .researchOffice { officers[member.university ?? ""] = person.id }
        }
        for university in universities
        where university.group != "中央在京" && officers[university.institutionCode] == nil {
            let name = DemoNames.name(using: &chance)
            let person = Person(
                id: .random(using: &chance), name: name.characters, pinyin: name.pinyin,
                email: name.email(at: "u\(university.institutionCode)", number: 1),
                organisation: Self.university(university.institutionCode), demo: true)
            try register(person, as: .researchOffice, change)
            officers[university.institutionCode] = person.id
        }
    }

    /// Nothing of the invented people's past is left to ask for: what was not seeded did not happen.
    private func sayWhatIsKnown(_ change: Change) throws {
        let projects = TrackRecord.Kind.allCases.filter { $0 != .barred }
        for (scope, kinds) in [
            (KnownPast.Scope.family("research-plan"), projects), (.level(.provincial), projects),
            (.level(.city), [.barred]),
        ] {
            try TrackActs.know(
                KnownPast(scope, kinds: kinds, since: nil), of: nil, from: "演示设定",
                reason: "演示城市的人物和经历都是虚构的，没有种入的视为没有发生", change)
        }
    }

    private func registerOrganisations(_ change: Change) throws {
        let house = Organisation(
            id: commission, name: "北京市教育委员会（演示）", nameEn: "Beijing Municipal Education Commission (demo)",
            pinyin: "beijing shi jiaoyu weiyuanhui", kind: .commission)
        try register(house, change)
        for (id, name, english, pinyin) in [
            ("department-kyc", "科研处（演示）", "Research division (demo)", "keyan chu"),
            ("department-cwc", "财务处（演示）", "Finance division (demo)", "caiwu chu"),
        ] {
            try register(
                Organisation(
                    id: ID(id), name: name, nameEn: english, pinyin: pinyin, kind: .department,
                    parent: commission,
                    legalEntity: commission), change)
        }
        for (id, name, english, pinyin) in [
            (Self.industry, "京衡智造股份公司（演示）", "Jingheng Manufacturing (demo)", "jingheng zhizao"),
            (Self.investment, "澄源创业投资公司（演示）", "Chengyuan Ventures (demo)", "chengyuan chuangye touzi"),
        ] {
            try register(
                Organisation(id: id, name: name, nameEn: english, pinyin: pinyin, kind: .firm), change)
        }
        try register(
            Organisation(
                id: Self.funder, name: "某市级科学基金（演示）", nameEn: "A municipal science foundation (demo)",
                pinyin: "mou shiji kexue jijin", kind: .funder), change)
        for university in universities {
            try register(
                Organisation(
                    id: Self.university(university.institutionCode), name: university.name,
                    nameEn: university.nameEnglish ?? "", pinyin: university.namePinyin, kind: .university,
                    code: university.institutionCode, group: university.group,
                    authority: university.authority,
                    level: university.level, note: university.note), change)
        }
    }

    private func register(_ organisation: Organisation, _ change: Change) throws {
        try PeopleActs.register(organisation, change)
    }

    package func register(_ person: Person, as role: Role, _ change: Change) throws {
        try PeopleActs.register(person, change)
        try PeopleActs.grant(
            Tenure(person: person.id, role: role, organisation: person.organisation, from: change.at), change)
    }

    package func register(_ expert: Expert, _ change: Change) throws {
        try PeopleActs.register(expert, among: disciplines, change)
    }

    /// Invents `count` experts at universities of every kind.
    package mutating func addExperts(
        _ count: Int, kind: DemoProposal.Kind, _ change: Change, using chance: inout SplitMix64
    ) throws {
        let codes = DemoTopics.disciplineCodes(of: kind)
        let homes = universities.filter { $0.level == "本科" }
        for number in 0..<count {
            let name = DemoNames.name(using: &chance)
            let home = chance.pick(homes)
            let person = Person(
                id: .random(using: &chance), name: name.characters, pinyin: name.pinyin,
                email: name.email(at: "u\(home.institutionCode)", number: 1000 + number),
                organisation: Self.university(home.institutionCode),
                born: Day(
                    year: 1962 + chance.below(22), month: 1 + chance.below(12), day: 1 + chance.below(28)),
                title: "教授", titleLevel: "正高", degree: "博士", fullTimeTeacher: true, demo: true)
            try register(person, as: .expert, change)
            let first = chance.pick(codes)
            let near = codes.filter { $0.prefix(3) == first.prefix(3) }
            let expert = Expert(
                person: person.id, disciplines: ([first] + near.filter { $0 != first }.prefix(3)),
                keywords: DemoTopics.keywords(of: kind, in: first, number: number),
                loadMax: 12)
            try register(expert, change)
            experts.append(expert)
        }
    }

    /// A new applicant at a university.
    package func addApplicant(
        at university: UniversityRecord, born: Day, senior: Bool, number: Int, _ change: Change,
        using chance: inout SplitMix64
    ) throws -> ID<Person> {
        let name = DemoNames.name(using: &chance)
        let person = Person(
            id: .random(using: &chance), name: name.characters, pinyin: name.pinyin,
            email: name.email(at: "u\(university.institutionCode)", number: 100 + number),
            organisation: Self.university(university.institutionCode), born: born,
            title: senior ? "教授" : "讲师",
            titleLevel: senior ? "正高" : "中级", degree: "博士", fullTimeTeacher: true,
            serviceUntil: born.adding(years: 60), demo: true)
        try register(person, as: .applicant, change)
        return person.id
    }
}

import Lifecycle
import Store

/// A call for laboratories, taken in at any time: one dossier in its last appraisal, one that failed before, one that has
/// just come to its first, one that is not ripe yet. Played through the house's own acts.
struct DemoLaboratory {
    let house: House
    let register: DemoRegister
    let today: Day

    private func day(_ offset: Int, hour: Int = 9) -> Instant {
        Instant(today.adding(offset), hour: hour)
    }

    func play() throws {
        guard let programme = house.plan.programme("beijing-laboratory") else { return }
        var chance = SplitMix64(seed: 2031)
        try addExperts(using: &chance)
        try registerPartner()
        var round = DemoRound(
            house: house, register: register, kind: .natural, chance: SplitMix64(seed: 2032))
        let year = today.year
        let call = try round.publish(
            programme, number: "\(year)-BL", title: "北京实验室建设（演示）", published: day(-140), opens: day(-130),
            closes: day(60, hour: 16),
            guide: """
                （演示指南）面向北京高校征集北京实验室建设方案，由一所高校牵头，联合高校、企业等主体共建；随时受理，成熟一个、建设一个。

                一、程序：牵头高校表态、联合单位各自确认、成熟度清单逐项具备之后，依次进行形式审查、领域统筹、宏观论证和领域论证，再作立项决定。
                二、缺什么随时可以在申请页面看到，补齐一项核对一项，不以期限催促。
                三、论证由科技、产业、投资三个视角的专家分别作答，启封之前任何人看不到意见内容。
                四、金额、人数、权重和期限等未见官方规定的数字均为演示值。
                """)
        // The cast's own university first, so that its office has one to follow.
        let municipal = register.universities.filter { $0.group == "市属" && $0.level == "本科" }
        let homes =
            municipal.filter { $0.institutionCode == "10011" }
            + municipal.filter { $0.institutionCode != "10011" }.prefix(3)
        let submitted = [-115, -112, -40, -14]
        var made: [ID<Application>] = []
        for (place, (home, offset)) in zip(homes, submitted).enumerated() {
            let id = try house.database.writeNow { store in
                let change = Change(
                    store: store, at: day(offset), actor: nil, world: house.world,
                    projections: house.projections)
                let leader = try register.addApplicant(
                    at: home, born: Day(number: 1_590 + 300 * place), senior: true,
                    number: 40_000 + place, change, using: &chance)
                return try round.apply(
                    call, programme, by: leader, with: [Self.partner.id], at: day(offset), store: change)
            }
            made.append(id)
        }
        guard made.count == submitted.count else { return }
        for id in made.prefix(2) { try round.ripen(id, programme, at: day(-98)) }
        try round.ripen(made[2], programme, at: day(-22))
        try round.ripen(made[3], programme, at: day(-6), lacking: ["accounts", "means"])
        try round.screen(Array(made.prefix(2)), at: day(-55))
        try round.screen([made[2]], at: day(-5))
        for id in made.prefix(2) {
            try sit("coordinate", id, in: call, at: day(-48), against: [], using: &chance)
            try close("coordinate", id, at: day(-38))
        }
        try sit("macro", made[0], in: call, at: day(-34), against: [3], using: &chance)
        try close("macro", made[0], at: day(-12))
        try sit("macro", made[1], in: call, at: day(-34), against: [1, 2, 3], using: &chance)
        try close("macro", made[1], at: day(-13))
        // The cast's two experts of firms have accepted and not written yet.
        try sit(
            "field", made[0], in: call, at: day(-6), against: [2], using: &chance,
            first: [register.cast.person("expert-industry"), register.cast.person("expert-investment")])
    }

    /// Who speaks for a firm that joins each of them.
    private static let partner = Person(
        id: ID("demo-laboratory-partner"), name: "钟共建", pinyin: "zhong gongjian",
        email: DemoCast.email(of: "laboratory-partner"), organisation: ID("firm-laboratory"),
        born: Day(year: 1979, month: 5, day: 6), demo: true)

    private func registerPartner() throws {
        try house.changeNow(by: nil, at: day(-139)) { change in
            try PeopleActs.register(
                Organisation(
                    id: Self.partner.organisation, name: "合创仪器公司（演示）", nameEn: "Hechuang Instruments (demo)",
                    pinyin: "hechuang yiqi", kind: .firm), change)
            try register.register(Self.partner, as: .partner, change)
        }
    }

    /// Asks as many as the step takes, and lets them write; those at the places `against` say no.
    ///
    /// - Parameter first: asked before others, and accept without writing.
    private func sit(
        _ step: String, _ application: ID<Application>, in call: Call, at: Instant, against: Set<Int>,
        using chance: inout SplitMix64, first: [ID<Person>] = []
    ) throws {
        let officer = register.cast.person("programme-officer")
        var random = chance
        let seats = try house.changeNow(by: officer, at: at) { change in
            var seats: [SeatRecord] = []
            let opened = try AppraisalActs.opened(step, of: application, house, change.store)
            guard
                let dossier = try change.store.row(
                    "SELECT \(sql: DossierRecord.columns) FROM application WHERE id = \(application)",
                    as: DossierRecord.self)
            else { throw Missing() }
            for lens in opened.instrument.lenses {
                for _ in 0..<lens.experts {
                    let now = try AppraisalActs.opened(step, of: application, house, change.store)
                    let free = try AppraiserPool.candidates(
                        for: lens, now, of: dossier, at: at, change.store
                    ).filter(\.obstacles.isEmpty).map(\.expert.person)
                    // Whom everybody plays waits for the last of the appraisals.
                    let others = free.filter { !register.cast.people.values.contains($0) }
                    guard let expert = first.first(where: free.contains) ?? others.first else { continue }
                    let id = ID<AppraiserSeat>.random(using: &random)
                    try AppraisalActs.seat(
                        expert, for: lens.id, in: step, of: application, id: id, by: officer, change, house)
                    seats.append(try AppraiserSeats.find(id, change.store))
                }
            }
            return seats
        }
        chance = random
        for (place, seat) in seats.enumerated() {
            try house.changeNow(by: seat.expert, at: at.adding(seconds: Int64(3_600 * (place + 20)))) {
                change in
                try AppraiserActs.accept(seat.id, by: seat.expert, change, house)
                if first.contains(seat.expert) { return }
                let opened = try AppraisalActs.opened(step, of: application, house, change.store)
                guard let lens = opened.instrument.lens(seat.lens) else { return }
                try AppraiserActs.write(
                    seat.id,
                    DemoRemarks.appraisal(
                        opened.instrument, lens, says: against.contains(place) ? .no : .yes),
                    by: seat.expert, change, house)
            }
        }
    }

    private func close(_ step: String, _ application: ID<Application>, at: Instant) throws {
        let officer = register.cast.person("programme-officer")
        try house.changeNow(by: officer, at: at) { change in
            _ = try AppraisalActs.close(step, of: application, by: officer, change, house)
        }
    }

    /// Enough for three panels that nobody sits in twice.
    private func addExperts(using chance: inout SplitMix64) throws {
        let codes = DemoTopics.disciplineCodes(of: .natural)
        let homes = register.universities.filter { $0.level == "本科" }
        var random = chance
        try house.changeNow(by: nil, at: day(-390)) { change in
            for (kind, count) in [(ExpertKind.science, 9), (.industry, 3), (.investment, 3)] {
                for number in 0..<count {
                    let name = DemoNames.name(using: &random)
                    let organisation =
                        switch kind {
                        case .science: DemoRegister.university(random.pick(homes).institutionCode)
                        case .industry: DemoRegister.industry
                        case .investment: DemoRegister.investment
                        }
                    let person = Person(
                        id: .random(using: &random), name: name.characters, pinyin: name.pinyin,
                        email: name.email(at: "lab-\(kind.rawValue)", number: number),
                        organisation: organisation, born: Day(year: 1966 + number, month: 4, day: 2),
                        title: kind == .science ? "教授" : nil, titleLevel: kind == .science ? "正高" : nil,
                        degree: "博士", demo: true)
                    try register.register(person, as: .expert, change)
                    try register.register(
                        Expert(
                            person: person.id, disciplines: Array(codes.shuffled(using: &random).prefix(6)),
                            keywords: [], loadMax: 6, kinds: [kind]), change)
                }
            }
        }
        chance = random
    }
}

extension DemoRemarks {
    /// An expert's appraisal: the same answer throughout, with grounds for it.
    static func appraisal(
        _ instrument: Appraisal, _ lens: Appraisal.Lens, says answer: AppraisalAnswer
    ) -> [String: String] {
        var form: [String: String] = [:]
        for conclusion in instrument.conclusions(of: lens) {
            form["answer-\(conclusion.id)"] = answer.rawValue
            form["grounds-\(conclusion.id)"] =
                answer == .yes
                ? "从\(lens.label.zh)视角看，“\(conclusion.label.zh)”有材料支撑，任务与条件相称（演示）。"
                : "从\(lens.label.zh)视角看，“\(conclusion.label.zh)”依据不足，建议补充测算和分工后再议（演示）。"
        }
        for criterion in lens.criteria {
            form["comment-\(criterion.id)"] = "已就“\(criterion.label.zh)”逐项核对申请书（演示）。"
        }
        return form
    }
}

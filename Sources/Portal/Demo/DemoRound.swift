package import Lifecycle
import Store

/// Plays one round of a call through the house's own acts, as far as asked.
package struct DemoRound {
    let house: House
    let register: DemoRegister
    let kind: DemoProposal.Kind
    package var chance: SplitMix64
    /// Where texts are many and for measuring.
    var loose: CrowdProse?

    package init(house: House, register: DemoRegister, kind: DemoProposal.Kind, chance: SplitMix64) {
        self.house = house
        self.register = register
        self.kind = kind
        self.chance = chance
    }

    /// Publishes a call with the programme's demo values.
    ///
    /// - Parameter departing: why the quotas are not what the programme's formula says; nil takes over what it says.
    package mutating func publish(
        _ programme: Programme, number: String, title: String, published: Instant, opens: Instant,
        closes: Instant,
        changing: [String: String] = [:], guide: String? = nil, funder: ID<Organisation>? = nil,
        scale: ReviewScale? = nil, departing reason: String? = nil
    ) throws -> Call {
        var values: [String: String] = [:]
        for parameter in programme.parameters where parameter.kind != .owner {
            guard let demo = parameter.demo else { continue }
            values[parameter.id] = demo
        }
        // A demo value is a day of the calendar, and a city is seeded on any.
        if let start = values["projectStart"].flatMap(Day.init(text:)), start <= closes.day {
            values["projectStart"] = Day(year: closes.day.year + 1, month: 1, day: 1)?.text
        }
        values.merge(changing) { _, new in new }
        let id = ID<Call>.random(using: &chance)
        let call = Call(
            id: id, programme: programme.id, digest: programme.digest, number: number, title: title,
            year: closes.day.year, opens: opens, closes: closes,
            guide: guide ?? """
                （演示指南）本轮面向北京市属高等学校专任教师，支持在人文社会科学领域开展自由探索。

                一、申报条件：以本页“规则”所列为准，每一条都标明依据；系统在填写时即时核对并说明理由。
                二、申报方式：申请人在线填写并于截止时间前提交，所在学校科研管理部门审核、排序后整批推荐。
                三、截止时间以服务器收到最后一个字节的时刻为准，请尽量提前提交。
                四、金额、年限等未见官方规定的数字均为演示值。
                """,
            settings: Settings(values), funder: funder, owner: owner(programme), scale: scale)
        let officer = register.cast.person("programme-officer")
        let other = register.cast.person("joint-funder")
        let house = house
        return try house.changeNow(by: officer, at: published) { change in
            // Where earlier rounds are known, the officer takes over what the formula says.
            let reckoned = try QuotaReckoning(call, programme, at: change.at, house, change.store)
            let call = reason == nil ? call.allotting(reckoned.proposed) : call
            let reasons = reason.map { reason in
                Dictionary(uniqueKeysWithValues: reckoned.lines.map { ($0.university.id, reason) })
            }
            try JointActs.agree(
                to: call, programme,
                Change(
                    store: change.store, at: published, actor: other, world: house.world,
                    projections: house.projections))
            try CallActs.publish(call, reasons: reasons ?? [:], change, house)
            return call
        }
    }

    /// Whoever of the cast plays the role that the programme names for the demo.
    private func owner(_ programme: Programme) -> CallOwner? {
        guard let key = programme.ownerParameter?.demo,
            let member = DemoCast.members.first(where: { $0.key == key })
        else { return nil }
        return CallOwner(.person(register.cast.person(key)), name: member.name)
    }

    /// Writes and submits one application.
    ///
    /// - Parameters:
    ///   - partners: who is asked in and accepts before it is submitted.
    ///   - copying: another application, passages of which go into this one.
    package mutating func apply(
        _ call: Call, _ programme: Programme, by person: ID<Person>, with partners: [ID<Person>] = [],
        at: Instant, copying: ID<Application>? = nil, store change: Change
    ) throws -> ID<Application> {
        let draft = try begin(call, by: person, at: at, change)
        try fill(draft, programme, sections: programme.form.sections.count, by: person, at: at, change)
        if let copying { try copy(from: copying, into: draft, by: person, at: at, change.store) }
        try ask(draft, in: call, programme, by: person, at: at, change.store)
        for partner in partners { try join(partner, draft, by: person, at: at, change.store) }
        let own = Change(
            store: change.store, at: at, actor: person, world: house.world, projections: house.projections)
        try ApplicationActs.submit(try Drafts.find(draft, of: person, change.store), own, house)
        return draft
    }

    package mutating func begin(_ call: Call, by person: ID<Person>, at: Instant, _ change: Change) throws
        -> ID<Application>
    {
        try Drafts.start(call.id, by: person, id: .random(using: &chance), at: at, change.store)
    }

    /// Fills the first `sections` sections of a draft.
    package mutating func fill(
        _ draft: ID<Application>, _ programme: Programme, sections: Int, by person: ID<Person>, at: Instant,
        _ change: Change
    ) throws {
        let sentences = DemoTopics.proposal(kind: kind, using: &chance)
        let text = loose?.loosened(sentences, using: &chance) ?? sentences
        let typed: [String: String] = [
            "title": text.title, "discipline": text.disciplineCode,
            "keywords": text.keywords.joined(separator: "、"),
            "summary": text.summary, "significance": text.significance, "content": text.content,
            "method": text.method, "innovation": text.innovation, "foundation": text.foundation,
            "partners": "牵头高校承担总体方案与基础研究，联合高校承担共性技术，联合企业承担中试与应用验证，各方投入与分工以协议约定（演示）。",
            "outcomes": text.outcomes, "amount": "\((3 + chance.below(3)) * 10_000)",
            "amountUse": "用于资料收集与购买、实地调研差旅、数据采集与处理、专家咨询以及成果出版印刷等与本项目研究直接相关的支出（演示）。",
        ]
        // Where there is a choice, the first that is offered.
        let chosen = programme.form.sections.flatMap(\.fields).compactMap { field in
            field.options.first.map { (field.id, $0.id) }
        }
        // What a programme asks beside the usual.
        let more = programme.form.sections.flatMap(\.fields).filter(\.required).compactMap {
            field -> (String, String)? in
            switch field.kind {
            case .prose: (field.id, "（演示）就本项所问逐条作答，写明数值、依据、负责的人和完成的时间，可以核对，也可以检验。")
            case .line: (field.id, "（演示）一句话说明")
            case .choice, .flag, .count, .money, .day, .time, .discipline, .keywords: nil
            }
        }
        let all = typed.merging(chosen + more) { first, _ in first }
        for section in programme.form.sections.prefix(sections) {
            let (answers, _) = programme.form.reading(all, section: section)
            _ = try Drafts.save(
                draft, section: section.id, base: 0, answers: answers, by: person, at: at, change.store)
        }
    }

    /// Gives the grounds of an exception, where a rule “in principle” is not met.
    private func ask(
        _ draft: ID<Application>, in call: Call, _ programme: Programme, by person: ID<Person>, at: Instant,
        _ store: Transaction
    ) throws {
        let verdicts = try EligibilityFacts.verdicts(
            for: person, in: call, programme, besides: draft, house, store)
        guard let section = ApplicationForm.Section(excepting: verdicts) else { return }
        let grounds = Dictionary(
            uniqueKeysWithValues: section.fields.map { ($0.id, DemoRemarks.exceptionGrounds) })
        _ = try Drafts.save(
            draft, section: section.id, base: 0, answers: grounds, by: person, at: at, store)
    }

    /// A university puts its list forward.
    package func endorse(
        _ list: [ID<Application>], of university: UniversityRecord, in call: Call, at: Instant
    ) throws {
        guard let officer = register.officers[university.institutionCode], !list.isEmpty else { return }
        let house = house
        try house.changeNow(by: officer, at: at) { change in
            try ApplicationActs.endorse(
                list, of: DemoRegister.university(university.institutionCode), in: call.id, by: officer,
                change, house)
        }
    }

    /// Asks three experts for each dossier and lets `answered` of a hundred answer.
    package mutating func review(
        _ applications: [ID<Application>], in call: Call, _ programme: Programme, at: Instant, answered: Int
    ) throws {
        let officer = register.cast.person("programme-officer")
        let house = house
        let wanted = call.number("reviewers", in: programme) ?? 3
        var random = chance
        try house.changeNow(by: officer, at: at) { change in
            for application in applications {
                let experts = try DemoReviewers.choose(wanted, for: application, at: at, house, change.store)
                for expert in experts {
                    try ReviewActs.assign(
                        expert, to: application, id: .random(using: &random), by: officer, change, house)
                }
            }
        }
        let mine = register.cast.person("expert")
        try house.changeNow(by: nil, at: at.adding(seconds: 9 * 86_400)) { change in
            for application in applications {
                let complete = random.below(100) < answered
                for assignment in try ReviewActs.of(application, change.store)
                where assignment.state == .invited {
                    // The expert everybody plays has work left in a round that is under review.
                    if assignment.expert == mine && answered < 100 { continue }
                    if !complete && random.below(3) == 0 { continue }
                    let own = Change(
                        store: change.store, at: change.at, actor: assignment.expert, world: house.world,
                        projections: house.projections)
                    try ReviewActs.accept(assignment.id, by: assignment.expert, own)
                    if !complete && random.below(3) == 0 { continue }
                    try ReviewActs.submit(
                        assignment.id, Self.answers(to: call.review(of: programme), using: &random),
                        by: assignment.expert, own, house)
                }
            }
        }
        chance = random
    }

    private static func answers(to instrument: ReviewInstrument, using chance: inout SplitMix64) -> [String:
        String]
    {
        let roll = chance.below(100)
        let grade: DemoGrade = roll < 22 ? .a : roll < 62 ? .b : roll < 90 ? .c : .d
        let advice =
            grade == .a ? "A" : grade == .b ? chance.below(2) == 0 ? "A" : "B" : grade == .c ? "B" : "C"
        var answers = [
            "grade": grade.rawValue, "advice": advice,
            "comment": DemoRemarks.reviewComment(grade: grade, using: &chance),
        ]
        for criterion in instrument.criteria {
            answers["comment-\(criterion.id)"] = DemoRemarks.reviewComment(grade: grade, using: &chance)
        }
        return answers
    }

    /// Proposes by rank within the budget, and lets the leader sign.
    package func decide(_ call: Call, at: Instant) throws {
        let officer = register.cast.person("programme-officer")
        let leader = register.cast.person("commission-leader")
        let house = house
        try house.changeNow(by: officer, at: at) { change in
            let grant = call.settings.money("grantAmount") ?? Money(yuan: 50_000)
            let ranking = try DecisionActs.ranking(of: call.id, change.store)
            // A third of the field, and never half of a tie.
            let line = ranking.count / 3
            let cut = ranking.isEmpty ? 0 : ranking[min(line, ranking.count - 1)].row.meanHundredths
            var choices: [ID<Application>: DecisionActs.Choice] = [:]
            for (_, row) in ranking {
                choices[row.application] = DecisionActs.Choice(
                    funded: row.meanHundredths > cut, amount: min(row.requested, grant), departure: nil)
            }
            try DecisionActs.propose(choices, in: call.id, by: officer, change, house)
        }
        try house.changeNow(by: leader, at: at.adding(seconds: 3600)) { change in
            try DecisionActs.sign(call.id, by: leader, change, house)
        }
    }

    /// Notice, contracts and first payments; of many projects the last two are left at each step that somebody has
    /// to do.
    package mutating func establish(_ call: Call, noticeAt: Instant) throws {
        let officer = register.cast.person("programme-officer")
        let notice = ID<Notice>.random(using: &chance)
        let house = house
        try house.changeNow(by: officer, at: noticeAt) { change in
            try NoticeActs.open(call.id, id: notice, by: officer, change, house)
        }
        let ends = try house.database.readNow { store in try NoticeActs.find(notice, store).endsAt }
        let closing = ends.adding(seconds: 10 * 3600)
        try house.changeNow(by: officer, at: closing) { change in
            try NoticeActs.close(notice, by: officer, change, house)
        }
        let projects = try house.database.readNow { store in
            try store.rows(
                """
                SELECT application.id, application.owner, organisation.code FROM application
                JOIN organisation ON organisation.id = application.university
                WHERE application.call = \(call.id) AND application.step_kind = 'contract' ORDER BY application.number
                """, as: Project.self)
        }
        let kept = projects.count > 6 ? 2 : 0
        for (index, project) in projects.dropLast(kept).enumerated() {
            let left = projects.count - kept - index
            try contract(project, at: closing.adding(seconds: 86_400))
            if left <= kept { continue }
            try pay(project, at: closing.adding(seconds: 4 * 86_400), isWhole: left > 2 * kept)
        }
    }

    struct Project: Decodable, Sendable {
        let id: ID<Application>
        let owner: ID<Person>
        let code: String?
    }

    private func contract(_ project: Project, at: Instant) throws {
        let house = house
        let office = register.officers[project.code ?? ""] ?? ID("")
        for (party, person) in [
            (Role.applicant, project.owner), (.researchOffice, office),
            (.programmeOfficer, register.cast.person("programme-officer")),
        ] {
            try house.changeNow(by: person, at: at) { change in
                try ContractActs.agree(project.id, as: party, by: person, change, house)
            }
        }
    }

    private mutating func pay(_ project: Project, at: Instant, isWhole: Bool) throws {
        let house = house
        let finance = register.cast.person("finance")
        let approver = register.cast.person("finance-approver")
        let payment = ID<Payment>.random(using: &chance)
        try house.changeNow(by: finance, at: at) { change in
            try PaymentActs.prepare(project.id, id: payment, by: finance, change, house)
        }
        guard isWhole else { return }
        try house.changeNow(by: approver, at: at.adding(seconds: 86_400)) { change in
            try PaymentActs.approve(project.id, by: approver, change, house)
        }
        let reference = "DEMO\(100_000 + chance.below(900_000))"
        try house.changeNow(by: finance, at: at.adding(seconds: 2 * 86_400)) { change in
            try PaymentActs.pay(project.id, reference: reference, by: finance, change, house)
        }
    }
}

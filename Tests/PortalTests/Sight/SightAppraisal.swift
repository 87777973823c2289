import Foundation
import Lifecycle
import Store

@testable import Portal

extension Maker {
    /// A laboratory whose first appraisal is opened, one to one, and whose second is under way: one answer under seal, one
    /// draft, one invitation, one expert who left.
    mutating func playAppraisal() throws {
        guard let programme = house.plan.programme("beijing-laboratory") else { throw Missing() }
        let (house, season) = (house, season)
        try registerAppraisers()
        var round = DemoRound(
            house: house, register: season.register, kind: .natural, chance: SplitMix64(seed: 43))
        let call = try round.publish(
            programme, number: "2026-BL", title: "征集laboratory", published: SightCity.at("2026-04-20"),
            opens: SightCity.at("2026-06-01", 9), closes: SightCity.at("2026-06-30", 16))
        calls["laboratory"] = call.id
        let owner = person("owner")
        let dossier = try act(nil, Season.start) { change, _ in
            try round.apply(
                call, programme, by: owner, with: [Self.partner.id], at: Season.start, store: change)
        }
        cases["appraised"] = dossier
        try round.ripen(dossier, programme, at: SightCity.at("2026-07-02"))
        try round.screen([dossier], at: SightCity.at("2026-07-15"))

        try seat("appraiser", "coordinate", "science", SightCity.at("2026-07-19", 13, 37))
        try seat("reviewer", "coordinate", "science", SightCity.at("2026-07-19", 13, 38))
        try write(
            "appraiser", "coordinate", ["fits": .no], "QXopinionZ", SightCity.at("2026-07-20", 12, 43))
        try write("reviewer", "coordinate", ["fits": .yes], "同意", SightCity.at("2026-07-21", 10, 9))
        try act("programme-officer", SightCity.at("2026-07-22", 14, 23)) { change, officer in
            try AppraisalActs.close("coordinate", of: dossier, by: officer, change, house)
        }

        let later = SightCity.at("2026-07-24")
        try seat("expert-2", "macro", "science", later)
        try seat("reviewer-3", "macro", "science", later)
        try seat("expert-3", "macro", "industry", later)
        try write(
            "expert-2", "macro", ["necessary": .yes, "feasible": .no], "QXsealedZ",
            SightCity.at("2026-07-25"))
        let leaving = seats["macro/reviewer-3"] ?? ID("")
        try act("programme-officer", SightCity.at("2026-07-26")) { change, officer in
            try AppraisalActs.recuse(
                leaving, in: "macro", of: dossier, by: officer, reason: "QXrecusedZ，曾是师生", change, house)
        }
        try seat("expert", "macro", "science", SightCity.at("2026-07-27"))
        let writing = seats["macro/expert"] ?? ID("")
        let drafted = form("macro", "science", ["necessary": .yes, "feasible": .yes], "QXhalfWrittenZ")
        try act("expert", SightCity.at("2026-07-28")) { change, person in
            try AppraiserActs.accept(writing, by: person, change, house)
            _ = try AppraisalDrafts.save(writing, base: 0, answers: drafted, at: change.at, change.store)
        }
    }

    /// Who speaks for the hospital that joins, and comes upon nothing here.
    private static let partner = Person(
        id: ID("qx-partner"), name: "合建负责人", pinyin: "hejian", email: "partner@qx.example",
        organisation: ID("qx-partner-body"), demo: true)

    /// One more of the sciences, one of the cast who turns to industry, and the partner.
    private mutating func registerAppraisers() throws {
        let register = season.register
        let appraiser = Person(
            id: ID("qx-appraiser"), name: "QXappraiserZ", pinyin: "qx appraiser",
            email: "appraiser@qx.example", organisation: ID("qx-reviewers"), demo: true)
        people["appraiser"] = appraiser.id
        let codes = Array(DemoTopics.disciplineCodes(of: .humanities).prefix(40))
        let industry = person("expert-3")
        try act(nil, Self.early) { change, _ in
            try PeopleActs.register(
                Organisation(
                    id: Self.partner.organisation, name: "合建医院（虚构）", nameEn: "A hospital",
                    pinyin: "hejian yiyuan", kind: .institute), change)
            try register.register(Self.partner, as: .partner, change)
            try register.register(appraiser, as: .expert, change)
            try register.register(
                Expert(person: appraiser.id, disciplines: codes, keywords: [], loadMax: 100), change)
            try register.register(
                Expert(
                    person: industry, disciplines: codes, keywords: ["城市治理", "社会调查"], loadMax: 12,
                    kinds: [.industry]), change)
        }
    }

    private mutating func seat(_ expert: String, _ step: String, _ lens: String, _ at: Instant) throws {
        let (who, application, house) = (person(expert), dossier("appraised"), house)
        let id = ID<AppraiserSeat>("qx-seat-\(step)-\(expert)")
        try act("programme-officer", at) { change, officer in
            try AppraisalActs.seat(
                who, for: lens, in: step, of: application, id: id, by: officer, change, house)
        }
        seats["\(step)/\(expert)"] = id
    }

    private func form(
        _ step: String, _ lens: String, _ answers: [String: AppraisalAnswer], _ words: String
    ) -> [String: String] {
        var form: [String: String] = [:]
        for (id, answer) in answers {
            form["answer-\(id)"] = answer.rawValue
            form["grounds-\(id)"] = "\(words)，就“\(id)”的依据逐条核对过。"
        }
        let programme = house.plan.programme("beijing-laboratory")
        let instrument = programme?.procedure.step(step).flatMap { programme?.appraisal(of: $0) }
        for criterion in instrument?.lens(lens)?.criteria ?? [] {
            form["comment-\(criterion.id)"] = "\(words.replacing("Z", with: ""))CommentZ，材料齐全。"
        }
        return form
    }

    private func write(
        _ expert: String, _ step: String, _ answers: [String: AppraisalAnswer], _ words: String,
        _ at: Instant
    ) throws {
        let (id, house) = (seats["\(step)/\(expert)"] ?? ID(""), house)
        let form = form(step, "science", answers, words)
        try act(expert, at) { change, person in
            try AppraiserActs.accept(id, by: person, change, house)
            try AppraiserActs.write(id, form, by: person, change, house)
        }
    }
}

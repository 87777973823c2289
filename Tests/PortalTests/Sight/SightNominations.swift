import Lifecycle

@testable import Portal

extension Maker {
    /// A candidate whom three recommend: one letter is written, two wait; and another candidate, whose draft asks.
    mutating func playNominations() throws {
        guard let programme = house.plan.programme("outstanding-young-scientists") else { return }
        var round = DemoRound(
            house: season.house, register: season.register, kind: .natural, chance: SplitMix64(seed: 47))
        let call = try round.publish(
            programme, number: "2026-NOMINATIONS", title: "征集nominations",
            published: SightCity.at("2026-04-20"),
            opens: SightCity.at("2026-07-20", 9), closes: SightCity.at("2026-08-25", 16))
        calls["nominations"] = call.id
        let start = SightCity.at("2026-07-25")
        for (key, owner) in [("nominated", "nominee"), ("nomination", "rival")] {
            let person = person(owner)
            cases[key] = try act(owner, start) { change, _ in
                let id = try round.begin(call, by: person, at: start, change)
                try round.fill(
                    id, programme, sections: programme.form.sections.count, by: person, at: start, change)
                let saved = try Drafts.sections(id, change.store)["basics"]
                _ = try Drafts.save(
                    id, section: "basics", base: saved?.version ?? 0,
                    answers: (saved?.values ?? [:]).merging(["title": "青年学者QX\(key)TitleZ"]) { $1 },
                    by: person, at: start, change.store)
                return id
            }
        }
        let house = house
        let (nominated, nomination) = (dossier("nominated"), dossier("nomination"))
        let members = ["recommender", "recommender-2", "recommender-3"]
        for email in members.map({ DemoCast.email(of: $0) }) + ["qxaskedz@qx.example"] {
            _ = try round.act(person("nominee"), start) {
                try PartyActs.invite(email, as: .recommender, to: nominated, by: $0, $1, house)
            }
        }
        for key in members { try round.agree(key, to: nominated, start) }
        try act("nominee", SightCity.at("2026-07-26")) { change, person in
            _ = try ApplicationActs.submit(
                try Drafts.find(nominated, of: person, change.store), change, house)
        }
        let letter = [
            "capacity": "academician", "acquaintance": "在学术会议上多次讨论其工作。",
            "achievement": String(repeating: "独立提出研究框架，", count: 5) + "QXletterZ，得到同行验证。",
            "potential": String(repeating: "问题重要，路线清楚，", count: 5) + "QXpotentialZ，可望取得进展。",
            "advice": "strongly",
        ]
        _ = try round.act(person("recommender-2"), SightCity.at("2026-07-27")) {
            try StatementActs.make(
                StatementActs.Written(answers: letter), at: "recommend", of: nominated, by: $0, $1, house)
        }
        partyInvitation = try round.act(person("rival"), start) {
            try PartyActs.invite(
                DemoCast.email(of: "recommender"), as: .recommender, to: nomination, by: $0, $1, house)
        }.number
    }
}

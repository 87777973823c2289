import Foundation
import Lifecycle
import Portal
import Store

/// The season brought to screening or review: two applications of one university, three reviews each.
struct ReviewStage: Sendable {
    let season: Season
    /// The cast's applicant's.
    let mine: ID<Application>
    /// A colleague's at the same university.
    let other: ID<Application>
    let colleague: ID<Person>

    static let screening = Instant(Season.day("2026-07-15"), hour: 10)
    static let reviewing = Instant(Season.day("2026-07-20"), hour: 10)
    static let deciding = Instant(Season.day("2026-08-12"), hour: 10)

    private static let played = Once<String, ReviewStage>()

    /// The same stage with a season of its own.
    private func copied() async throws -> ReviewStage {
        ReviewStage(season: try await Season(copying: season), mine: mine, other: other, colleague: colleague)
    }

    /// Up to the officer's desk.
    static func screening() async throws -> ReviewStage {
        try await played.made("screening") { try await playedToScreening() }.copied()
    }

    /// Both screened; nobody asked yet.
    static func reviewing() async throws -> ReviewStage {
        try await played.made("reviewing") { try await playedToReview() }.copied()
    }

    private static func playedToScreening() async throws -> ReviewStage {
        let season = try await Season(experts: 40)
        let house = season.house
        guard let home = season.register.universities.first(where: { $0.institutionCode == "10011" }) else {
            throw Missing()
        }
        var round = DemoRound(
            house: house, register: season.register, kind: .humanities, chance: SplitMix64(seed: 11))
        var chance = SplitMix64(seed: 12)
        let made = try house.database.writeNow { store in
            let change = Change(
                store: store, at: Season.start, actor: nil, world: house.world, projections: house.projections
            )
            let colleague = try season.register.addApplicant(
                at: home, born: Season.day("1994-04-02"), senior: false, number: 1, change, using: &chance)
            let applicant = season.cast.person("applicant")
            let mine = try round.begin(season.call, by: applicant, at: Season.start, change)
            try round.fill(
                mine, season.programme, sections: season.programme.form.sections.count, by: applicant,
                at: Season.start, change)
            let member = season.cast.person("team-member")
            _ = try store.run(
                """
                INSERT INTO draft_asked (draft, email, task, added_at)
                SELECT \(mine), email, '资料收集', \(Season.start) FROM person WHERE id = \(member)
                """)
            try ApplicationActs.consent(
                mine, by: member,
                Change(
                    store: store, at: Season.start, actor: member, world: house.world,
                    projections: house.projections))
            let excluded = season.cast.person("expert-3")
            _ = try store.run(
                "INSERT INTO draft_exclusion (draft, person, reason) VALUES (\(mine), \(excluded), '学术争议')")
            let own = Change(
                store: store, at: Season.start, actor: applicant, world: house.world,
                projections: house.projections)
            try ApplicationActs.submit(try Drafts.find(mine, of: applicant, store), own, house)
            let other = try round.apply(
                season.call, season.programme, by: colleague, at: Season.start, store: change)
            return (mine, other, colleague)
        }
        try round.endorse(
            [made.0, made.1], of: home, in: season.call, at: Instant(Season.day("2026-07-02"), hour: 9))
        season.move(to: screening)
        return ReviewStage(season: season, mine: made.0, other: made.1, colleague: made.2)
    }

    private static func playedToReview() async throws -> ReviewStage {
        let stage = try await screening()
        let officer = stage.season.cast.person("programme-officer")
        let house = stage.season.house
        try house.changeNow(by: officer, at: screening) { change in
            for application in [stage.mine, stage.other] {
                let findings = try ScreeningActs.findings(application, house, change.store)
                try ScreeningActs.screen(
                    application, passed: true,
                    reason: findings.proposal == .pass ? "" : "核对原件，情况属实。", by: officer, change, house)
            }
        }
        stage.season.move(to: reviewing)
        return stage
    }

    /// Asks the cast's experts 1 and 2 and one more, who accept.
    func assigned() throws -> [AssignmentRecord] {
        let officer = season.cast.person("programme-officer")
        let house = season.house
        return try house.changeNow(by: officer, at: season.now) { change in
            let cast = [season.cast.person("expert"), season.cast.person("expert-2")]
            let more = try DemoReviewers.choose(8, for: mine, at: change.at, house, change.store)
                .filter { !cast.contains($0) }.prefix(1)
            for expert in cast + more {
                try ReviewActs.assign(
                    expert, to: mine, id: house.world.id(), by: officer, change, house)
            }
            let assignments = try ReviewActs.of(mine, change.store)
            for assignment in assignments {
                try ReviewActs.accept(assignment.id, by: assignment.expert, change)
            }
            return try ReviewActs.of(mine, change.store)
        }
    }

    static let answers = [
        "grade": "A", "advice": "B", "comment-value": "问题重要。", "comment-innovation": "视角新。",
        "comment-impact": "对治理有用。", "comment-feasibility": "方法可行。", "comment-foundation": "基础扎实。",
        "comment-funding": "预算合理。",
        "comment": "本申请选题扎实，文献梳理全面，研究设计合理，建议进一步说明样本选取的依据与访谈的安排。",
    ]

    /// Every assignment submitted.
    @discardableResult
    func submitted() throws -> [AssignmentRecord] {
        let assignments = try assigned()
        let house = season.house
        for assignment in assignments {
            try house.changeNow(by: assignment.expert, at: season.now) { change in
                try ReviewActs.submit(assignment.id, Self.answers, by: assignment.expert, change, house)
            }
        }
        return try house.database.readNow { store in try ReviewActs.of(mine, store) }
    }

    /// The other dossier leaves the round so that this one can be decided.
    func decided() throws {
        try submitted()
        let house = season.house
        let officer = season.cast.person("programme-officer")
        let leader = season.cast.person("commission-leader")
        try house.changeNow(by: officer, at: season.now) { change in
            for _ in 0..<3 {
                guard
                    let expert = try DemoReviewers.choose(1, for: other, at: change.at, house, change.store)
                        .first
                else { throw Missing() }
                let id = try ReviewActs.assign(
                    expert, to: other, id: house.world.id(), by: officer, change, house)
                try ReviewActs.accept(id, by: expert, change)
                let own = Change(
                    store: change.store, at: change.at, actor: expert, world: house.world,
                    projections: house.projections)
                try ReviewActs.submit(id, Self.answers.merging(["grade": "D"]) { $1 }, by: expert, own, house)
            }
        }
        season.move(to: Self.deciding)
        _ = try house.changeNow(by: officer, at: season.now) { change in
            try DecisionActs.propose(
                [mine: DecisionActs.Choice(funded: true, amount: Money(yuan: 30_000), departure: nil)],
                in: season.call.id, by: officer, change, house)
        }
        try house.changeNow(by: leader, at: season.now) { change in
            try DecisionActs.sign(season.call.id, by: leader, change, house)
        }
    }

    func name(of person: ID<Person>) throws -> String {
        try season.house.database.readNow { store in
            try store.value("SELECT name FROM person WHERE id = \(person)", as: String.self) ?? ""
        }
    }

    /// Every projected value of the assignments and the payloads of the reviews, to see that nothing moved.
    func fingerprint() throws -> [String] {
        try season.house.database.readNow { store in
            let rows = try ReviewActs.of(mine, store).map {
                "\($0.id) \($0.state) \($0.grade ?? "") \($0.advice ?? "") \($0.points ?? -1) \($0.reviewFact ?? -1)"
            }
            let bodies = try store.values(
                """
                SELECT payload.body FROM fact JOIN payload ON payload.number = fact.number
                WHERE fact.kind = 'review.submitted' ORDER BY fact.number
                """, as: String.self)
            return rows + bodies
        }
    }
}

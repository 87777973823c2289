import Foundation
import Lifecycle
import Store
import Testing

@testable import Portal

/// The most of each class of the outstanding young scientists, while writing and when money is handed out.
@Suite struct ClassCeilingStories {
    private static func answer(
        _ stage: NominationStage, _ candidate: DemoRound.Candidate, _ section: String,
        _ answers: [String: String]
    ) throws {
        let at = stage.season.now
        try stage.house.database.writeNow { store in
            let saved = try Drafts.sections(candidate.id, store)[section]
            _ = try Drafts.save(
                candidate.id, section: section, base: saved?.version ?? 0,
                answers: (saved?.values ?? [:]).merging(answers) { $1 }, by: candidate.person, at: at, store)
        }
    }

    private static func ask(
        _ yuan: Int64, as chosen: String, _ stage: NominationStage, _ candidate: DemoRound.Candidate
    ) throws {
        try answer(stage, candidate, "basics", ["researchClass": chosen])
        try answer(stage, candidate, "budget", ["amount": "\(Money(yuan: yuan).rawValue)"])
    }

    @Test func `an amount over that of its class keeps a nomination back, and a grant over it is refused`()
        async throws
    {
        var stage = try await NominationStage()
        let candidate = try stage.candidate(11, asking: NominationStage.recommenders)
        for key in NominationStage.recommenders { #expect(try stage.accept(key, candidate.id) == []) }
        // Five years of basic research in the humanities are 2.5 million, of basic research in nature 7.5.
        try Self.ask(3_000_000, as: "humanities-basic", stage, candidate)
        #expect(try stage.submit(candidate) == ["rule.unmet"])
        let (house, call, programme) = (stage.house, stage.call, stage.programme)
        let looked = try house.database.readNow { store in
            try EligibilityFacts.verdicts(
                for: candidate.person, in: call, programme, besides: candidate.id, house, store
            ).first { $0.rule == "amount-by-class" }?.looked.map(\.value)
        }
        #expect(looked == ["humanities-basic", "3,000,000.00", "2,500,000.00", "5"])
        try Self.ask(2_500_000, as: "humanities-basic", stage, candidate)
        #expect(try stage.submit(candidate) == [])

        let id = candidate.id
        for key in NominationStage.recommenders {
            #expect(try stage.write(key, "recommend", of: id, NominationStage.letter) == [])
        }
        try stage.endorsed([id])
        try stage.round.screen([id], at: NominationStage.at("2026-07-10"))
        try stage.round.review(
            [id], in: stage.call, stage.programme, at: NominationStage.at("2026-07-15"), answered: 100)
        stage.season.move(to: NominationStage.at("2026-08-01"))
        try stage.interviewed(id)
        let (officer, callID) = (stage.person("programme-officer"), stage.call.id)
        func propose(_ yuan: Int64) throws -> [String] {
            let choice = [
                id: DecisionActs.Choice(funded: true, amount: Money(yuan: yuan), departure: nil)
            ]
            return try stage.codes("programme-officer") { _, change in
                try DecisionActs.propose(choice, in: callID, by: officer, change, house)
            }
        }
        #expect(try propose(2_500_001) == ["selection.class-most"])
        // Of an erased proposal nobody can say which class it chose. What was refused leaves nothing behind.
        let erased = try stage.codes("programme-officer") { _, change in
            _ = try change.store.run(
                "DELETE FROM payload WHERE number = (SELECT fact FROM application WHERE id = \(id))")
            let choice = [
                id: DecisionActs.Choice(funded: true, amount: Money(yuan: 1_000_000), departure: nil)
            ]
            try DecisionActs.propose(choice, in: callID, by: officer, change, house)
        }
        #expect(erased == ["selection.class-unknown"])
        #expect(try propose(2_500_000) == [])
    }

    @Test func `the same amount passes in a class that may have it`() async throws {
        var stage = try await NominationStage()
        let candidate = try stage.candidate(12, asking: NominationStage.recommenders)
        for key in NominationStage.recommenders { #expect(try stage.accept(key, candidate.id) == []) }
        try Self.ask(3_000_000, as: "natural-basic", stage, candidate)
        #expect(try stage.submit(candidate) == [])
    }
}

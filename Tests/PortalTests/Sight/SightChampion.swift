import Lifecycle

@testable import Portal

extension Maker {
    /// A round, funded together with another organisation, in which experts disagree about two proposals: for one the case is written, for the other it may be.
    mutating func playChampions() throws {
        let house = house
        let played = try ChampionPlay.play(
            house, season.register, by: ["reviewer", "reviewer-2", "reviewer-3"].map { person($0) },
            jointly: 40)
        calls["champions"] = played.call.id
        cases["championed"] = played.proposals[2]
        assignments["championed"] = played.assignments[2][0]
        assignments["championing"] = played.assignments[3][0]
        assignments["agreed"] = played.assignments[0][0]
        let text = "QXchampionZ，\(ChampionStage.text)"
        let assignment = played.assignments[2][0]
        try act("reviewer", SightCity.at("2026-04-21")) { change, author in
            try ChampionActs.write(assignment, text, by: author, change, house)
        }
    }
}

import Lifecycle

@testable import Portal

extension Maker {
    /// A definition that was proposed and waits.
    ///
    /// - Returns: the number of the fact.
    func proposeDefinition() throws -> Int64 {
        let house = house
        let programme = season.programme
        return try act("programme-officer", SightCity.at("2026-07-03")) { change, _ in
            try change.append(
                DefinitionProposed(
                    programme: programme, replaces: programme.digest,
                    files: house.plan.definitions[programme.id] ?? [:], moving: []),
                about: .programme(programme.id), as: .programmeOfficer, reason: "统一表述。"
            ).number
        }
    }
}

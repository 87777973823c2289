import Lifecycle
import Testing

@testable import Portal

/// Places of dossiers are counted as they are, whatever they are called.
struct CallShiftTests {
    private static func standing(_ ids: [String], done: Int) throws -> Standing {
        let start = try #require(Instant(text: "2026-06-10 10:00"))
        let steps = ids.enumerated().map { place, id in
            Step(
                id: id, kind: .statement, label: Label(id, id), by: .programmeOfficer,
                after: place == 0 ? [] : [ids[place - 1]], within: nil)
        }
        return Standing(
            Procedure(steps: steps), began: start, closing: nil,
            events: ids.prefix(done).map {
                Standing.Event(Move($0, .done), at: start, person: nil, role: nil)
            }, calendar: .weekendsOnly)
    }

    @Test func `dossiers that stand alike are one line, and one that comes to stand elsewhere is another`()
        throws
    {
        func dossier(_ number: String, done: Int) throws -> CallMigration.Dossier {
            CallMigration.Dossier(
                number: number, now: try Self.standing(["a", "c"], done: done),
                then: try Self.standing(["a", "b", "c"], done: done))
        }
        let shifts = CallShift.all([
            try dossier("1", done: 0), try dossier("2", done: 1), try dossier("3", done: 0),
        ])
        #expect(shifts.map(\.count) == [2, 1])
        #expect(shifts.map { $0.now?.step } == ["a", "c"])
        #expect(shifts.map { $0.then?.step } == ["a", "b"])
        #expect(shifts.allSatisfy { $0.now?.isOver == false })
        let over = CallShift.Place(try Self.standing(["a", "c"], done: 2))
        #expect(over?.step == "c" && over?.isOver == true)
    }
}

import Foundation
import Testing

@testable import Lifecycle

/// What a secret vote comes to, and what a meeting needs to be called.
struct MeetingTests {
    @Test(arguments: [
        (5, 0, 0, MeetingTally.Outcome.supported), (3, 2, 0, .supported), (2, 2, 1, .unsupported),
        (2, 3, 0, .unsupported), (3, 1, 1, .supported), (2, 0, 0, .inquorate), (0, 0, 5, .inquorate),
        (1, 0, 4, .supported),
    ])
    func `more than half of those for and against support, where the quorum voted`(
        yes: Int, no: Int, abstained: Int, outcome: MeetingTally.Outcome
    ) {
        let votes =
            Array(repeating: MeetingVote.yes, count: yes) + Array(repeating: .no, count: no)
            + Array(repeating: .abstain, count: abstained)
        let tally = MeetingTally(votes.shuffled(), entitled: 5)
        #expect(tally.cast == yes + no + abstained)
        #expect(tally.outcome(quorum: 4, majority: 51) == outcome)
        #expect(
            tally.outcome(quorum: 1, majority: 100)
                == (no > 0 ? .unsupported : yes == 0 ? .inquorate : .supported))
    }

    @Test func `facts of meetings that vote read and are written as before any other kind of meeting`() throws
    {
        let meeting = Meeting(
            id: ID("m"), call: ID("k"), title: "会议评审", at: Instant(milliseconds: 0), place: "会议室",
            chair: ID("a"), panel: [ID("a")], agenda: [ID("x")], quorum: 1, majority: 51)
        let text = String(decoding: try JSONEncoder().encode(MeetingCalled(meeting: meeting)), as: UTF8.self)
        #expect(text.contains("\"majority\":51") && !text.contains("notes") && !text.contains("hears"))
        let old =
            #"{"meeting":"m","outcome":"supported","tally":{"abstained":0,"entitled":3,"no":1,"yes":2}}"#
        let closed = try JSONDecoder().decode(MeetingItemClosed.self, from: Data(old.utf8))
        #expect(closed.outcome == .supported && closed.tally?.yes == 2)
    }

    @Test func `a meeting without agenda, with people twice or a chair from outside is not called`() {
        let (a, b, c) = (ID<Person>("a"), ID<Person>("b"), ID<Person>("c"))
        func codes(panel: [ID<Person>], chair: ID<Person>, agenda: [ID<Application>]) -> [String] {
            Meeting(
                id: ID("m"), call: ID("k"), title: "会议评审", at: Instant(milliseconds: 0), place: "会议室",
                chair: chair, panel: panel, agenda: agenda, quorum: 3, majority: 51
            ).obstacles.map(\.code)
        }
        #expect(codes(panel: [a, b, c], chair: a, agenda: [ID("x")]) == [])
        #expect(codes(panel: [a, b], chair: a, agenda: [ID("x")]) == ["meeting.panel-small"])
        #expect(codes(panel: [a, b, b], chair: a, agenda: [ID("x")]) == ["meeting.panel-twice"])
        #expect(codes(panel: [a, b, c], chair: ID("d"), agenda: [ID("x")]) == ["meeting.chair"])
        #expect(codes(panel: [a, b, c], chair: a, agenda: []) == ["meeting.no-agenda"])
        #expect(codes(panel: [a, b, c], chair: a, agenda: [ID("x"), ID("x")]) == ["meeting.agenda-twice"])
    }
}

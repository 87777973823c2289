import Lifecycle

@testable import Portal

extension SightCity {
    static let meetings =
        [ID<Meeting>("qx-meeting-open"), ID<Meeting>("qx-meeting-over")] + interviews
    /// One for each moment of an interview: before the candidate comes in, while they are there, after they went out.
    static let interviews = [
        ID<Meeting>("qx-interview-waiting"), ID<Meeting>("qx-interview-talking"),
        ID<Meeting>("qx-interview-heard"),
    ]
}

extension Maker {
    /// Two meetings over the same dossier: one that goes on, with a member out of the room, and one that is over.
    /// Interviews about it that go on. And a call of a programme whose panels meet.
    mutating func playMeetings() throws {
        let house = house
        guard
            let programme = house.plan.programmes.first(where: {
                $0.procedure.step(of: .meet) != nil && $0.procedure.step(of: .meet)?.statement == nil
            })
        else {
            return
        }
        var round = DemoRound(
            house: house, register: season.register, kind: .natural, chance: SplitMix64(seed: 11))
        let call = try round.publish(
            programme, number: "QX-M", title: "评审会议试验通知", published: SightCity.at("2026-05-01"),
            opens: SightCity.at("2026-06-10"), closes: SightCity.at("2026-09-30"))
        calls["meeting"] = call.id
        let dossier = dossier("reviewed")
        let panel = ["expert", "expert-2"].map { person($0) }
        for (index, id) in SightCity.meetings.dropLast(SightCity.interviews.count).enumerated() {
            let meeting = Meeting(
                id: id, call: calls["review"] ?? call.id, title: "评审会议\(index + 1)",
                at: SightCity.at("2026-07-0\(index + 1)"), place: "第一会议室", chair: panel[0], panel: panel,
                agenda: [dossier], quorum: 1, majority: 51)
            try act("programme-officer", SightCity.at("2026-07-0\(index + 1)", 9)) { change, _ in
                try change.append(MeetingCalled(meeting: meeting), about: .meeting(id), as: .programmeOfficer)
                try change.append(MeetingOpened(present: panel), about: .meeting(id), as: .programmeOfficer)
                try change.append(
                    MeetingItemBegun(application: dossier), about: .meeting(id), as: .programmeOfficer)
                try change.append(
                    MeetingMemberLeft(application: dossier, person: panel[1], conflict: .sameEntity),
                    about: .meeting(id), as: .programmeOfficer)
                guard index == 1 else { return }
                try change.append(
                    MeetingItemClosed(
                        meeting: id, tally: MeetingTally([.no], entitled: 1), outcome: .unsupported),
                    about: .application(dossier), as: .programmeOfficer)
                try change.append(MeetingEnded(minutes: "纪要"), about: .meeting(id), as: .programmeOfficer)
            }
        }
        for (index, id) in SightCity.interviews.enumerated() {
            let meeting = Meeting(
                id: id, call: calls["review"] ?? call.id, title: "面谈\(index + 1)",
                at: SightCity.at("2026-07-0\(index + 3)"), place: "第二会议室", chair: panel[0], panel: panel,
                agenda: [dossier], quorum: 1, majority: nil, notes: "interview", hears: true)
            try act("programme-officer", SightCity.at("2026-07-0\(index + 3)", 9)) { change, _ in
                let subject = Subject.meeting(id)
                try change.append(MeetingCalled(meeting: meeting), about: subject, as: .programmeOfficer)
                try change.append(MeetingOpened(present: panel), about: subject, as: .programmeOfficer)
                try change.append(
                    MeetingItemBegun(application: dossier), about: subject, as: .programmeOfficer)
                guard index > 0 else { return }
                try change.append(
                    MeetingHearingBegun(application: dossier), about: subject, as: .programmeOfficer)
                guard index > 1 else { return }
                try change.append(
                    MeetingHearingEnded(application: dossier), about: subject, as: .programmeOfficer)
            }
        }
    }
}

import Lifecycle
import Testing

/// What stands in the way of a statement in the roll of its call, and in which order the roll is read.
@Suite struct StatementRollTests {
    private let form = StatementForm(
        id: "slot", label: Label("时段", "Slot"),
        fields: [
            ApplicationForm.Field(id: "session", kind: .line, label: Label("分会场", "Session")),
            ApplicationForm.Field(id: "starts", kind: .time, label: Label("开始", "Begins")),
            ApplicationForm.Field(id: "ends", kind: .time, label: Label("结束", "Ends")),
            ApplicationForm.Field(
                id: "grade", kind: .choice, label: Label("等级", "Grade"),
                options: [
                    ApplicationForm.Field.Option(id: "z", label: Label("特等奖", "Grand")),
                    ApplicationForm.Field.Option(id: "a", label: Label("一等奖", "First")),
                ]),
        ], seenBy: [.commission], standing: .demo, cites: nil, verified: false)

    private func roll(
        apart: StatementRoll.Apart? = nil, caps: [StatementRoll.Cap] = [], groupBy: String? = nil
    ) -> StatementRoll {
        StatementRoll(
            label: Label("日程", "Timetable"), shows: ["session"], groupBy: groupBy, orderBy: ["starts"],
            apart: apart, caps: caps)
    }

    private func slot(_ session: String, _ starts: String, _ ends: String, grade: String = "z") -> [String:
        String]
    {
        ["session": session, "starts": starts, "ends": ends, "grade": grade]
    }

    private func codes(
        _ roll: StatementRoll, _ answers: [String: String], _ others: [[String: String]],
        _ settings: Settings = Settings()
    ) -> [String] {
        roll.obstacles(
            to: answers,
            beside: others.enumerated().map {
                StatementRoll.Entry(number: "N\($0.offset)", answers: $0.element)
            },
            in: form, settings: settings
        ).map(\.code)
    }

    @Test(arguments: [
        ("09:30", "09:50", ["roll.taken"]), ("09:40", "09:45", ["roll.taken"]),
        ("09:00", "09:31", ["roll.taken"]), ("09:00", "10:00", ["roll.taken"]), ("09:50", "10:10", []),
        ("09:00", "09:30", []), ("10:00", "09:00", ["roll.times"]), ("09:30", "09:30", ["roll.times"]),
    ])
    func `slots of one session do not overlap, and end after they begin`(
        starts: String, ends: String, expected: [String]
    ) {
        let roll = roll(
            apart: StatementRoll.Apart(
                same: ["session"], times: StatementRoll.Apart.Times(from: "starts", until: "ends")))
        #expect(codes(roll, slot("甲", starts, ends), [slot("甲", "09:30", "09:50")]) == expected)
        let elsewhere = codes(roll, slot("乙", starts, ends), [slot("甲", "09:30", "09:50")])
        #expect(elsewhere == expected.filter { $0 == "roll.times" })
    }

    @Test func `without times the same words are enough, and a missing answer clashes with nothing`() {
        let roll = roll(apart: StatementRoll.Apart(same: ["session", "starts"]))
        #expect(codes(roll, slot("甲", "09:30", "09:50"), [slot("甲", "09:30", "11:00")]) == ["roll.taken"])
        #expect(codes(roll, slot("甲", "09:30", "09:50"), [slot("甲", "09:31", "11:00")]) == [])
        #expect(codes(roll, ["session": "甲"], [["session": "甲"]]) == [])
    }

    @Test func `no more than the call says may choose an option`() {
        let roll = roll(caps: [StatementRoll.Cap(field: "grade", options: ["z"], parameter: "most")])
        let one = Settings(["most": "1"])
        let grand = slot("甲", "09:30", "09:50")
        let first = slot("甲", "09:30", "09:50", grade: "a")
        #expect(codes(roll, grand, [], one) == [])
        #expect(codes(roll, grand, [first, first], one) == [])
        #expect(codes(roll, grand, [first, grand], one) == ["roll.full"])
        #expect(codes(roll, first, [grand, grand], one) == [])
        #expect(codes(roll, grand, [], Settings(["most": "0"])) == ["roll.full"])
        // Words that were erased free no place.
        let erased = StatementRoll.Entry(number: "N", answers: [:], isErased: true)
        let found = roll.obstacles(to: grand, beside: [erased], in: form, settings: one)
        #expect(found.map(\.code) == ["roll.full"])
    }

    @Test func `what is full or taken is named in both languages`() {
        let full = roll(caps: [StatementRoll.Cap(field: "grade", options: ["z"], parameter: "most")])
        let grand = slot("甲", "09:30", "09:50")
        let other = [StatementRoll.Entry(number: "N", answers: grand)]
        let most = full.obstacles(to: grand, beside: other, in: form, settings: Settings(["most": "1"]))
        #expect(most.map { $0.labels["what"] } == [Label("特等奖", "Grand")])
        #expect(most.map { $0.values["what"] } == ["特等奖"])
        let apart = roll(apart: StatementRoll.Apart(same: ["grade", "session"]))
        let taken = apart.obstacles(to: grand, beside: other, in: form, settings: Settings())
        #expect(taken.map { $0.labels["what"] } == [Label("特等奖、甲", "Grand, 甲")])
    }

    @Test func `a roll is read by the options' order, then by its fields, then by number`() {
        let lines = [
            StatementRoll.Entry(number: "3", answers: slot("甲", "10:00", "10:10", grade: "a")),
            StatementRoll.Entry(number: "2", answers: slot("甲", "11:00", "11:10")),
            StatementRoll.Entry(number: "1", answers: slot("甲", "09:00", "09:10", grade: "a")),
            StatementRoll.Entry(number: "4", answers: slot("甲", "11:00", "11:10")),
        ]
        let sorted = roll(groupBy: "grade").sorted(lines, by: { $0 }, in: form)
        #expect(sorted.map(\.number) == ["2", "4", "1", "3"])
    }

    @Test(arguments: [
        ("9:30", "09:30"), ("09：30", "09:30"), ("23:59", "23:59"), ("00:00", "00:00"), ("24:00", nil),
        ("9", nil),
        ("9:3", nil), ("09:60", nil), ("-1:30", nil), ("09:30:00", nil), ("上午九点", nil), ("9 :30", nil),
    ])
    func `times of a day are read as people write them`(typed: String, canonical: String?) {
        let section = form.section
        let read = ApplicationForm(sections: []).reading(["starts": typed], section: section)
        #expect(read.answers["starts"] == canonical || canonical == nil && !read.problems.isEmpty)
    }
}

import ArgumentParser
import Foundation
import Lifecycle
import PlanFiles
import Portal
import Store

/// `jiebang plan what-if --round CALL --rules DIR`: a closed round under other rules, or as of another day.
struct PlanWhatIfCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "what-if", abstract: "Judge a closed round again under other rules.",
        discussion: """
            --round names a call by its number or id in --data, or a file that --record wrote. --rules names the \
            folder of a plan or of one programme; without it the call's own definition is asked. --as-of takes \
            the rules as they stood on another day. What a notice did not state stays unknown.
            """)

    @Option(help: "The call's number or id, or a recorded round (.json).") var round: String
    @Option(help: "The folder with the other rules.") var rules: String?
    @Option(help: "Take the rules as they stood on this day, such as 2021-05-20.") var asOf: String?
    @Option(help: "Write the round as it was recorded to this file, and judge nothing.") var record: String?
    @OptionGroup var place: DataOptions
    @OptionGroup var plan: PlanOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let asOf, Day(text: asOf) == nil { throw ValidationError("--as-of is a day such as 2021-05-20") }
        guard (record == nil) != (rules == nil && asOf == nil) else {
            throw ValidationError("give --rules, --as-of or both; or --record alone")
        }
    }

    func run() async throws {
        let (recorded, pinned) = try await found()
        if let record { return try write(recorded, to: record) }
        let programme = recorded.programme
        let other = try rules.map { folder in
            guard let found = try PlanFolder.programme(in: folder, id: programme), found.id == programme
            else {
                throw Complaint(
                    Terminal.words(
                        "\(folder)：没有项目“\(programme)”的规则", "\(folder): there are no rules of “\(programme)”"))
            }
            return found.rules
        }
        let day = asOf.flatMap(Day.init(text:)) ?? recorded.rulesDay
        let answer = WhatIf(recorded, pinned: pinned, after: WhatIf.Rules(other ?? pinned, on: day))
        if output.json { return try Terminal.json(answer) }
        WhatIfText(answer).print()
    }

    private func found() async throws -> (RecordedRound, [Rule]) {
        if FileManager.default.fileExists(atPath: round) { return try fromFile() }
        let house = try await HouseOnDisk(place: place, plan: plan).openForReading()
        let (asked, now) = (round, house.now)
        return try house.database.readNow { store in
            let id = try store.value(
                "SELECT id FROM call WHERE number = \(asked) OR id = \(asked)", as: ID<Call>.self)
            guard let id else {
                throw Complaint(Terminal.words("没有征集“\(asked)”", "there is no call “\(asked)”"))
            }
            let (call, programme) = try Calls.found(id, house, store)
            return (try WhatIfRounds.round(of: call, at: now, store), programme.rules)
        }
    }

    /// A recorded round; what applied to it is the plan's definition on the round's day.
    private func fromFile() throws -> (RecordedRound, [Rule]) {
        guard let bytes = FileManager.default.contents(atPath: round),
            let recorded = try? JSONDecoder().decode(RecordedRound.self, from: bytes)
        else {
            throw Complaint(
                Terminal.words("\(round)：不是记录下来的一轮申报", "\(round): this is no recorded round"))
        }
        try plan.require()
        guard let programme = try PlanFolder.load(plan.folder).programme(recorded.programme) else {
            throw Complaint(
                Terminal.words(
                    "\(plan.folder)：没有项目“\(recorded.programme)”",
                    "\(plan.folder): there is no programme “\(recorded.programme)”"))
        }
        return (recorded, programme.rules)
    }

    private func write(_ recorded: RecordedRound, to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        do {
            try (encoder.encode(recorded) + Data("\n".utf8)).write(
                to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw Complaint("\(path): cannot be written: \(error.localizedDescription)")
        }
    }
}

/// An answer as a terminal shows it.
private struct WhatIfText {
    let answer: WhatIf

    init(_ answer: WhatIf) { self.answer = answer }

    func print() {
        Terminal.say(
            Terminal.words(
                "\(answer.round)：\(answer.applications) 份申请，\(answer.before) 的规则 → \(answer.after) 的规则",
                "\(answer.round): \(answer.applications) applications, rules of \(answer.before) → rules of \(answer.after)"
            ))
        if answer.unrecorded > 0 {
            Terminal.say(
                Terminal.words(
                    "其中 \(answer.unrecorded) 份提交时没有记下核对所依据的事实，只能看出生日期",
                    "\(answer.unrecorded) of them kept nothing of what was looked at but the birth"))
        }
        if !answer.differing.isEmpty {
            Terminal.say(
                Terminal.words(
                    "注意：与当时记录的结果不一致：\(answer.differing.joined(separator: ", "))",
                    "mind: not what was recorded then: \(answer.differing.joined(separator: ", "))"))
        }
        for rule in answer.rules {
            Terminal.say("")
            Terminal.say("\(rule.id)")
            Terminal.say("    \(answer.before)  \(side(rule.before))")
            Terminal.say("    \(answer.after)  \(side(rule.after))")
            for count in rule.counts {
                Terminal.say("    \(word(count.from)) → \(word(count.to)): \(count.count)")
            }
            // What is met or unknown now was not turned down; those that fail are named.
            let named = rule.newlyUnmet.map(\.subject)
            if !named.isEmpty {
                Terminal.say(
                    "    \(Terminal.words("新增不符合", "newly unmet")): \(named.joined(separator: ", "))")
            }
        }
        Terminal.say("")
        for one in answer.universities
        where one.lost + one.gained > 0 || !one.listFails.isEmpty || !one.listPasses.isEmpty {
            let lists =
                one.listFails.map { Terminal.words("名单新增不符合 \($0)", "its list newly fails \($0)") }
                + one.listPasses.map { Terminal.words("名单不再违反 \($0)", "its list no longer fails \($0)") }
            Terminal.say(
                ([
                    Terminal.words(
                        "\(one.name)：\(one.applications) 份，少 \(one.lost)，多 \(one.gained)",
                        "\(one.name): \(one.applications) applications, \(one.lost) lost, \(one.gained) gained"
                    )
                ] + lists).joined(separator: "; "))
        }
    }

    private func side(_ side: WhatIf.Side?) -> String {
        guard let side else { return Terminal.words("没有这条规则", "no such rule") }
        let text = side.isStated ? "" : Terminal.words("（通知未载明）", " (the notice does not say)")
        return
            "\(side.label.text(in: Terminal.language))\(text) — \(side.cites.text(in: Terminal.language))"
    }

    private func word(_ outcome: WhatIf.Outcome) -> String {
        switch outcome {
        case .met: Terminal.words("符合", "met")
        case .unmet: Terminal.words("不符合", "unmet")
        case .unknown: Terminal.words("不知道", "unknown")
        case .absent: Terminal.words("没有此规则", "no rule")
        }
    }
}

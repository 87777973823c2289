import ArgumentParser
import Lifecycle
import PlanFiles

/// `jiebang plan diff OLD NEW`: what anybody would notice between two versions of a definition.
struct PlanDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Say what changed between two versions of a definition.",
        discussion: """
            OLD and NEW are folders of one programme each, or of a plan each. The status is 0 where nobody would \
            notice a difference and 1 where somebody would.
            """)

    @Argument(help: "The folder with the older version.") var old: String
    @Argument(help: "The folder with the newer version.") var new: String
    @OptionGroup var output: OutputOptions

    /// What one side has and the other has not, and what both have.
    private struct Answer: Encodable {
        var added: [String] = []
        var removed: [String] = []
        var programmes: [ProgrammeDiff] = []

        var isEmpty: Bool { added.isEmpty && removed.isEmpty && programmes.allSatisfy(\.isEmpty) }
    }

    func run() throws {
        let answer = try compared()
        if output.json { try Terminal.json(answer) } else { print(answer) }
        if !answer.isEmpty { throw ExitCode(1) }
    }

    private func compared() throws -> Answer {
        let sides = (PlanFolder.isProgramme(old), PlanFolder.isProgramme(new))
        guard sides.0 == sides.1 else {
            throw Complaint(
                Terminal.words(
                    "一边是一个项目的目录，另一边是整个计划的目录，无法比较",
                    "one side is a programme's folder and the other a plan's: they cannot be compared"))
        }
        if sides.0 {
            return Answer(programmes: [
                ProgrammeDiff(
                    from: try PlanFolder.programme(in: old), to: try PlanFolder.programme(in: new))
            ])
        }
        let (before, after) = (try PlanFolder.load(old), try PlanFolder.load(new))
        return Answer(
            added: after.programmes.map(\.id).filter { before.programme($0) == nil },
            removed: before.programmes.map(\.id).filter { after.programme($0) == nil },
            programmes: after.programmes.compactMap { now in
                before.programme(now.id).map { ProgrammeDiff(from: $0, to: now) }
            })
    }

    private func print(_ answer: Answer) {
        if answer.isEmpty { return Terminal.say(Terminal.words("没有实质不同", "nothing differs in substance")) }
        for id in answer.added { Terminal.say(Terminal.words("新增项目 \(id)", "new programme \(id)")) }
        for id in answer.removed { Terminal.say(Terminal.words("取消项目 \(id)", "programme gone: \(id)")) }
        for programme in answer.programmes where !programme.isEmpty {
            Terminal.say(programme.programme)
            for change in programme.changes { Terminal.say("  \(describe(change))") }
        }
    }

    private func describe(_ change: ProgrammeDiff.Change) -> String {
        let language = Terminal.language
        let head =
            "[\(word(for: change.kind))] \(change.subject.text(in: language)) (\(change.id)) · \(change.what.text(in: language))"
        let sides = [change.before, change.after].map { $0?.text(in: language) }
        return switch (sides[0], sides[1]) {
        case (let was?, let now?): "\(head): \(was) → \(now)"
        case (let one?, nil), (nil, let one?): "\(head): \(one)"
        case (nil, nil): head
        }
    }

    private func word(for kind: ProgrammeDiff.Kind) -> String {
        switch kind {
        case .added: Terminal.words("新增", "added")
        case .removed: Terminal.words("取消", "removed")
        case .tightened: Terminal.words("收紧", "tightened")
        case .loosened: Terminal.words("放宽", "loosened")
        case .changed: Terminal.words("改变", "changed")
        case .reworded: Terminal.words("改写", "reworded")
        }
    }
}

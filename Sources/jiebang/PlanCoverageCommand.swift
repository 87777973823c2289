import ArgumentParser
import Lifecycle
import PlanFiles

/// `jiebang plan coverage [DIR]`: clause by clause, what carries the plan out, and what nothing does yet.
struct PlanCoverageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage", abstract: "Say clause by clause what carries the plan out.",
        discussion: """
            A clause that nothing carries out yet is said to be so; that is no failure. The status is 1 only \
            where the plan's files do not read.
            """)

    @Argument(help: "The plan's folder.") var folder: String?
    @OptionGroup var plan: PlanOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        if folder == nil { try plan.require() }
        let coverage = PlanCoverage(try PlanFolder.load(folder ?? plan.folder))
        if output.json { return try Terminal.json(coverage) }
        for line in coverage.lines {
            let indent = String(repeating: "  ", count: line.depth - 1)
            Terminal.say(
                "\(indent)\(line.clause.id.rawValue) \(text(line.clause.title)) — \(Self.word(for: line.state))"
            )
            for use in line.uses { Terminal.say("\(indent)    \(describe(use))") }
        }
        let open = coverage.nothingYet
        Terminal.say("")
        Terminal.say(
            Terminal.words(
                "还没有承担的条款 \(open.count) 条：", "\(open.count) clauses that nothing carries out yet:"))
        for line in open {
            Terminal.say(
                "  \(line.clause.id.rawValue) \(text(line.clause.title)) (\(Self.word(for: line.state)))")
        }
        let tasks = coverage.openTasks
        Terminal.say("")
        Terminal.say(
            Terminal.words(
                "还没有项目承担的任务 \(tasks.count) 项：", "\(tasks.count) tasks that no programme carries out yet:"))
        for task in tasks {
            let clauses = task.clauses.map(\.rawValue).joined(separator: ", ")
            Terminal.say("  \(clauses) \(text(task.label))")
        }
    }

    private func text(_ label: Label) -> String { label.text(in: Terminal.language) }

    private func describe(_ use: PlanCoverage.Use) -> String {
        let place = [use.programme, use.id].compactMap(\.self)
        let name = use.programme == use.id ? use.id : place.joined(separator: "/")
        var parts = ["\(Self.word(for: use.kind)) \(name)", text(use.label)]
        if let target = use.target { parts.append(text(target)) }
        if let from = use.from { parts.append(Terminal.words("自 \(from)", "from \(from)")) }
        if let standing = use.standing, standing != .binding { parts.append(Self.word(for: standing)) }
        return parts.joined(separator: " · ")
    }

    static func word(for standing: RuleStanding) -> String {
        switch standing {
        case .binding: Terminal.words("本项目规定", "binding")
        case .borrowed: Terminal.words("参照他例", "borrowed")
        case .demo: Terminal.words("演示设定", "demo setting")
        }
    }

    private static func word(for state: PlanCoverage.State) -> String {
        switch state {
        case .carried: Terminal.words("有承担", "carried out")
        case .demo: Terminal.words("只有演示设定", "settings of the demo only")
        case .planned: Terminal.words("只有任务，还没有承担", "a task names it, nothing carries it out yet")
        case .nothing: Terminal.words("还没有", "nothing yet")
        case .heading: Terminal.words("见下列各条", "see its parts")
        }
    }

    private static func word(for kind: PlanCoverage.Use.Kind) -> String {
        switch kind {
        case .task: Terminal.words("任务", "task")
        case .indicator: Terminal.words("指标", "indicator")
        case .programme: Terminal.words("项目", "programme")
        case .rule: Terminal.words("规则", "rule")
        case .party: Terminal.words("参与方", "party")
        case .step: Terminal.words("步骤", "step")
        case .statement: Terminal.words("书面材料", "statement")
        case .practice: Terminal.words("做法", "practice")
        case .criterion: Terminal.words("评审维度", "criterion")
        case .review: Terminal.words("评审", "review")
        case .appraisal: Terminal.words("论证", "appraisal")
        case .funding: Terminal.words("经费", "funding")
        }
    }
}

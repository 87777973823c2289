import ArgumentParser
import Lifecycle
import Portal
import Store

/// `jiebang why APPLICATION`: the verdicts on an application, each with its ground.
struct WhyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Explain the verdicts on an application.")

    @Argument(help: "The application's number or id.") var application: String
    @OptionGroup var place: DataOptions
    @OptionGroup var plan: PlanOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let house = try await HouseOnDisk(place: place, plan: plan).openForReading()
        let asked = application
        let verdicts = try house.database.readNow { store in
            let found = try store.value(
                "SELECT id FROM application WHERE number = \(asked) OR id = \(asked)",
                as: ID<Application>.self)
            guard let found else {
                throw Complaint(Terminal.words("没有申请“\(asked)”", "there is no application “\(asked)”"))
            }
            return try ScreeningActs.findings(found, house, store).verdicts
        }
        if output.json { return try Terminal.json(verdicts) }
        for verdict in verdicts { explain(verdict) }
    }

    private func explain(_ verdict: Verdict) {
        let language = Terminal.language
        let result =
            switch verdict.result {
            case .met: Terminal.words("符合", "met")
            case .unmet: Terminal.words("不符合", "unmet")
            case .unknown: Terminal.words("尚不能判断", "unknown")
            }
        let standing =
            switch verdict.standing {
            case .binding: Terminal.words("本项目规定", "binding")
            case .borrowed: Terminal.words("参照他例", "borrowed")
            case .demo: Terminal.words("演示", "demo")
            }
        let checked =
            verdict.verified ? Terminal.words("已与原文核对", "verified") : Terminal.words("未与原文核对", "not verified")
        Terminal.say("\(result)  \(verdict.label.text(in: language)) [\(verdict.rule)]")
        Terminal.say("    \(verdict.citation.text(in: language)) · \(standing) · \(checked)")
        for looked in verdict.looked {
            Terminal.say("    \(looked.label.text(in: language))：\(looked.value)")
        }
        if let role = verdict.exceptionBy {
            Terminal.say(
                "    \(Terminal.words("可由其准予例外", "an exception may be granted by"))：\(role.rawValue)")
        }
        if let remedy = verdict.remedy { Terminal.say("    \(remedy.text(in: language))") }
    }
}

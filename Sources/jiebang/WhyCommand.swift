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
        let words = house.words(in: Terminal.language)
        let (findings, quota, practices) = try house.database.readNow { store in
            let found = try store.value(
                "SELECT id FROM application WHERE number = \(asked) OR id = \(asked)",
                as: ID<Application>.self)
            guard let found else {
                throw Complaint(Terminal.words("没有申请“\(asked)”", "there is no application “\(asked)”"))
            }
            let call = try store.value(
                "SELECT call FROM application WHERE id = \(found)", as: ID<Call>.self)
            return (
                try ScreeningActs.findings(found, house, store), try QuotaGround.find(behind: found, store),
                try call.map { try CallPractice.all(in: $0, house, words, store) } ?? []
            )
        }
        let explained = findings.verdicts.map { verdict in
            Explained(
                verdict: verdict, exception: findings.exceptions.first { $0.rule == verdict.rule })
        }
        if output.json {
            return try Terminal.json(Explanation(verdicts: explained, quota: quota, practices: practices))
        }
        for one in explained { explain(one, words) }
        for line in quota?.explained(words) ?? [] { Terminal.say(line) }
        for line in CallPractice.explained(practices, words) { Terminal.say(line) }
    }

    /// All that the text says.
    private struct Explanation: Encodable {
        let verdicts: [Explained]
        let quota: QuotaGround?
        let practices: [CallPractice]
    }

    /// A verdict, and beside it the exception asked for or decided.
    private struct Explained: Encodable {
        let verdict: Verdict
        let exception: ExceptionRecord?

        private enum Beside: CodingKey { case exception }

        /// The verdict's own keys, and `exception` among them.
        func encode(to encoder: any Encoder) throws {
            try verdict.encode(to: encoder)
            var beside = encoder.container(keyedBy: Beside.self)
            try beside.encodeIfPresent(exception, forKey: .exception)
        }
    }

    private func explain(_ explained: Explained, _ words: Words.Catalogue) {
        let verdict = explained.verdict
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
            switch verdict.verified {
            case .verified: Terminal.words("已与原文核对", "verified")
            case .reported: Terminal.words("通行说法，未与原文核对", "as reported, not verified")
            case .inferred: Terminal.words("推断，未与原文核对", "inferred, not verified")
            case .unknown: Terminal.words("未与原文核对", "not verified")
            }
        Terminal.say("\(result)  \(verdict.label.text(in: language)) [\(verdict.rule)]")
        Terminal.say("    \(verdict.citation.text(in: language)) · \(standing) · \(checked)")
        for looked in verdict.looked {
            Terminal.say("    \(looked.label.text(in: language))：\(looked.text(in: language))")
        }
        if let exception = explained.exception { explain(exception, words) }
        if let role = verdict.exceptionBy {
            Terminal.say(
                "    \(Terminal.words("可由其准予例外", "an exception may be granted by"))：\(role.rawValue)")
        }
        if let remedy = verdict.remedy { Terminal.say("    \(remedy.text(in: language))") }
    }

    private func explain(_ exception: ExceptionRecord, _ words: Words.Catalogue) {
        let role = exception.decider.map { words["role.\($0.rawValue)"] } ?? ""
        var said: String
        switch exception.granted {
        case .none:
            said = Terminal.words("例外尚未决定，由\(role)决定", "the \(role) has not decided on an exception yet")
        case .some(let granted):
            let fact = exception.fact.map(String.init) ?? ""
            let who = [exception.deciderName, role].compactMap(\.self).joined(separator: " · ")
            let reason = exception.reason ?? ""
            said =
                granted
                ? Terminal.words("不符合，已准予例外", "not met, exception granted")
                : Terminal.words("不符合，不予例外", "not met, exception declined")
            said += Terminal.words(
                "：事实 \(fact)，由\(who)，理由：\(reason)", ": fact \(fact), by \(who), reason: \(reason)")
        }
        Terminal.say("    \(said)")
        if let grounds = exception.grounds {
            Terminal.say("    \(Terminal.words("申请例外的理由", "grounds asked on"))：\(grounds)")
        }
    }
}

import ArgumentParser
import Foundation
import Lifecycle
import Portal
import Store

/// `jiebang journal verify`: recomputes all that the journal vouches for.
struct JournalVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Recompute the journal and everything that follows from it.",
        discussion: "Reads only, and may run beside a server. Needs the public key, not the secret one.")

    @OptionGroup var place: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let database = try place.openForReading()
        let report = try JournalVerifier(
            database: database, projections: Projections(Slices.all(Definitions())),
            keys: try JournalKeys.openPublic(folder: place.keysFolder), attachments: place.attachmentFolder
        ).verify()
        if output.json {
            try Terminal.json(report)
        } else {
            for finding in report.findings { Terminal.tell(finding.line(in: Terminal.language)) }
            let seconds = report.seconds.formatted(.number.precision(.fractionLength(2)))
            Terminal.say(
                Terminal.words(
                    "事实\(report.facts)条，已签名\(report.sealed)条，检查点\(report.checkpoints)个，已删除载荷\(report.erasedPayloads)个、理由\(report.erasedReasons)个，附件\(report.attachments)个，投影\(report.rows)行，用时\(seconds)秒",
                    "\(report.facts) facts, \(report.sealed) sealed, \(report.checkpoints) checkpoints, \(report.erasedPayloads) payloads and \(report.erasedReasons) reasons erased, \(report.attachments) attachments, \(report.rows) projected rows, \(seconds) s"
                ))
            Terminal.say(report.outside.text(in: Terminal.language))
            Terminal.say(
                report.isSound
                    ? Terminal.words("日志完好", "the journal is sound")
                    : Terminal.words("发现\(report.wrong)处问题", "\(report.wrong) things are wrong"))
        }
        if !report.isSound { throw ExitCode(1) }
    }
}

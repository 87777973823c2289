import ArgumentParser
import Foundation
import Lifecycle
import Portal
import TransparencyLog

/// `jiebang journal check PROOF --key VKEY`: needs neither database nor network.
struct JournalCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check a proof by the journal's public key alone.")

    @Argument(help: "The file with the proof, or - for standard input.") var proof: String
    @Option(help: "The journal's public key, or a file that holds it.") var key: String
    @OptionGroup var place: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let bytes =
            proof == "-"
            ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: proof)
        guard let bytes, let text = String(validating: bytes, as: UTF8.self) else {
            throw Complaint(
                "\(proof):1:1: error: \(Terminal.words("无法读取此文件", "the file cannot be read")) [file.missing]")
        }
        let vkey =
            FileManager.default.contents(atPath: key).map { String(decoding: $0, as: UTF8.self) } ?? key
        guard FileManager.default.fileExists(atPath: key) || (try? NoteVerifier(vkey: key.trimmed)) != nil
        else {
            throw Complaint(
                Terminal.words(
                    "“\(key)”既不是公钥，也不是存有公钥的文件", "“\(key)” is neither a public key nor a file that holds one"))
        }
        let shown = try FactProof.check(text, vkey: vkey)
        if output.json { return try Terminal.json(shown) }
        Terminal.say(
            Terminal.words(
                "证明成立：日志 \(shown.log) 的前\(shown.size)条中含有第\(shown.number)条",
                "proved: fact \(shown.number) is among the first \(shown.size) of \(shown.log)"))
        Terminal.say("\(shown.at)  \(shown.kind)  \(shown.subject.kind) \(shown.subject.id)")
        if let actor = shown.actor { Terminal.say("actor \(actor)\(shown.role.map { " (\($0))" } ?? "")") }
        if shown.hasReason {
            // In quotes, with controls escaped: a reason of several lines cannot pose as lines of ours.
            let reason =
                try shown.reason.map { try Canonical.json($0) }
                ?? Self.notShown(erasedBy: shown.reasonErasedBy)
            Terminal.say(Terminal.words("理由：\(reason)", "reason: \(reason)"))
        }
        let payload = shown.payload ?? Self.notShown(erasedBy: shown.payloadErasedBy)
        Terminal.say(Terminal.words("载荷：\(payload)", "payload: \(payload)"))
    }

    /// A proof alone cannot tell what was erased from what its maker left out; the erasing fact's proof can.
    private static func notShown(erasedBy number: Int64?) -> String {
        guard let number else {
            return Terminal.words("（证明中没有出示）", "(the proof does not show it)")
        }
        return Terminal.words(
            "（已删除；依据是第\(number)条，请核对它的证明）", "(erased, by fact \(number): check its proof)")
    }
}

import ArgumentParser
import PublicDraw

/// `jiebang draw promise --party NAME`: chance by several parties instead of a lottery.
struct DrawPromiseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "promise", abstract: "Make a party's secret, and the hash that promises it.",
        discussion: """
            Hand in the hash before the draw is committed to; keep the secret, and open it afterwards. All hashes are \
            known before the first secret is.
            """)

    @Option(help: "Who promises; the hash is of no use to another.") var party: String
    @Option(help: "A secret in 64 hexadecimal digits (default: from the system's chance).") var secret:
        String?
    @OptionGroup var form: OutputOptions

    func run() throws {
        let secret = secret ?? Contribution.randomSecret()
        guard let hash = Contribution.hash(party: party, secret: secret) else {
            throw ValidationError("--secret must be 64 hexadecimal digits, as “openssl rand -hex 32” prints")
        }
        if form.json { return try Terminal.json(["party": party, "secret": secret, "hash": hash]) }
        Terminal.say("hash   \(hash)")
        Terminal.say("secret \(secret)")
    }
}

import ArgumentParser
import Foundation
import Portal
import PublicDraw

/// `jiebang draw commit POOL.csv --count N --sources NAMES`
struct DrawCommitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "commit", abstract: "Freeze pool, exclusions, places and sources before chance speaks.",
        discussion: """
            POOL.csv has a header. Its column “id”, or else its first, names the entries; their order counts.

            --sources takes names between commas, or the option again. A name may end in :sorted (whole numbers whose \
            order says nothing, the default), :ordered (numbers or decimals in their order) or :hex (bytes), and then \
            in :COUNT, how many values are taken. Example: --sources '双色球2026138期:sorted:6,上证指数收盘:ordered:1'

            With --strata the places are shared among the classes in proportion to who may be drawn, by largest \
            remainder, unless --quota says otherwise; every class gets its own alternates.
            """)

    @Argument(help: "The pool as CSV.") var pool: String
    @Option(help: "How many places are filled, in all classes together.") var count: Int
    @Option(help: "How many more are drawn to stand by; with --strata, for each class.") var alternates = 0
    @Option(help: "The column with the class of each entry.") var strata: String?
    @Option(help: "CLASS=PLACES or CLASS=PLACES+ALTERNATES, for one class. May be repeated.")
    var quota: [String] = []
    @Option(help: "The column with the tickets of each entry (default: one each).") var tickets: String?
    @Option(help: "CSV with id and reason: who may not be drawn.") var exclude: String?
    @Option(help: "Names of the future sources, between commas.") var sources: [String] = []
    @Option(help: "CSV with party and hash: promises made with “draw promise”, opened later.")
    var promises: String?
    @Option(help: "How many promises must be opened in time (default: all).") var quorum: Int?
    @Flag(help: "Hash this commitment too, so that draws by one lottery are independent.") var separate =
        false
    @Option(help: "sha256, or rfc3797 for MD5 as the RFC has it.") var profile = ProfileName.sha256
    @Option(help: "What is drawn for, in one line.") var title = ""
    @Option(name: .shortAndLong, help: "The file to write (default: standard output).") var output: String?
    @OptionGroup var form: OutputOptions

    func validate() throws {
        guard count > 0 else { throw ValidationError("--count must be at least 1") }
        guard alternates >= 0 else { throw ValidationError("--alternates cannot be negative") }
        guard !sources.isEmpty || promises != nil else {
            throw ValidationError("name at least one source with --sources, or parties with --promises")
        }
        guard quota.isEmpty || strata != nil else { throw ValidationError("--quota needs --strata") }
        guard quorum == nil || promises != nil else { throw ValidationError("--quorum needs --promises") }
        if let bad = quota.first(where: { DrawQuotas.parse($0) == nil }) {
            throw ValidationError("--quota \(bad): write CLASS=PLACES or CLASS=PLACES+ALTERNATES")
        }
    }

    func run() throws {
        let pool = try DrawPool(file: pool, strata: strata, tickets: tickets)
        let excluded = try exclude.map { try DrawExclusions(file: $0) }
        let promises = try promises.map { try DrawPromises(file: $0) }
        let commitment: Commitment
        do throws(CommitmentRefused) {
            commitment = try Commitment(
                profile: profile.profile, title: title, pool: pool.entries,
                exclusions: excluded?.exclusions ?? [],
                quotas: try DrawQuotas(asked: quota.compactMap(DrawQuotas.parse)).quotas(
                    for: pool.entries, excluded: excluded?.exclusions ?? [], count: count,
                    alternates: alternates),
                sources: namedSources(promises))
        } catch {
            throw Complaint(
                pool.place(of: error) ?? excluded?.place(of: error) ?? promises?.place(of: error)
                    ?? "\(error)")
        }
        try DrawOutput(file: output, json: form.json).write(
            commitment.canonical, DrawCommitSummary(commitment))
    }

    private func namedSources(_ promises: DrawPromises?) -> [RandomSource] {
        var all = sources.flatMap(DrawSources.parse)
        if let promises {
            let kind = RandomSource.Kind.contributions(
                promises.contributions, quorum: quorum ?? promises.contributions.count)
            all.append(RandomSource(name: "promises", kind: kind))
        }
        if separate { all.append(RandomSource(name: "this commitment", kind: .commitment)) }
        return all
    }
}

/// ``DrawProfile`` on the command line.
enum ProfileName: String, CaseIterable, ExpressibleByArgument {
    case sha256
    case rfc3797

    var profile: DrawProfile {
        switch self {
        case .sha256: .sha256
        case .rfc3797: .rfc3797
        }
    }
}

import ArgumentParser
import MatchingFiles

/// The files that state who may review what.
struct MatchFilesOptions: ParsableArguments {
    @Option(help: "A line a proposal, a column an expert; exactly -1 is a conflict.") var scores: String?
    @Option(help: "Candidate pairs: proposal,expert,score with indices from 0.") var pairs: String?
    @Option(help: "How many experts each proposal wants, one number a line.") var demand: String
    @Option(help: "How many proposals each expert may take, one number a line.") var loadMax: String
    @Option(help: "How many proposals each expert must be given.") var loadMin: String?
    @Option(help: "Pairs that must stand: proposal,expert.") var lock: String?
    @Option(help: "Pairs that must not stand: proposal,expert.") var forbid: String?
    @Option(help: "The group of each expert, one number a line; below 0 for none.") var groups: String?
    @Option(help: "How many experts of one group a proposal may have.") var groupCap: Int32 = 1
    @Option(help: "The experts of a kind: expert,kind. Does not go with --groups.") var kinds: String?
    @Option(help: "How many places each proposal keeps for experts of the kind.") var kindLeast: Int32 = 1

    func validate() throws {
        guard (scores == nil) != (pairs == nil) else {
            throw ValidationError("give either --scores or --pairs")
        }
        guard kinds == nil || groups == nil else {
            throw ValidationError(
                "--kinds does not go with --groups: nothing could be proved of both together")
        }
        guard kindLeast >= 0 else { throw ValidationError("--kind-least is at least 0") }
        guard groupCap >= 0 else { throw ValidationError("--group-cap is at least 0") }
    }

    var files: ProblemFiles {
        ProblemFiles(
            // One of the two is given: `validate` saw to it.
            scores: scores.map { .dense($0) } ?? .pairs(pairs ?? ""), demand: demand, maximumLoad: loadMax,
            minimumLoad: loadMin, locked: lock, forbidden: forbid, groups: groups, groupCap: groupCap,
            kinds: kinds, kindLeast: kindLeast)
    }
}

import Testing

@testable import Matching

/// What is named as the reason contradicts itself, and no part of it does: held against every part of small problems.
struct BlockingSetTests {
    static let variants = [
        Variant(name: "minimum loads", minimumLoads: true),
        Variant(name: "minimum loads, locks", minimumLoads: true, locks: true),
        Variant(name: "minimum loads, groups", minimumLoads: true, groups: true),
        Variant(name: "all", minimumLoads: true, locks: true, bans: true, groups: true),
        Variant(name: "minimum loads, a kind", minimumLoads: true, locks: true, kind: true),
    ]

    /// Every part of a set but nothing and the whole.
    private static func parts(of whole: [Int]) -> [[Int]] {
        (1..<max(1, (1 << whole.count) - 1)).map { bits in
            whole.indices.filter { bits >> $0 & 1 == 1 }.map { whole[$0] }
        }
    }

    private static func row(_ proposal: Int, _ problem: MatchingProblem) -> [Int] {
        problem.candidates[problem.rowStart[proposal]..<problem.rowStart[proposal + 1]]
            .map { Int($0.expert) }
            .filter { !problem.locked.contains(Pair(proposal: proposal, expert: $0)) }
    }

    /// By how much these experts must be given more than there is for them, locked pairs aside.
    private static func excess(ofExperts experts: [Int], _ problem: MatchingProblem) -> Int {
        var excess = experts.reduce(0) { sum, expert in
            sum + max(0, Int(problem.minimumLoad[expert]) - problem.locked.count { $0.expert == expert })
        }
        for proposal in 0..<problem.proposals {
            let locks = problem.locked.filter { $0.proposal == proposal }
            let mine = row(proposal, problem).filter(experts.contains)
            var places = mine.count
            if let groups = problem.groups {
                places = 0
                for (group, members) in Dictionary(grouping: mine, by: { groups.group[$0] }) {
                    let locked = locks.count { groups.group[$0.expert] == group }
                    places += group < 0 ? members.count : min(members.count, Int(groups.cap) - locked)
                }
            }
            if let kind = problem.kind {
                let kept = min(problem.demand[proposal], kind.least[proposal])
                let others = Int(problem.demand[proposal] - kept) - locks.count { !kind.isOfKind[$0.expert] }
                places = min(others, mine.count { !kind.isOfKind[$0] }) + mine.count { kind.isOfKind[$0] }
            }
            excess -= min(places, Int(problem.demand[proposal]) - locks.count)
        }
        return excess
    }

    /// By how much these proposals want more than their experts have, where each wants so many besides its locks.
    private static func excess(ofProposals proposals: [Int], wanting: [Int], _ problem: MatchingProblem)
        -> Int
    {
        var pairs: [Int: Int] = [:]
        for proposal in proposals {
            for expert in row(proposal, problem) { pairs[expert, default: 0] += 1 }
        }
        return proposals.reduce(0) { $0 + wanting[$1] }
            - pairs.reduce(0) { sum, entry in
                let locks = problem.locked.count { $0.expert == entry.key }
                return sum + min(entry.value, Int(problem.maximumLoad[entry.key]) - locks)
            }
    }

    @Test(arguments: variants)
    func `no part of the experts who block the minimum loads blocks them alone`(variant: Variant) throws {
        let seed: UInt64 = 21
        var chance = SeededChance(seed)
        var seen = 0
        for round in 0..<3_000 {
            let problem = try Instances.small(variant, &chance)
            do throws(MatchingRefused) {
                _ = try solve(problem)
            } catch {
                guard case .minimumLoads(let blocking) = error else { continue }
                seen += 1
                let place: Comment = "seed \(seed), round \(round): \(blocking)"
                #expect(blocking.isMinimal, place)
                #expect(
                    Self.excess(ofExperts: blocking.experts, problem) == blocking.wanted - blocking.available,
                    place)
                #expect(blocking.wanted > blocking.available, place)
                for part in Self.parts(of: blocking.experts) {
                    #expect(Self.excess(ofExperts: part, problem) <= 0, place)
                }
            }
        }
        #expect(seen > 100)
    }

    @Test(arguments: [Variant(name: "plain"), Variant(name: "locks", locks: true, bans: true)])
    func `without any one of the proposals that share too few experts the others can be served`(
        variant: Variant
    ) throws {
        let seed: UInt64 = 22
        var chance = SeededChance(seed)
        var (seen, large) = (0, 0)
        for round in 0..<3_000 {
            let problem = try Instances.small(variant, &chance)
            let solution = try solve(problem)
            for hole in solution.holes(in: problem) {
                let place: Comment = "seed \(seed), round \(round): \(hole)"
                if case .groupCaps = hole.reason { Issue.record(place) }
                guard case .loadsExhausted(let blocking) = hole.reason else { continue }
                seen += 1
                let locks = (0..<problem.proposals).map { proposal in
                    problem.locked.count { $0.proposal == proposal }
                }
                var wanting = (0..<problem.proposals).map { solution.assignment[$0].count - locks[$0] }
                wanting[hole.proposal] = Int(problem.demand[hole.proposal]) - locks[hole.proposal]
                #expect(blocking.isMinimal && blocking.proposals.contains(hole.proposal), place)
                #expect(
                    Self.excess(ofProposals: blocking.proposals, wanting: wanting, problem) > 0, place)
                for part in Self.parts(of: blocking.proposals) {
                    #expect(Self.excess(ofProposals: part, wanting: wanting, problem) <= 0, place)
                }
                if blocking.proposals.count > 2 { large += 1 }
            }
        }
        #expect(seen > 300 && large > 20)
    }

    @Test func `an expert who must be given more than there is stands alone`() throws {
        let problem = try MatchingProblem(
            rowStart: [0, 2], candidates: [Candidate(expert: 0, score: 1), Candidate(expert: 1, score: 1)],
            demand: [1], maximumLoad: [3, 1], minimumLoad: [3, 1])
        let blocking = BlockingSet(
            kind: .minimumLoads, proposals: [0], experts: [0], wanted: 3, available: 1)
        #expect(throws: MatchingRefused.minimumLoads(blocking)) { try solve(problem) }
    }

    @Test func `who gets no place because of a lock is told of the places beside the locks`() throws {
        let problem = try MatchingProblem(
            rowStart: [0, 1, 3],
            candidates: [
                Candidate(expert: 0, score: 1), Candidate(expert: 0, score: 1),
                Candidate(expert: 1, score: 1),
            ],
            demand: [1, 1], maximumLoad: [1, 1], locked: [Pair(proposal: 1, expert: 0)])
        let blocking = BlockingSet(kind: .demand, proposals: [0], experts: [0], wanted: 1, available: 0)
        #expect(
            try solve(problem).holes(in: problem) == [
                Hole(proposal: 0, places: 1, reason: .loadsExhausted(blocking))
            ])
    }

    @Test func `a set that there was no time to make small says so`() throws {
        let problem = try MatchingProblem(
            rowStart: [0, 1, 2, 3],
            candidates: [
                Candidate(expert: 0, score: 3), Candidate(expert: 0, score: 2),
                Candidate(expert: 0, score: 1),
            ],
            demand: [1, 1, 1], maximumLoad: [2])
        let assignment = try solve(problem).assignment
        let hasty = try #require(HoleExplanation(problem, assignment, steps: 4).holes.first)
        guard case .loadsExhausted(let blocking) = hasty.reason else {
            Issue.record("\(hasty)")
            return
        }
        #expect(!blocking.isMinimal && blocking.proposals == [0, 1, 2])
        #expect(hasty.description.hasSuffix("(too many to say whether some could be left out)"))
        let whole = try #require(HoleExplanation(problem, assignment).holes.first)
        #expect(!whole.description.contains("left out"))
    }
}

import Crypto
import Foundation
import Lifecycle
import Matching
import MatchingFiles

/// The files by which others check a plan: the problem in numbers, the assignment, the certificate.
struct PlanDocuments: Sendable {
    struct Document: Sendable {
        let name: String
        let isPublic: Bool
        let bytes: [UInt8]

        var digest: String { Canonical.hex(SHA256.hash(data: bytes)) }
    }

    private(set) var documents: [Document] = []
    private(set) var publicGap: Int64 = 0
    /// The row of each application and the column of each expert in the files.
    let proposalPlaces: [Int]
    let expertPlaces: [Int]

    /// - Parameters:
    ///   - salt: decides the order, so that a number tells nothing of whom it stands for.
    init(
        _ made: PairingProblem, _ problem: MatchingProblem, _ solution: Solution, salt: String,
        isCancelled: @escaping () -> Bool = { false }
    ) throws {
        let ground = made.ground
        proposalPlaces = Self.places(ground.dossiers.map { Subject.application($0.id) }, salt: salt)
        expertPlaces = Self.places(ground.experts.map { Subject.person($0.person) }, salt: salt)
        try add(problem, solution, isPublic: false)
        documents.append(Document(name: "key.csv", isPublic: false, bytes: key(ground, salt: salt)))
        try publish(made, problem, solution, salt: salt, isCancelled: isCancelled)
    }

    /// Where each subject stands when all are ordered by SHA-256 over `salt/kind/id`.
    private static func places(_ subjects: [Subject], salt: String) -> [Int] {
        let keys = subjects.map {
            Canonical.hex(SHA256.hash(data: Array("\(salt)/\($0.kind)/\($0.id)".utf8)))
        }
        var places = [Int](repeating: 0, count: subjects.count)
        for (place, index) in keys.indices.sorted(by: { keys[$0] < keys[$1] }).enumerated() {
            places[index] = place
        }
        return places
    }

    private mutating func add(_ problem: MatchingProblem, _ solution: Solution, isPublic: Bool) throws {
        let (problem, assignment, prices) = try numbered(problem, solution)
        let certificate = Certificate(prices: prices)
        // Unless every rule is kept, nothing is handed out.
        let verified = try verify(problem, assignment, certificate)
        if isPublic { publicGap = verified.gap }
        var shown = solution.told(assignment, of: problem, by: certificate)
        if isPublic {
            // In the wider problem more may be in reach: what was proved of floors is proved of ours alone.
            shown.fairness?.isFloorProved = false
            shown.fairness?.unreachable = nil
        } else {
            shown.fairness?.unreachable?.experts = (solution.fairness?.unreachable?.experts ?? [])
                .map { expertPlaces[$0] }.sorted()
        }
        func put(_ name: String, _ bytes: [UInt8]) {
            documents.append(Document(name: name, isPublic: isPublic, bytes: bytes))
        }
        put("pairs.csv", ProblemText.candidates(problem))
        put("demand.csv", ProblemText.numbers(problem.demand))
        put("load_max.csv", ProblemText.numbers(problem.maximumLoad))
        put("lock.csv", ProblemText.pairs(problem.locked))
        if let groups = problem.groups { put("groups.csv", ProblemText.numbers(groups.group)) }
        put("assignment.csv", AssignmentFile.text(assignment))
        put("certificate.json", try CertificateFile(shown, scale: ScoreScale()).bytes)
    }

    /// The same in the order of the files.
    private func numbered(
        _ problem: MatchingProblem, _ solution: Solution
    ) throws -> (MatchingProblem, Matching.Assignment, [Int64]) {
        var rows = [[Matching.Candidate]](repeating: [], count: problem.proposals)
        var chosen = [[Int32]](repeating: [], count: problem.proposals)
        var demand = problem.demand
        var loads = problem.maximumLoad
        var prices = solution.certificate.prices
        for proposal in 0..<problem.proposals {
            let row = problem.candidates[problem.rowStart[proposal]..<problem.rowStart[proposal + 1]]
            rows[proposalPlaces[proposal]] = row.map {
                Matching.Candidate(expert: Int32(expertPlaces[Int($0.expert)]), score: $0.score)
            }.sorted { $0.expert < $1.expert }
            chosen[proposalPlaces[proposal]] = solution.assignment[proposal].map {
                Int32(expertPlaces[Int($0)])
            }
            demand[proposalPlaces[proposal]] = problem.demand[proposal]
        }
        for expert in 0..<problem.experts {
            loads[expertPlaces[expert]] = problem.maximumLoad[expert]
            prices[expertPlaces[expert]] = solution.certificate.prices[expert]
        }
        var groups: ExpertGroups?
        if let given = problem.groups {
            groups = ExpertGroups(group: Self.renumbered(given.group, expertPlaces), cap: given.cap)
        }
        var starts = [0]
        for row in rows { starts.append(starts.last.map { $0 + row.count } ?? 0) }
        let locked = problem.locked.map {
            Pair(proposal: proposalPlaces[$0.proposal], expert: expertPlaces[$0.expert])
        }
        return (
            try MatchingProblem(
                rowStart: starts, candidates: rows.flatMap(\.self), demand: demand, maximumLoad: loads,
                groups: groups, locked: locked), Matching.Assignment(rows: chosen), prices
        )
    }

    /// How the key tells a document's digest.
    static func line(_ name: String, _ digest: String) -> String { "digest,,\(digest),\(name)" }

    /// Groups counted anew in the order in which they first appear.
    private static func renumbered(_ groups: [Int32], _ places: [Int]) -> [Int32] {
        var inOrder = groups
        for (index, group) in groups.enumerated() { inOrder[places[index]] = group }
        var numbers: [Int32: Int32] = [:]
        return inOrder.map { group in
            guard group >= 0 else { return -1 }
            let number = numbers[group] ?? Int32(numbers.count)
            numbers[group] = number
            return number
        }
    }

    /// Whom the numbers stand for, and the digests of the other documents for officials: theirs alone.
    private func key(_ ground: PlanGround, salt: String) -> [UInt8] {
        var lines = ["salt,,\(salt),"]
        lines += documents.map { Self.line($0.name, $0.digest) }
        for (index, dossier) in ground.dossiers.enumerated() {
            lines.append("proposal,\(proposalPlaces[index]),\(dossier.id),\(dossier.number)")
        }
        for (index, expert) in ground.experts.enumerated() {
            lines.append("expert,\(expertPlaces[index]),\(expert.person),")
        }
        return Array(("kind,place,id,name\n" + lines.joined(separator: "\n") + "\n").utf8)
    }
}

// MARK: - what may be public

extension PlanDocuments {
    /// The files for everybody. They must not tell who reviews what, nor from which university an expert comes; and a
    /// pair that is missing because of a conflict would tell just that to whoever knows how many applications each
    /// university sent. So the groups are left out, and every barred pair is put in, with a score at which the prices
    /// show that it would gain nothing. Both only widen the choice: what is proved of the wider problem holds in ours.
    private mutating func publish(
        _ made: PairingProblem, _ problem: MatchingProblem, _ solution: Solution, salt: String,
        isCancelled: @escaping () -> Bool
    ) throws {
        let wider = try MatchingProblem(
            rowStart: problem.rowStart, candidates: problem.candidates, demand: problem.demand,
            maximumLoad: problem.maximumLoad, locked: problem.locked)
        var certificate = solution.certificate
        if problem.groups != nil {
            do throws(MatchingRefused) {
                certificate = try solve(wider, isCancelled: isCancelled).certificate
            } catch .cancelled {
                throw JobRun.Cancelled()
            }
        }
        let filled = try Self.filled(wider, made.barred, certificate.prices, salt: salt)
        let shown = solution.told(solution.assignment, of: filled, by: certificate)
        try add(filled, shown, isPublic: true)
    }

    /// The problem with barred pairs in it, each no better than what its proposal has at these prices.
    private static func filled(
        _ problem: MatchingProblem, _ barred: [[PairingProblem.Scored]], _ prices: [Int64], salt: String
    ) throws -> MatchingProblem {
        let scores = problem.candidates.map { Int64($0.score) }
        guard let lowest = scores.min(), let highest = scores.max() else { return problem }
        var chance = SplitMix64(
            seed: SHA256.hash(data: Array("decoy/\(salt)".utf8)).prefix(8).reduce(UInt64(0)) {
                $0 << 8 | UInt64($1)
            })
        let locks = Dictionary(grouping: problem.locked, by: \.proposal)
        var starts = [0]
        var candidates: [Matching.Candidate] = []
        for proposal in 0..<problem.proposals {
            let row = Array(
                problem.candidates[problem.rowStart[proposal]..<problem.rowStart[proposal + 1]])
            candidates += row
            let held = Set((locks[proposal] ?? []).map { Int32($0.expert) })
            let places = Int(problem.demand[proposal]) - held.count
            let free = row.filter { !held.contains($0.expert) }
                .map { Int64($0.score) - prices[Int($0.expert)] }.sorted(by: >)
            if places <= free.count {
                for pair in barred[proposal] {
                    var score = min(Int64(pair.score), highest)
                    if places > 0 {
                        let most = free[places - 1] + prices[pair.expert]
                        // A little less than the most, so that it does not stand out as a tie.
                        if score > most { score = most - Int64(chance.next() % 16) }
                    }
                    if score >= lowest {
                        candidates.append(
                            Matching.Candidate(expert: Int32(pair.expert), score: Int32(score)))
                    }
                }
            }
            starts.append(candidates.count)
        }
        return try MatchingProblem(
            rowStart: starts, candidates: candidates, demand: problem.demand,
            maximumLoad: problem.maximumLoad, locked: problem.locked)
    }
}

extension Solution {
    /// The same with what a renumbering or a wider problem changes.
    fileprivate func told(
        _ assignment: Matching.Assignment, of problem: MatchingProblem, by certificate: Certificate
    ) -> Solution {
        var changed = self
        changed.assignment = assignment
        changed.certificate = certificate
        changed.report = Report(problem, assignment, certificate)
        return changed
    }
}

import Lifecycle
import Matching

/// A call's applications and experts as a problem of the kernel: who is nobody's candidate, and why.
struct PairingProblem: Sendable {
    struct Scored: Sendable, Hashable {
        let expert: Int
        let score: Int
    }

    /// How a standing assignment enters.
    struct Standing: Sendable {
        let expert: ID<Person>
        let state: AssignmentRecord.State
        /// Nil where it stays outside the problem.
        let index: Int?
    }

    let ground: PlanGround
    let scorer: AffinityScorer
    let lexicon: Lexicon
    /// Of each proposal's vector of terms.
    let lengths: [Double]
    private(set) var rows: [[Scored]] = []
    /// Pairs with a score enough that are barred.
    private(set) var barred: [[Scored]] = []
    private(set) var barredFor: [String: Int] = [:]
    private(set) var demand: [Int32] = []
    private(set) var maximumLoad: [Int32] = []
    private(set) var locked: [Pair] = []
    private(set) var standing: [[Standing]] = []
    private(set) var groups: ExpertGroups?

    /// The most candidates of an application that are looked at, the best first.
    static let mostCandidates = 200

    /// - Parameters:
    ///   - keepsInvited: whether invitations that wait for an answer stay as they are.
    ///   - tell: told how many of how many are scored; may throw to stop.
    /// - Throws: ``Refused`` where an officer's wish cannot be.
    init(
        _ ground: PlanGround, keepsInvited: Bool, tell: (Int, Int) throws -> Void = { _, _ in }
    ) throws {
        self.ground = ground
        let all = Lexicon(ground.dossiers.lazy.map(\.profile.bag))
        let scorer = AffinityScorer(ground.rules, experts: ground.profiles, lexicon: all)
        self.scorer = scorer
        lengths = ground.dossiers.map { all.length($0.profile.bag) }
        lexicon = all.only(scorer.terms)
        groups = Self.groups(ground)
        let index = Dictionary(
            uniqueKeysWithValues: ground.experts.enumerated().map { ($1.person, $0) })
        let wishes = Dictionary(grouping: ground.wishes, by: \.application)
        var refusals: [Refusal] = []
        for (place, dossier) in ground.dossiers.enumerated() {
            if place % 50 == 0 { try tell(place, ground.dossiers.count) }
            add(
                dossier, place, index: index, wishes: wishes[dossier.id] ?? [], keepsInvited: keepsInvited,
                &refusals)
        }
        setLoads(&refusals)
        guard refusals.isEmpty else { throw Refused(refusals) }
    }

    /// The problem for the kernel.
    func stated() throws -> MatchingProblem {
        var starts = [0]
        var candidates: [Matching.Candidate] = []
        for row in rows {
            for pair in row {
                candidates.append(Matching.Candidate(expert: Int32(pair.expert), score: Int32(pair.score)))
            }
            starts.append(candidates.count)
        }
        return try MatchingProblem(
            rowStart: starts, candidates: candidates, demand: demand, maximumLoad: maximumLoad,
            groups: groups, locked: locked)
    }

    /// Experts of one legal entity are one group.
    private static func groups(_ ground: PlanGround) -> ExpertGroups? {
        guard let cap = ground.rules.perUniversity else { return nil }
        var numbers: [ID<Organisation>: Int32] = [:]
        let group = ground.experts.map { expert -> Int32 in
            guard let entity = expert.entity else { return -1 }
            let number = numbers[entity] ?? Int32(numbers.count)
            numbers[entity] = number
            return number
        }
        return ExpertGroups(group: group, cap: Int32(cap))
    }

    private mutating func add(
        _ dossier: PlanGround.Dossier, _ place: Int, index: [ID<Person>: Int], wishes: [WishRecord],
        keepsInvited: Bool, _ refusals: inout [Refusal]
    ) {
        var scores: [Int: Int] = [:]
        var bids: [Int: Willingness] = [:]
        for (person, willingness) in dossier.bids {
            if let expert = index[person] { bids[expert] = willingness }
        }
        for (expert, score) in scorer.scores(of: dossier.profile, length: lengths[place], bids: bids) {
            scores[expert] = score
        }
        let active = dossier.assignments.filter(\.state.counts)
        let stateOf = Dictionary(
            active.map { ($0.expert, $0.state) }, uniquingKeysWith: { first, _ in first })
        let declined = Set(dossier.assignments.filter { $0.state == .declined }.map(\.expert))
        let wishOf = Dictionary(
            wishes.map { ($0.expert, $0.wish) }, uniquingKeysWith: { first, _ in first })
        var asked = Set(scores.filter { $0.value >= ground.rules.least }.keys)
        asked.formUnion(active.compactMap { index[$0.expert] })
        asked.formUnion(wishes.filter { $0.wish == .lock }.compactMap { index[$0.expert] })

        var row: [Scored] = []
        var kept: [Scored] = []
        var away: [Scored] = []
        var stay: Set<Int> = []
        // Asked and not answered, and not to be asked any more.
        var freed: Set<Int> = []
        for expert in asked.sorted() {
            let record = ground.experts[expert]
            let pair = Scored(expert: expert, score: scores[expert] ?? 0)
            let state = stateOf[record.person]
            let isForbidden = wishOf[record.person] == .forbid
            let isBound =
                state == .accepted || state == .submitted || state == .invited && keepsInvited && !isForbidden
            let against = Candidates.conflicts(
                of: record.person, entity: record.entity, parties: dossier.parties, in: ground.programme,
                step: ground.step, standing: dossier.standing)
            let reason: Refusal? =
                against.first
                ?? (state == nil && declined.contains(record.person)
                    ? Refusal("review.declined-before") : nil)
            if let reason {
                if wishOf[record.person] == .lock {
                    refusals.append(Self.refused("plan.lock-barred", dossier, record, because: reason))
                }
                if state == .invited { freed.insert(expert) }
                if state == nil {
                    away.append(pair)
                    barredFor[reason.code, default: 0] += 1
                }
                continue
            }
            if !isBound, isForbidden {
                if state == .invited { freed.insert(expert) }
                away.append(pair)
                barredFor["plan.forbidden", default: 0] += 1
                continue
            }
            row.append(pair)
            if isBound || wishOf[record.person] == .lock { stay.insert(expert) }
            if isBound { kept.append(pair) }
        }
        keepCaps(dossier, &row, &stay, kept: kept, wishes: wishes, index: index, &refusals)
        if row.count > Self.mostCandidates {
            let best = row.sorted { ($1.score, $0.expert) < ($0.score, $1.expert) }
            let chosen = Set(best.prefix(Self.mostCandidates).map(\.expert)).union(stay).union(
                active.compactMap { index[$0.expert] })
            row = row.filter { chosen.contains($0.expert) }
        }
        let inside = Set(row.map(\.expert)).union(freed)
        let stands = active.map { record -> Standing in
            let found = index[record.expert].flatMap { inside.contains($0) ? $0 : nil }
            return Standing(expert: record.expert, state: record.state, index: found)
        }
        let outside = stands.count { $0.index == nil }
        let wanted = max(ground.step.needs - outside, stay.count)
        if stay.count > max(ground.step.needs - outside, kept.count) {
            refusals.append(
                Refusal(
                    "plan.lock-demand", ["number": dossier.number, "needs": "\(ground.step.needs)"]))
        }
        rows.append(row)
        barred.append(away)
        standing.append(stands)
        demand.append(Int32(wanted))
        locked += stay.sorted().map { Pair(proposal: place, expert: $0) }
    }

    /// What stands already may hold more of one university than the rule allows. Then nobody of that university is
    /// added, and those who stand are left outside the problem, which could not state them.
    private func keepCaps(
        _ dossier: PlanGround.Dossier, _ row: inout [Scored], _ stay: inout Set<Int>, kept: [Scored],
        wishes: [WishRecord], index: [ID<Person>: Int], _ refusals: inout [Refusal]
    ) {
        guard let groups else { return }
        var ofStanding: [Int32: Int32] = [:]
        var all: [Int32: Int32] = [:]
        for pair in kept where groups.group[pair.expert] >= 0 {
            ofStanding[groups.group[pair.expert], default: 0] += 1
        }
        for expert in stay where groups.group[expert] >= 0 { all[groups.group[expert], default: 0] += 1 }
        for (group, count) in all.sorted(by: { $0.key < $1.key }) where count > groups.cap {
            if count > ofStanding[group] ?? 0 {
                refusals.append(
                    Refusal("plan.lock-cap", ["number": dossier.number, "most": "\(groups.cap)"]))
            }
            row.removeAll { groups.group[$0.expert] == group }
            stay = stay.filter { groups.group[$0] != group }
        }
    }

    /// What each expert can take in this problem: the most, less what the expert has elsewhere in the call.
    private mutating func setLoads(_ refusals: inout [Refusal]) {
        var inside = [Int](repeating: 0, count: ground.experts.count)
        var bound = [Int](repeating: 0, count: ground.experts.count)
        let locks = Set(locked)
        for (place, stands) in standing.enumerated() {
            for one in stands {
                guard let expert = one.index else { continue }
                inside[expert] += 1
                if locks.contains(Pair(proposal: place, expert: expert)) { bound[expert] += 1 }
            }
        }
        var lockedOf = [Int](repeating: 0, count: ground.experts.count)
        for pair in locked { lockedOf[pair.expert] += 1 }
        for (expert, record) in ground.experts.enumerated() {
            // More than the most may stand already, where the most was lowered since.
            let room = max(record.loadMax - (record.load - inside[expert]), bound[expert])
            if lockedOf[expert] > room {
                refusals.append(
                    Refusal("plan.lock-load", ["name": record.name, "most": "\(record.loadMax)"]))
            }
            maximumLoad.append(Int32(max(0, room)))
        }
    }

    private static func refused(
        _ code: String, _ dossier: PlanGround.Dossier, _ record: ExpertRecord, because reason: Refusal
    ) -> Refusal {
        Refusal(
            code,
            ["number": dossier.number, "name": record.name, "why": "refusal.\(reason.code)"],
            citation: reason.citation)
    }
}

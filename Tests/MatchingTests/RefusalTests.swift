import Matching
import Testing

struct RefusalTests {
    private let row = [Candidate(expert: 0, score: 1), Candidate(expert: 1, score: 2)]

    @Test func `a problem that contradicts itself is refused with its reason`() {
        func refused(_ reason: MatchingRefused, _ make: () throws(MatchingRefused) -> MatchingProblem) {
            #expect(throws: reason) { try make() }
        }
        let row = row
        refused(.length("row starts", expected: 2, found: 1)) { () throws(MatchingRefused) in
            try MatchingProblem(rowStart: [0], candidates: [], demand: [1], maximumLoad: [1])
        }
        refused(.rowStarts(proposal: 0)) { () throws(MatchingRefused) in
            try MatchingProblem(rowStart: [0, 1], candidates: row, demand: [1], maximumLoad: [1, 1])
        }
        refused(.rowStarts(proposal: 1)) { () throws(MatchingRefused) in
            try MatchingProblem(rowStart: [0, 3, 2], candidates: row, demand: [1, 1], maximumLoad: [1, 1])
        }
        refused(.outside(Pair(proposal: 0, expert: 1))) { () throws(MatchingRefused) in
            try MatchingProblem(rowStart: [0, 2], candidates: row, demand: [1], maximumLoad: [1])
        }
        refused(.twice(Pair(proposal: 0, expert: 1))) { () throws(MatchingRefused) in
            try MatchingProblem(
                rowStart: [0, 3], candidates: row + [row[1]], demand: [1], maximumLoad: [1, 1])
        }
        refused(.score(Pair(proposal: 0, expert: 0), .max)) { () throws(MatchingRefused) in
            try MatchingProblem(
                rowStart: [0, 1], candidates: [Candidate(expert: 0, score: .max)], demand: [1],
                maximumLoad: [1])
        }
        refused(.negative("demand of proposal", index: 0, value: -1)) { () throws(MatchingRefused) in
            try MatchingProblem(rowStart: [0, 2], candidates: row, demand: [-1], maximumLoad: [1, 1])
        }
        refused(.minimumAboveMaximum(expert: 1)) { () throws(MatchingRefused) in
            try MatchingProblem(
                rowStart: [0, 2], candidates: row, demand: [1], maximumLoad: [1, 1], minimumLoad: [0, 2])
        }
        refused(.length("groups", expected: 2, found: 1)) { () throws(MatchingRefused) in
            try MatchingProblem(
                rowStart: [0, 2], candidates: row, demand: [1], maximumLoad: [1, 1],
                groups: ExpertGroups(group: [0], cap: 1))
        }
    }

    @Test func `a lock that breaks a rule is refused`() {
        func problem(
            demand: Int32 = 2, load: Int32 = 1, groups: ExpertGroups? = nil, locked: [Pair],
            forbidden: [Pair] = []
        ) throws(MatchingRefused) -> MatchingProblem {
            try MatchingProblem(
                rowStart: [0, 2, 2], candidates: row, demand: [demand, 1], maximumLoad: [load, load],
                groups: groups, locked: locked, forbidden: forbidden)
        }
        let both = [Pair(proposal: 0, expert: 0), Pair(proposal: 0, expert: 1)]
        let absent = Pair(proposal: 1, expert: 0)
        #expect(throws: MatchingRefused.lockedNoCandidate(absent)) { try problem(locked: [absent]) }
        #expect(throws: MatchingRefused.lockedAndForbidden(both[0])) {
            try problem(locked: both, forbidden: [both[0]])
        }
        #expect(throws: MatchingRefused.lockedBeyondDemand(proposal: 0)) {
            try problem(demand: 1, locked: both)
        }
        #expect(throws: MatchingRefused.lockedBeyondLoad(expert: 0)) { try problem(load: 0, locked: both) }
        #expect(throws: MatchingRefused.lockedBeyondCap(proposal: 0, group: 7)) {
            try problem(groups: ExpertGroups(group: [7, 7], cap: 1), locked: both)
        }
        #expect(throws: Never.self) { try problem(locked: both + both) }
    }

    @Test func `minimum loads beyond reach are refused with the set that cannot be served`() throws {
        let problem = try MatchingProblem(
            rowStart: [0, 2], candidates: row, demand: [1], maximumLoad: [1, 1], minimumLoad: [1, 1])
        let blocking = BlockingSet(
            kind: .minimumLoads, proposals: [0], experts: [0, 1], wanted: 2, available: 1)
        #expect(throws: MatchingRefused.minimumLoads(blocking)) { try solve(problem) }
    }

    @Test func `a solution is given up when asked`() throws {
        let problem = try MatchingProblem(
            rowStart: [0, 2], candidates: row, demand: [1], maximumLoad: [1, 1])
        #expect(throws: MatchingRefused.cancelled) { try solve(problem, isCancelled: { true }) }
    }
}

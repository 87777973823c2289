import Glibc
import Matching

/// A synthetic instance, and its file that the peers read too.
///
/// Little-endian: a tag, proposals, experts and pairs as Int64; demands and loads as Int32; row starts as Int64;
/// experts and scores of all pairs as Int32.
struct Instance {
    static let tag: Int64 = 0x4D41_5443_4831
    /// The tag of files of the same layout that come from elsewhere.
    static let otherTag: Int64 = 0x5241_5031

    var demand: [Int32]
    var load: [Int32]
    var rowStart: [Int]
    var candidates: [Candidate]
    /// Where an expert's institution counts: at most one of each on a proposal. The peers' file does not hold it.
    var institution: [Int32]?

    func problem() throws(MatchingRefused) -> MatchingProblem {
        try MatchingProblem(
            rowStart: rowStart, candidates: candidates, demand: demand, maximumLoad: load,
            groups: institution.map { ExpertGroups(group: $0, cap: 1) })
    }

    /// The same with institutions of a hundred experts.
    func withInstitutions() -> Instance {
        var copy = self
        let institutions = Int32(max(10, load.count / 100))
        copy.institution = load.indices.map { Int32($0) % institutions }
        return copy
    }

    /// Scores rounded to a quarter, as bids are.
    func quartered() -> Instance {
        var copy = self
        copy.candidates = candidates.map {
            Candidate(expert: $0.expert, score: ($0.score + 1_250) / 2_500 * 2_500)
        }
        return copy
    }

    /// Reads a file; nil if it is no instance.
    static func read(from path: String) -> Instance? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        func get<Element: BitwiseCopyable>(_ count: Int, _ zero: Element) -> [Element] {
            var elements = [Element](repeating: zero, count: count)
            elements.withUnsafeMutableBytes { _ = fread($0.baseAddress, 1, $0.count, file) }
            return elements
        }
        let head = get(4, Int64(0))
        guard head[0] == tag || head[0] == otherTag else { return nil }
        let demand = get(Int(head[1]), Int32(0))
        let load = get(Int(head[2]), Int32(0))
        let starts = get(Int(head[1]) + 1, Int64(0)).map(Int.init)
        let experts = get(Int(head[3]), Int32(0))
        let scores = get(Int(head[3]), Int32(0))
        return Instance(
            demand: demand, load: load, rowStart: starts,
            candidates: zip(experts, scores).map { Candidate(expert: $0, score: $1) })
    }

    func write(to path: String) {
        guard let file = fopen(path, "wb") else { fatalError("\(path) cannot be written") }
        defer { fclose(file) }
        func put<Element>(_ elements: [Element]) {
            elements.withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, file) }
        }
        put([Self.tag, Int64(demand.count), Int64(load.count), Int64(candidates.count)])
        put(demand)
        put(load)
        put(rowStart.map(Int64.init))
        put(candidates.map(\.expert))
        put(candidates.map(\.score))
    }
}

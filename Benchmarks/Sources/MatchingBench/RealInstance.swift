import Glibc
import Matching

/// A folder of a real call: `scores.csv` (a line a proposal, a column an expert, −1 for a conflict), `demand.csv` and
/// `load_max.csv` (a number a line).
struct RealInstance {
    /// Units to a whole score: seven decimals where two do not hold the scores.
    let scale: Double
    let problem: MatchingProblem

    /// Nil where a file is missing.
    init?(folder: String, isZeroConflict: Bool) throws {
        guard let scores = Self.lines("\(folder)/scores.csv"),
            let demand = Self.lines("\(folder)/demand.csv"),
            let load = Self.lines("\(folder)/load_max.csv")
        else { return nil }
        let values = scores.map { $0.split(separator: ",").map { Double($0) ?? -1 } }
        let isCoarse = values.allSatisfy { $0.allSatisfy { ($0 * 100).rounded() == $0 * 100 } }
        scale = isCoarse ? 100 : 10_000_000
        var starts = [0]
        var candidates: [Candidate] = []
        for line in values {
            for (expert, score) in line.enumerated() {
                if score == -1 || isZeroConflict && score == 0 { continue }
                let units = (max(0, score) * scale).rounded()
                candidates.append(Candidate(expert: Int32(expert), score: Int32(units)))
            }
            starts.append(candidates.count)
        }
        problem = try MatchingProblem(
            rowStart: starts, candidates: candidates, demand: demand.compactMap { Int32($0) },
            maximumLoad: load.compactMap { Int32($0) })
    }

    /// A sum of units as a decimal with four places.
    func decimal(_ units: Int64) -> String { "\((Double(units) / scale * 10_000).rounded() / 10_000)" }

    private static func lines(_ path: String) -> [String]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map {
            String($0.filter { !$0.isWhitespace })
        }
    }
}

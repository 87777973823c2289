import Matching

/// Candidate pairs as they stand in files.
struct CandidateRows {
    var rowStart: [Int]
    var candidates: [Candidate]
    var scale: ScoreScale
}

enum CandidateFile {
    /// A dense table: a line a proposal, a column an expert; exactly −1 is a conflict, and any other score below
    /// zero counts as zero.
    static func readDense(_ file: TextFile, proposals: Int, experts: Int, wanted: Int) throws(FileRefused)
        -> CandidateRows
    {
        var places = 0
        var largest = 0.0
        var rows = 0
        try forEachScore(file, experts) { number, _, _, value, needed throws(FileRefused) in
            places = max(places, needed)
            largest = max(largest, value)
            rows = number
        }
        guard rows == proposals else {
            throw FileRefused(
                file.path, "\(rows) lines where demand has \(proposals); write a line a proposal")
        }
        let scale = try ScoreScale(
            neededPlaces: places, largest: largest, experts: experts, wanted: wanted, path: file.path)
        var result = CandidateRows(rowStart: [0], candidates: [], scale: scale)
        try forEachScore(file, experts) { number, expert, isLast, value, _ throws(FileRefused) in
            if value != -1 {
                result.candidates.append(Candidate(expert: Int32(expert), score: scale.units(max(0, value))))
            }
            if isLast { result.rowStart.append(result.candidates.count) }
        }
        return result
    }

    private static func forEachScore(
        _ file: TextFile, _ experts: Int, _ body: (Int, Int, Bool, Double, Int) throws(FileRefused) -> Void
    ) throws(FileRefused) {
        try file.forEachLine { number, line throws(FileRefused) in
            var count = 0
            try forEachField(line) { column, field throws(FileRefused) in
                guard let score = field.decimal else {
                    throw FileRefused(
                        file.path, line: number,
                        "\(field.text) in column \(column + 1) is no score; write a decimal number, or -1 for a conflict"
                    )
                }
                count = column + 1
                guard count <= experts else { return }
                try body(number, column, count == experts, score.value, score.value < 0 ? 0 : score.places)
            }
            guard count == experts else {
                throw FileRefused(
                    file.path, line: number, "\(count) scores where there are \(experts) experts")
            }
        }
    }

    /// A sparse table: a line a pair; what is not listed is a conflict.
    static func readPairs(_ file: TextFile, proposals: Int, experts: Int, wanted: Int) throws(FileRefused)
        -> CandidateRows
    {
        var places = 0
        var largest = 0.0
        var starts = [Int](repeating: 0, count: proposals + 1)
        try PairFile.readScored(file, proposals: proposals, experts: experts) {
            _, pair, score, needed throws(FileRefused) in
            places = max(places, needed)
            largest = max(largest, abs(score))
            starts[pair.proposal + 1] += 1
        }
        let scale = try ScoreScale(
            neededPlaces: places, largest: largest, experts: experts, wanted: wanted, path: file.path)
        for proposal in 0..<proposals { starts[proposal + 1] += starts[proposal] }
        var next = starts
        var candidates = [Candidate](repeating: Candidate(expert: 0, score: 0), count: starts[proposals])
        try PairFile.readScored(file, proposals: proposals, experts: experts) {
            _, pair, score, _ throws(FileRefused) in
            candidates[next[pair.proposal]] = Candidate(expert: Int32(pair.expert), score: scale.units(score))
            next[pair.proposal] += 1
        }
        return CandidateRows(rowStart: starts, candidates: candidates, scale: scale)
    }

    /// The line on which a pair is given the second time.
    static func lineOfSecond(_ wanted: Pair, in file: TextFile, proposals: Int, experts: Int) -> Int? {
        var seen = false
        var found: Int?
        try? PairFile.readScored(file, proposals: proposals, experts: experts) {
            number, pair, _, _ throws(FileRefused) in
            guard pair == wanted else { return }
            if seen, found == nil { found = number }
            seen = true
        }
        return found
    }
}

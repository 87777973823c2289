import Matching

/// A file of pairs with a header: `proposal,expert` for locks, bans and assignments, `proposal,expert,score`
/// for candidates.
enum PairFile {
    /// Pairs without scores; a third column is let pass, so that a candidate file can serve as a list.
    static func read(
        _ file: TextFile, proposals: Int, experts: Int
    ) throws(FileRefused) -> [(pair: Pair, line: Int)] {
        var pairs: [(pair: Pair, line: Int)] = []
        var hasHeader = false
        try file.forEachLine { number, line throws(FileRefused) in
            if !hasHeader {
                guard Self.isHeader(line, withScore: false) || Self.isHeader(line, withScore: true) else {
                    throw FileRefused(file.path, line: number, "the first line must be proposal,expert")
                }
                hasHeader = true
                return
            }
            let row = try Self.row(line, file.path, number, proposals, experts, columns: 2...3)
            pairs.append((row.pair, number))
        }
        guard hasHeader else {
            throw FileRefused(file.path, "the file is empty; it must begin with proposal,expert")
        }
        return pairs
    }

    /// Candidates with their scores, in the file's order.
    static func readScored(
        _ file: TextFile, proposals: Int, experts: Int,
        _ body: (Int, Pair, Double, Int) throws(FileRefused) -> Void
    ) throws(FileRefused) {
        var hasHeader = false
        try file.forEachLine { number, line throws(FileRefused) in
            if !hasHeader {
                guard Self.isHeader(line, withScore: true) else {
                    throw FileRefused(file.path, line: number, "the first line must be proposal,expert,score")
                }
                hasHeader = true
                return
            }
            let row = try Self.row(line, file.path, number, proposals, experts, columns: 3...3)
            guard let score = row.third?.decimal else {
                throw FileRefused(
                    file.path, line: number, "\(row.third?.text ?? "") is no score; write a decimal number")
            }
            try body(number, row.pair, score.value, score.places)
        }
        guard hasHeader else {
            throw FileRefused(file.path, "the file is empty; it must begin with proposal,expert,score")
        }
    }

    private static func isHeader(_ line: UnsafeBufferPointer<UInt8>, withScore: Bool) -> Bool {
        line.elementsEqual((withScore ? "proposal,expert,score" : "proposal,expert").utf8)
    }

    private static func row(
        _ line: UnsafeBufferPointer<UInt8>, _ path: String, _ number: Int, _ proposals: Int, _ experts: Int,
        columns: ClosedRange<Int>
    ) throws(FileRefused) -> (pair: Pair, third: Field?) {
        var pair = Pair(proposal: -1, expert: -1)
        var third: Field?
        var count = 0
        try forEachField(line) { column, field throws(FileRefused) in
            count = column + 1
            switch column {
            case 0: pair.proposal = try Self.index(field, "proposal", below: proposals, path, number)
            case 1: pair.expert = try Self.index(field, "expert", below: experts, path, number)
            case 2: third = field
            default: break
            }
        }
        guard columns.contains(count) else {
            throw FileRefused(path, line: number, "\(count) fields where \(columns.upperBound) are needed")
        }
        return (pair, third)
    }

    static func index(
        _ field: Field, _ noun: String, below count: Int, _ path: String, _ number: Int
    ) throws(FileRefused) -> Int {
        guard let value = field.integer else {
            throw FileRefused(
                path, line: number, "\(field.text) is no \(noun); write its index, counted from 0")
        }
        guard value >= 0, Int(value) < count else {
            throw FileRefused(
                path, line: number, "there is no \(noun) \(value); there are \(count), counted from 0")
        }
        return Int(value)
    }
}

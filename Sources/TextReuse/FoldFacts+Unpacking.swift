/// Reading the facts. They are ours and tested whole, so a malformed one stops the program.
extension FoldFacts {
    static func unpackRuns(into table: UnsafeMutablePointer<UInt16>) {
        var code = 0
        for run in runs.utf8.split(whereSeparator: isSpace) {
            let numbers = run.split(separator: UInt8(ascii: ".")).map { Int(hexadecimal($0)) }
            let (skipped, length, shift) = (numbers[0], numbers[1], numbers[2])
            code += skipped
            var target = code + (shift & 1 == 0 ? shift >> 1 : -(shift >> 1))
            for _ in 0...(length >> 1) {
                table[code] = UInt16(target)
                code += 1
                target += length & 1
            }
        }
    }

    static func unpackedPairs() -> [(code: UInt32, folded: UInt32)] {
        let scalars = simplified.unicodeScalars.map(\.value).filter { $0 > 0x20 }
        return stride(from: 0, to: scalars.count, by: 2).map { (scalars[$0], scalars[$0 + 1]) }
    }

    static func unpackedExpansions() -> [(code: UInt32, folded: [UInt32])] { assignments(expansions) }

    static func unpackedBeyond() -> [(code: UInt32, folded: UInt32)] {
        assignments(beyond).map { ($0.code, $0.folded[0]) }
    }

    private static func assignments(_ text: String) -> [(code: UInt32, folded: [UInt32])] {
        text.utf8.split(whereSeparator: isSpace).map { item in
            let halves = item.split(separator: UInt8(ascii: "="), maxSplits: 1)
            return (hexadecimal(halves[0]), Substring(halves[1]).unicodeScalars.map(\.value))
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A }

    private static func hexadecimal(_ digits: Substring.UTF8View) -> UInt32 {
        digits.reduce(0) { $0 << 4 | UInt32($1 < 0x3A ? $1 - 0x30 : $1 - 0x57) }
    }
}

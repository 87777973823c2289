/// Inflates DEFLATE data (RFC 1951) up to a bound.
struct Inflate {
    enum Malformed: Error {
        case data
        case tooLarge
    }

    private let input: [UInt8]
    private let most: Int
    private var position = 0
    private var bits: UInt32 = 0
    private var bitCount = 0
    private var output: [UInt8] = []

    static func inflated(_ input: [UInt8], most: Int) throws(Malformed) -> [UInt8] {
        var inflate = Inflate(input: input, most: most)
        while try !inflate.block() {}
        return inflate.output
    }

    private init(input: [UInt8], most: Int) {
        self.input = input
        self.most = most
    }

    /// One block; true if it was the last.
    private mutating func block() throws(Malformed) -> Bool {
        let isLast = try take(1) == 1
        switch try take(2) {
        case 0: try stored()
        case 1: try compressed(Self.fixedLengths, Self.fixedDistances)
        case 2:
            let (lengths, distances) = try dynamicCodes()
            try compressed(lengths, distances)
        default: throw .data
        }
        return isLast
    }

    private mutating func take(_ count: Int) throws(Malformed) -> Int {
        while bitCount < count {
            guard position < input.count else { throw .data }
            bits |= UInt32(input[position]) << UInt32(bitCount)
            position += 1
            bitCount += 8
        }
        let value = Int(bits & (1 << UInt32(count) - 1))
        bits >>= UInt32(count)
        bitCount -= count
        return value
    }

    private mutating func stored() throws(Malformed) {
        bits = 0
        bitCount = 0
        guard position + 4 <= input.count else { throw .data }
        let length = Int(input[position]) | Int(input[position + 1]) << 8
        let complement = Int(input[position + 2]) | Int(input[position + 3]) << 8
        position += 4
        guard length == ~complement & 0xFFFF, position + length <= input.count else { throw .data }
        guard output.count + length <= most else { throw .tooLarge }
        output += input[position..<(position + length)]
        position += length
    }

    private mutating func compressed(_ lengths: Huffman, _ distances: Huffman) throws(Malformed) {
        while true {
            let symbol = try decode(lengths)
            if symbol == 256 { return }
            if symbol < 256 {
                guard output.count < most else { throw .tooLarge }
                output.append(UInt8(symbol))
                continue
            }
            guard symbol < 286 else { throw .data }
            let length = Self.lengthBases[symbol - 257] + (try take(Self.lengthBits[symbol - 257]))
            let code = try decode(distances)
            guard code < 30 else { throw .data }
            let distance = Self.distanceBases[code] + (try take(Self.distanceBits(code)))
            guard distance <= output.count else { throw .data }
            guard output.count + length <= most else { throw .tooLarge }
            for _ in 0..<length { output.append(output[output.count - distance]) }
        }
    }

    private mutating func decode(_ code: Huffman) throws(Malformed) -> Int {
        var value = 0
        var first = 0
        var index = 0
        for length in 1...15 {
            value |= try take(1)
            let count = code.counts[length]
            if value - count < first { return code.symbols[index + value - first] }
            index += count
            first = (first + count) << 1
            value <<= 1
        }
        throw .data
    }

    private mutating func dynamicCodes() throws(Malformed) -> (Huffman, Huffman) {
        let lengths = try take(5) + 257
        let distances = try take(5) + 1
        let codes = try take(4) + 4
        guard lengths <= 286, distances <= 30 else { throw .data }
        var codeLengths = [Int](repeating: 0, count: 19)
        for number in 0..<codes { codeLengths[Self.codeOrder[number]] = try take(3) }
        let code = try Huffman(codeLengths)
        var all: [Int] = []
        while all.count < lengths + distances {
            let symbol = try decode(code)
            switch symbol {
            case 0..<16: all.append(symbol)
            case 16:
                guard let last = all.last else { throw .data }
                all += repeatElement(last, count: 3 + (try take(2)))
            case 17: all += repeatElement(0, count: 3 + (try take(3)))
            default: all += repeatElement(0, count: 11 + (try take(7)))
            }
        }
        guard all.count == lengths + distances else { throw .data }
        return (try Huffman(Array(all[..<lengths])), try Huffman(Array(all[lengths...])))
    }

    private static let codeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    private static let lengthBases = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163,
        195, 227,
        258,
    ]
    private static let lengthBits = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let distanceBases = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073,
        4097,
        6145, 8193, 12289, 16385, 24577,
    ]

    private static func distanceBits(_ code: Int) -> Int { max(0, code / 2 - 1) }

    private static let fixedLengths = Huffman(
        complete: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
    private static let fixedDistances = Huffman(complete: Array(repeating: 5, count: 30))
}

/// A canonical Huffman code: how many codes have each length, and the symbols in order of their codes.
private struct Huffman {
    private(set) var counts = [Int](repeating: 0, count: 16)
    private(set) var symbols: [Int]

    /// Refuses more codes than there is room for.
    init(_ lengths: [Int]) throws(Inflate.Malformed) {
        self.init(complete: lengths)
        var left = 1
        for length in 1...15 {
            left = left << 1 - counts[length]
            guard left >= 0 else { throw .data }
        }
    }

    init(complete lengths: [Int]) {
        for length in lengths { counts[length] += 1 }
        counts[0] = 0
        symbols = lengths.indices.filter { lengths[$0] > 0 }.sorted { (lengths[$0], $0) < (lengths[$1], $1) }
    }
}

/// Takes the symbols of a text one after the other.
///
/// `first` and `last` are Unicode scalar positions: an ideograph begins and ends at its own; the two symbols of a
/// word are the word's first and last scalar, so that a span's end is always one behind its last symbol.
protocol SymbolSink {
    /// Takes the symbol if it `counts`. Whether it does is hard to foresee, so whoever takes should not branch on it.
    mutating func take(_ symbol: UInt32, at scalar: Int, counts: Bool)
}

extension SymbolSink {
    @inline(__always)
    mutating func take(_ symbol: UInt32, at scalar: Int) { take(symbol, at: scalar, counts: true) }
}

/// Reads UTF-8 by hand into symbols.
///
/// An ideograph, kana or hangul is one symbol, its folded code point. A word or number is two, the halves of its
/// hash (30 bits each) with the top bit set, so that twelve symbols are twelve Chinese characters or six English words. Bytes that
/// are not UTF-8 count as one scalar for each maximal ill-formed part, as in Unicode 3.9, and separate.
struct SymbolScan {
    private let fold: FoldTable
    private let entries: UnsafePointer<UInt16>

    init(_ fold: FoldTable) {
        self.fold = fold
        entries = fold.entries
    }

    /// The most symbols that so many bytes can become: a letter between separators is two symbols for two bytes,
    /// and a squared word such as U+3300 up to six for three.
    static func mostSymbols(bytes: Int) -> Int { 2 * bytes + 2 }

    private struct Word {
        private(set) var hash: UInt64 = 0
        private(set) var first = 0
        private(set) var last = 0
        private(set) var isOpen = false

        /// No code point has this bit; the one below it is free for ``SymbolText/masked``.
        private static let mark: UInt32 = 0x8000_0000

        @inline(__always)
        mutating func add(_ letter: UInt32, at scalar: Int) {
            if !isOpen {
                isOpen = true
                first = scalar
                hash = 0xCBF2_9CE4_8422_2325
            }
            last = scalar
            // FNV-1a over whole characters (Fowler, Noll, Vo).
            hash = (hash ^ UInt64(letter)) &* 0x100_0000_01B3
        }

        @inline(__always)
        mutating func close(into sink: inout some SymbolSink) {
            guard isOpen else { return }
            isOpen = false
            let mixed = mix64(hash)
            sink.take(UInt32(truncatingIfNeeded: mixed >> 34) | Self.mark, at: first)
            sink.take(UInt32(truncatingIfNeeded: mixed) & 0x3FFF_FFFF | Self.mark, at: last)
        }
    }

    /// Gives every symbol of the text to the sink, and the number of scalars read.
    @inline(__always)
    @discardableResult
    func callAsFunction(_ bytes: UnsafeBufferPointer<UInt8>, into sink: inout some SymbolSink) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        let end = bytes.count
        var position = 0
        var scalar = 0
        var word = Word()
        while position < end {
            readIdeographs(base, &position, end, &scalar, word: &word, into: &sink)
            guard position < end else { break }
            let lead = base[position]
            let entry: UInt16
            if lead < 0x80 {
                entry = entries[Int(lead)]
                position += 1
            } else if let code = Self.threeBytes(base, position, end, lead) {
                entry = entries[code]
                position += 3
            } else {
                let (code, length) = Self.rare(base + position, end - position)
                position += length
                if code > 0xFFFF {
                    addBeyond(code, at: scalar, word: &word, into: &sink)
                    scalar += 1
                    continue
                }
                entry = entries[Int(code)]
            }
            if entry >= 0x2E80 {
                if entry < 0xA490 {
                    word.close(into: &sink)
                    sink.take(UInt32(entry), at: scalar)
                } else {
                    addUnusual(entry, at: scalar, word: &word, into: &sink)
                }
            } else if entry > FoldTable.transparent {
                word.add(UInt32(entry), at: scalar)
            } else if entry == FoldTable.separator {
                word.close(into: &sink)
            }
            scalar += 1
        }
        word.close(into: &sink)
        return scalar
    }

    /// Most of Chinese text: ideographs, kana and what stands between them, three bytes each. All else, and what is
    /// not well formed, goes the long way.
    @inline(__always)
    private func readIdeographs(
        _ base: UnsafePointer<UInt8>, _ position: inout Int, _ end: Int, _ scalar: inout Int,
        word: inout Word, into sink: inout some SymbolSink
    ) {
        guard var entry = ideograph(base, position, end, orNothing: false) else { return }
        word.close(into: &sink)
        // A copy that nobody else knows of stays in registers.
        var near = sink
        while true {
            near.take(UInt32(entry), at: scalar, counts: entry > FoldTable.transparent)
            position &+= 3
            scalar &+= 1
            guard let next = ideograph(base, position, end, orNothing: true) else { break }
            entry = next
        }
        sink = near
    }

    /// The entry of a character of three bytes that is a symbol of its own, or nothing where that is wanted: where
    /// no word is open, both kinds of nothing are the same.
    @inline(__always)
    private func ideograph(
        _ base: UnsafePointer<UInt8>, _ position: Int, _ end: Int, orNothing: Bool
    ) -> UInt16? {
        guard position &+ 4 <= end else { return nil }
        let four = UInt32(
            littleEndian: UnsafeRawPointer(base).loadUnaligned(fromByteOffset: position, as: UInt32.self))
        // E0 and ED restrict their second byte.
        guard four & 0x00C0_C0F0 == 0x0080_80E0, 0x2001 &>> (four & 0x0F) & 1 == 0 else { return nil }
        let code = (four & 0x0F) << 12 | (four >> 8 & 0x3F) << 6 | four >> 16 & 0x3F
        let entry = entries[Int(code)]
        if entry &- 0x2E80 < 0xA490 - 0x2E80 { return entry }
        return orNothing && entry <= FoldTable.transparent ? entry : nil
    }

    @inline(never)
    private func addUnusual(
        _ entry: UInt16, at scalar: Int, word: inout Word, into sink: inout some SymbolSink
    ) {
        guard FoldTable.firstExpansion...FoldTable.lastExpansion ~= entry else {
            return add(UInt32(entry), at: scalar, word: &word, into: &sink)
        }
        for code in fold.expansion(entry) { add(code, at: scalar, word: &word, into: &sink) }
    }

    @inline(never)
    private func addBeyond(
        _ code: UInt32, at scalar: Int, word: inout Word, into sink: inout some SymbolSink
    ) {
        guard let folded = fold.foldedBeyond(code) else { return word.close(into: &sink) }
        add(folded, at: scalar, word: &word, into: &sink)
    }

    private func add(_ code: UInt32, at scalar: Int, word: inout Word, into sink: inout some SymbolSink) {
        guard FoldTable.standsAlone(code) else { return word.add(code, at: scalar) }
        word.close(into: &sink)
        sink.take(code, at: scalar)
    }

    /// The code point of a well-formed three-byte sequence at `position`, most of Chinese text.
    @inline(__always)
    private static func threeBytes(
        _ base: UnsafePointer<UInt8>, _ position: Int, _ end: Int, _ lead: UInt8
    ) -> Int? {
        // E0 and ED restrict their second byte and go the long way.
        guard lead & 0xF0 == 0xE0, lead != 0xE0, lead != 0xED, position + 2 < end else { return nil }
        let second = base[position + 1]
        let third = base[position + 2]
        guard second & 0xC0 == 0x80, third & 0xC0 == 0x80 else { return nil }
        return Int(lead & 0x0F) << 12 | Int(second & 0x3F) << 6 | Int(third & 0x3F)
    }

    /// Any sequence that does not begin with ASCII, by Unicode's table 3-7; U+FFFD and the length of the maximal
    /// ill-formed part where it is not well formed.
    @inline(never)
    private static func rare(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> (code: UInt32, length: Int) {
        let lead = bytes[0]
        var low: UInt8 = 0x80
        var high: UInt8 = 0xBF
        let length: Int
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, low) = (3, 0xA0)
        case 0xED: (length, high) = (3, 0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, low) = (4, 0x90)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, high) = (4, 0x8F)
        default: return (0xFFFD, 1)
        }
        var code = UInt32(lead) & (0x7F >> UInt32(length))
        for place in 1..<length {
            guard place < count, bytes[place] >= low, bytes[place] <= high else { return (0xFFFD, place) }
            code = code << 6 | UInt32(bytes[place] & 0x3F)
            low = 0x80
            high = 0xBF
        }
        return (code, length)
    }
}

/// Stafford's variant 13 of the 64-bit finaliser of MurmurHash3.
@inline(__always)
func mix64(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
}

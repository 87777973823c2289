/// What each character becomes before texts are compared: compatibility forms, case, accents, and Traditional
/// against Simplified characters are folded away, and what is neither letter nor number separates.
///
/// The table covers the basic plane with one 16-bit entry a code point. An entry is
/// - ``separator``: nothing, and a word ends here;
/// - ``transparent``: nothing, and a word goes on (combining marks, soft hyphens, joiners);
/// - a code in the private use area: several characters, or one beyond the basic plane, kept in a list;
/// - otherwise the folded character.
///
/// Source: the facts in `FoldFacts.swift`, written by `tools/make-fold-table` from the Unicode Character Database
/// and OpenCC.
public final class FoldTable: Sendable {
    /// Unpacked once, at first use.
    public static let standard = FoldTable()

    static let separator: UInt16 = 0
    static let transparent: UInt16 = 1
    /// The private use area, whose characters mean nothing to anyone else, numbers the list of expansions.
    static let firstExpansion: UInt16 = 0xE000
    static let lastExpansion: UInt16 = 0xF8FF

    /// 65,536 entries, never changed after `init` and never freed before `deinit`: safe to share.
    nonisolated(unsafe) let entries: UnsafePointer<UInt16>
    private let expansions: [[UInt32]]
    /// Sorted code points beyond the basic plane, and what they become.
    private let beyond: [UInt32]
    private let beyondFolded: [UInt32]

    private init() {
        let table = UnsafeMutablePointer<UInt16>.allocate(capacity: 1 << 16)
        table.initialize(repeating: Self.separator, count: 1 << 16)
        var lists: [[UInt32]] = []
        FoldFacts.unpackRuns(into: table)
        for (code, folded) in FoldFacts.unpackedPairs() {
            table[Int(code)] = Self.entry(for: [folded], in: &lists)
        }
        for (code, folded) in FoldFacts.unpackedExpansions() {
            table[Int(code)] = Self.entry(for: folded, in: &lists)
        }
        entries = UnsafePointer(table)
        expansions = lists
        let far = FoldFacts.unpackedBeyond().sorted { $0.code < $1.code }
        beyond = far.map(\.code)
        beyondFolded = far.map(\.folded)
    }

    deinit { entries.deallocate() }

    private static func entry(for folded: [UInt32], in lists: inout [[UInt32]]) -> UInt16 {
        if folded.count == 1, folded[0] < 1 << 16 { return UInt16(folded[0]) }
        lists.append(folded)
        return firstExpansion + UInt16(lists.count - 1)
    }

    /// The characters a private use entry stands for.
    func expansion(_ entry: UInt16) -> [UInt32] { expansions[Int(entry - Self.firstExpansion)] }

    /// What a code point beyond the basic plane becomes; nil where it separates.
    func foldedBeyond(_ code: UInt32) -> UInt32? {
        var low = 0
        var high = beyond.count
        while low < high {
            let middle = (low + high) / 2
            if beyond[middle] < code { low = middle + 1 } else { high = middle }
        }
        if low < beyond.count, beyond[low] == code { return beyondFolded[low] }
        // The supplementary ideographic planes; everything else out there (emoji, old scripts) separates.
        return (0x20000..<0x40000).contains(code) ? code : nil
    }

    /// The folded characters of one code point, for tests and for who wants to look.
    public func folded(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        let codes: [UInt32]
        if scalar.value > 0xFFFF {
            codes = foldedBeyond(scalar.value).map { [$0] } ?? []
        } else {
            let entry = entries[Int(scalar.value)]
            switch entry {
            case Self.separator, Self.transparent: codes = []
            case Self.firstExpansion...Self.lastExpansion: codes = expansion(entry)
            default: codes = [UInt32(entry)]
            }
        }
        return codes.compactMap(Unicode.Scalar.init)
    }

    /// Whether a folded character is a symbol of its own (ideograph, kana, hangul, yi) and not part of a word.
    @inline(__always)
    static func standsAlone(_ code: UInt32) -> Bool {
        if code < 0x2E80 { return false }
        return code < 0xA490 || code >= 0xAC00
    }
}

/// Texts that everyone may share, such as the headings and instructions of a form.
///
/// A symbol that lies in a run of eight which also stands in a template is masked.
struct TemplateSet {
    private var grams: Set<UInt64> = []
    private static let gram = 8

    var isEmpty: Bool { grams.isEmpty }

    mutating func insert(_ template: SymbolText) {
        Self.forEachGram(template) { grams.insert($0) }
    }

    func mask(_ text: SymbolText) {
        guard !grams.isEmpty else { return }
        var place = 0
        var found: [Int] = []
        Self.forEachGram(text) { hash in
            if grams.contains(hash) { found.append(place) }
            place += 1
        }
        for place in found { text.mask(place..<(place + Self.gram)) }
    }

    private static func forEachGram(_ text: SymbolText, _ body: (UInt64) -> Void) {
        guard text.count >= gram else { return }
        for start in 0...(text.count - gram) {
            var hash: UInt64 = 0
            for place in start..<(start + gram) {
                hash = (hash ^ UInt64(text.symbols[place])) &* 0x9E37_79B9_7F4A_7C15
                hash ^= hash >> 29
            }
            body(hash)
        }
    }
}

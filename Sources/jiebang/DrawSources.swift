import PublicDraw

/// The notation of `--sources`.
enum DrawSources {
    /// Names between commas, each with `:sorted`, `:ordered` or `:hex` and `:COUNT` at its end, or without. A colon
    /// that is followed by something else belongs to the name.
    static func parse(_ text: String) -> [RandomSource] {
        text.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "，" }.map { part in
            var words = part.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            var count: Int?
            if words.count > 2, kind(words[words.count - 2], nil) != nil,
                let number = Int(words[words.count - 1])
            {
                count = number
                words.removeLast()
            }
            let kind = words.count > 1 ? kind(words[words.count - 1], count) : nil
            if kind != nil { words.removeLast() }
            return RandomSource(name: trimmed(words.joined(separator: ":")), kind: kind ?? .sorted())
        }
    }

    private static func kind(_ word: String, _ count: Int?) -> RandomSource.Kind? {
        switch word {
        case "sorted": .sorted(count: count)
        case "ordered": .ordered(count: count)
        case "hex": .hexadecimal(byteCount: count)
        default: nil
        }
    }

    private static func trimmed(_ text: String) -> String {
        let lead = text.drop { $0.isWhitespace }
        return String(lead.reversed().drop { $0.isWhitespace }.reversed())
    }
}

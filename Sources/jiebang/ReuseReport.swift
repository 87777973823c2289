import TextExtraction
import TextReuse

/// What was found, as one JSON object a line or as lines for people.
///
/// The JSON is written by hand: a round may have a million pairs, and fields keep the order in which they are
/// documented.
struct ReuseReport {
    private var line = ""

    /// `{"id","sources":[{"id","containment","reverse","longest","spans":[…]}]}`, and `"unread":{"read","pages"}` where
    /// only the first pages were read.
    static func check(
        id: String, sources: [(id: String, overlap: Overlap)], unread: UnreadPages?
    ) -> String {
        var report = ReuseReport()
        report.begin(id, sources)
        report.add(unread, as: "unread")
        report.line += "}"
        return report.line
    }

    /// The same for two texts, and beside it what `pairs` says of a pair.
    static func align(a: String, b: String, overlap: Overlap?, unread: [UnreadPages?]) -> String {
        var report = ReuseReport()
        report.begin(a, overlap.map { [(b, $0)] } ?? [])
        report.add(unread[0], as: "unread")
        report.add(unread[1], as: "unreadOfB")
        report.line += ","
        report.addPair(a: a, b: b, overlap)
        report.line += "}"
        return report.line
    }

    /// `{"a","b","containment","reverse","longest","spans":[…]}`
    static func pair(a: String, b: String, overlap: Overlap) -> String {
        var report = ReuseReport()
        report.line = "{"
        report.addPair(a: a, b: b, overlap)
        report.line += "}"
        return report.line
    }

    private mutating func begin(_ id: String, _ sources: [(id: String, overlap: Overlap)]) {
        line = "{\"id\":"
        add(id)
        line += ",\"sources\":["
        for (number, source) in sources.enumerated() {
            line += number == 0 ? "{\"id\":" : ",{\"id\":"
            add(source.id)
            line += ","
            add(source.overlap)
            line += "}"
        }
        line += "]"
    }

    private mutating func add(_ unread: UnreadPages?, as name: String) {
        guard let unread else { return }
        line += ",\"\(name)\":{\"read\":\(unread.read),\"pages\":\(unread.pages)}"
    }

    private mutating func addPair(a: String, b: String, _ overlap: Overlap?) {
        line += "\"a\":"
        add(a)
        line += ",\"b\":"
        add(b)
        line += ","
        if let overlap {
            add(overlap)
        } else {
            line += "\"containment\":0,\"reverse\":0,\"longest\":0,\"spans\":[]"
        }
    }

    private mutating func add(_ overlap: Overlap) {
        line +=
            "\"containment\":\(Self.rounded(overlap.containment)),\"reverse\":\(Self.rounded(overlap.reverse))"
        line += ",\"longest\":\(overlap.longest),\"spans\":["
        for (number, span) in overlap.spans.enumerated() {
            line += number == 0 ? "" : ","
            line += "{\"a\":[\(span.a.lowerBound),\(span.a.upperBound)]"
            line += ",\"b\":[\(span.b.lowerBound),\(span.b.upperBound)]}"
        }
        line += "]"
    }

    private static func rounded(_ share: Double) -> Double { (share * 1e6).rounded() / 1e6 }

    private mutating func add(_ text: String) {
        line += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": line += "\\\""
            case "\\": line += "\\\\"
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                line += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: line.unicodeScalars.append(scalar)
            }
        }
        line += "\""
    }
}

extension ReuseReport {
    /// For people: shares, the longest passage in symbols, how many passages.
    static func words(_ id: String, _ overlap: Overlap) -> String {
        func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }
        let spans = Terminal.words("\(overlap.spans.count) 处", "\(overlap.spans.count) spans")
        let longest = Terminal.words("最长 \(overlap.longest) 字", "longest \(overlap.longest)")
        return "\(percent(overlap.containment))  \(percent(overlap.reverse))  \(longest)  \(spans)  \(id)"
    }
}

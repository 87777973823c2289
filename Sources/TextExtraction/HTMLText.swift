/// The text of HTML, in place: every scalar that is markup becomes a space, so that each letter keeps its offset.
///
/// Tags, comments, and all of `script` and `style` are blanked. A character reference becomes its character,
/// followed by as many spaces as it was longer. This is no browser: who nests hidden text in clever ways is only
/// compared with more text than a reader sees.
package enum HTMLText {
    package static func blanked(_ html: [UInt8]) -> [UInt8] {
        var blanking = Blanking(html)
        return blanking.run()
    }

    /// Characters for their references, where offsets do not matter.
    static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
        guard text.contains(UInt8(ascii: "&")) else { return Array(text) }
        var blanking = Blanking(Array(text))
        return blanking.unescape()
    }

    private struct Blanking {
        let html: [UInt8]
        var out: [UInt8] = []
        var position = 0

        init(_ html: [UInt8]) {
            self.html = html
            out.reserveCapacity(html.count)
        }

        mutating func run() -> [UInt8] {
            while position < html.count {
                let byte = html[position]
                if byte == UInt8(ascii: "<") {
                    blank(to: markupEnd())
                } else if byte == UInt8(ascii: "&"), let (scalar, end) = reference() {
                    let length = end - position
                    out += Array(String(scalar).utf8)
                    // A reference is ASCII: as many scalars as bytes.
                    out += repeatElement(0x20, count: length - 1)
                    position = end
                } else {
                    out.append(byte)
                    position += 1
                }
            }
            return out
        }

        mutating func unescape() -> [UInt8] {
            while position < html.count {
                if html[position] == UInt8(ascii: "&"), let (scalar, end) = reference() {
                    out += Array(String(scalar).utf8)
                    position = end
                } else {
                    out.append(html[position])
                    position += 1
                }
            }
            return out
        }

        /// Replaces scalars by spaces; line ends stay.
        mutating func blank(to end: Int) {
            while position < end {
                let byte = html[position]
                if byte == 0x0A { out.append(byte) } else if byte & 0xC0 != 0x80 { out.append(0x20) }
                position += 1
            }
        }

        /// Where the markup that begins here ends: a comment, an element whose text is not shown, or a tag.
        func markupEnd() -> Int {
            if starts("<!--", at: position) { return find("-->", from: position + 4) }
            for name in ["script", "style"] where starts("<\(name)", at: position) {
                let close = find("</\(name)", from: position + 1 + name.utf8.count, after: false)
                return tagEnd(from: close)
            }
            guard position + 1 < html.count else { return position + 1 }
            let next = html[position + 1]
            let isTag =
                next == UInt8(ascii: "/") || next == UInt8(ascii: "!") || next == UInt8(ascii: "?")
                || (next | 0x20 >= UInt8(ascii: "a") && next | 0x20 <= UInt8(ascii: "z"))
            return isTag ? tagEnd(from: position) : position + 1
        }

        /// Behind the `>` that closes a tag; quotes protect theirs.
        func tagEnd(from start: Int) -> Int {
            var quote: UInt8 = 0
            var place = start
            while place < html.count {
                let byte = html[place]
                place += 1
                if quote != 0 {
                    if byte == quote { quote = 0 }
                } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                    quote = byte
                } else if byte == UInt8(ascii: ">") {
                    return place
                }
            }
            // A quote that never ends would swallow the rest: then the first `>` ends the tag.
            guard let end = html[start...].firstIndex(of: UInt8(ascii: ">")) else { return html.count }
            return end + 1
        }

        func starts(_ text: String, at place: Int) -> Bool {
            guard place + text.utf8.count <= html.count else { return false }
            return zip(html[place...], text.utf8).allSatisfy { byte, wanted in
                byte == wanted || (byte | 0x20 == wanted && wanted >= UInt8(ascii: "a"))
            }
        }

        func find(_ text: String, from start: Int, after: Bool = true) -> Int {
            var place = start
            while place < html.count {
                if starts(text, at: place) { return after ? place + text.utf8.count : place }
                place += 1
            }
            return html.count
        }

        /// The character of the reference that begins here, and where it ends.
        func reference() -> (Unicode.Scalar, end: Int)? {
            let most = min(html.count, position + 12)
            guard let end = html[position..<most].firstIndex(of: UInt8(ascii: ";")) else { return nil }
            let name = String(decoding: html[(position + 1)..<end], as: UTF8.self)
            let scalar: Unicode.Scalar?
            if name.hasPrefix("#x") || name.hasPrefix("#X") {
                scalar = UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
            } else if name.hasPrefix("#") {
                scalar = UInt32(name.dropFirst(1)).flatMap(Unicode.Scalar.init)
            } else {
                scalar = HTMLText.named[name]
            }
            return scalar.map { ($0, end + 1) }
        }
    }

    /// The references that texts use; letters with accents lose them when texts are compared, so they are few.
    private static let named: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "mdash": "\u{2014}",
        "ndash": "\u{2013}", "ldquo": "\u{201C}", "rdquo": "\u{201D}", "lsquo": "\u{2018}",
        "rsquo": "\u{2019}", "hellip": "\u{2026}", "middot": "\u{B7}", "times": "\u{D7}",
    ]
}

/// The words, braces and points of Swift source, without comments and the text of string literals. What stands
/// in `\(…)` inside a text is code and stays.
enum SwiftTokens {
    struct Token: Hashable {
        let text: String
        /// From 1.
        let line: Int

        var isTypeName: Bool { text.first?.isUppercase == true }
    }

    static func of(_ source: String) -> [Token] {
        var reader = Reader(Array(source.unicodeScalars))
        reader.code(until: nil)
        return reader.tokens
    }

    private struct Reader {
        private let text: [Unicode.Scalar]
        private var place = 0
        private var line = 1
        private(set) var tokens: [Token] = []

        init(_ text: [Unicode.Scalar]) { self.text = text }

        private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
            place + ahead < text.count ? text[place + ahead] : nil
        }

        private func isNext(_ wanted: String) -> Bool {
            wanted.unicodeScalars.enumerated().allSatisfy { peek($0.offset) == $0.element }
        }

        private mutating func advance(_ count: Int = 1) {
            for _ in 0..<count where place < text.count {
                if text[place] == "\n" { line += 1 }
                place += 1
            }
        }

        /// Reads code to the end, or to the parenthesis that closes an interpolation.
        mutating func code(until end: Unicode.Scalar?) {
            var depth = 0
            while let next = peek() {
                if isNext("//") {
                    while let other = peek(), other != "\n" { advance() }
                } else if isNext("/*") {
                    blockComment()
                } else if next == "\"" || next == "#" {
                    literal()
                } else if Self.isWord(next) {
                    word()
                } else {
                    if next == end, depth == 0 { return }
                    if next == "(" { depth += 1 }
                    if next == ")" { depth -= 1 }
                    if next == "{" || next == "}" || next == "." {
                        tokens.append(Token(text: String(Character(next)), line: line))
                    }
                    advance()
                }
            }
        }

        private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
            scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        }

        private mutating func word() {
            let start = place
            while let next = peek(), Self.isWord(next) { advance() }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: text[start..<place])
            tokens.append(Token(text: String(view), line: line))
        }

        private mutating func blockComment() {
            var depth = 0
            repeat {
                if isNext("/*") {
                    depth += 1
                    advance(2)
                } else if isNext("*/") {
                    depth -= 1
                    advance(2)
                } else {
                    advance()
                }
            } while depth > 0 && peek() != nil
        }

        /// A string literal with any number of `#`, on one line or on several; or a lone `#` of a directive.
        private mutating func literal() {
            var hashes = 0
            while peek(hashes) == "#" { hashes += 1 }
            guard peek(hashes) == "\"" else { return advance(max(hashes, 1)) }
            advance(hashes)
            let fence = String(repeating: "#", count: hashes)
            let isBlock = isNext("\"\"\"")
            let close = (isBlock ? "\"\"\"" : "\"") + fence
            advance(isBlock ? 3 : 1)
            while let next = peek() {
                if isNext(close) { return advance(close.unicodeScalars.count) }
                if !isBlock && next == "\n" { return }
                if isNext("\\" + fence) {
                    advance(1 + hashes)
                    if peek() == "(" {
                        advance()
                        code(until: ")")
                    }
                    advance()
                } else {
                    advance()
                }
            }
        }
    }
}

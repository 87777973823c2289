extension JSON {
    /// Reads the whole text. Refuses what the documents here never contain: fractions, exponents, signs, literals,
    /// lone surrogates, a name twice in one object, nesting over 16.
    init(_ text: String) throws(DocumentRefused) {
        var reader = JSONReader(bytes: Array(text.utf8))
        self = try reader.whole()
    }
}

/// A recursive descent over bytes; the nesting is bounded, so is the stack.
private struct JSONReader {
    private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

    let bytes: [UInt8]
    var at = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func whole() throws(DocumentRefused) -> JSON {
        let value = try value(depth: 0)
        skipBlanks()
        guard at == bytes.count else { throw refusal("there is something after the document") }
        return value
    }

    private mutating func value(depth: Int) throws(DocumentRefused) -> JSON {
        guard depth <= 16 else { throw refusal("it is nested too deeply") }
        skipBlanks()
        switch peek {
        case UInt8(ascii: "{"): return .object(try members(depth: depth))
        case UInt8(ascii: "["): return .array(try elements(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case let byte? where Self.digits.contains(byte): return .integer(try integer())
        default: throw refusal("here must stand an object, a list, a text or a whole number")
        }
    }

    private mutating func members(depth: Int) throws(DocumentRefused) -> [JSON.Member] {
        at += 1
        var members: [JSON.Member] = []
        var names: Set<Exact> = []
        skipBlanks()
        if take(UInt8(ascii: "}")) { return members }
        repeat {
            skipBlanks()
            guard peek == UInt8(ascii: "\"") else { throw refusal("here must stand the name of a member") }
            let name = try string()
            guard names.insert(Exact(name)).inserted else { throw refusal("\(name) stands twice") }
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { throw refusal("a colon is missing") }
            members.append(JSON.Member(name, try value(depth: depth + 1)))
            skipBlanks()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw refusal("a comma or } is missing") }
        return members
    }

    private mutating func elements(depth: Int) throws(DocumentRefused) -> [JSON] {
        at += 1
        var elements: [JSON] = []
        skipBlanks()
        if take(UInt8(ascii: "]")) { return elements }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipBlanks()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw refusal("a comma or ] is missing") }
        return elements
    }

    private mutating func integer() throws(DocumentRefused) -> Int {
        let start = at
        var number = 0
        while let byte = peek, Self.digits.contains(byte) {
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
            guard number <= JSON.largestInteger else { throw refusal("the number is too large") }
            at += 1
        }
        guard at - start == 1 || bytes[start] != UInt8(ascii: "0") else {
            throw refusal("the number begins with 0")
        }
        return number
    }

    private mutating func string() throws(DocumentRefused) -> String {
        at += 1
        var text: [UInt8] = []
        while let byte = peek {
            at += 1
            switch byte {
            case UInt8(ascii: "\""):
                // The bytes came from a String and escapes add whole scalars, so they are UTF-8.
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += String(try escape()).utf8
            case 0..<0x20: throw refusal("a control character stands in a text")
            default: text.append(byte)
            }
        }
        throw refusal("a text does not end")
    }

    private mutating func escape() throws(DocumentRefused) -> Unicode.Scalar {
        let byte = peek
        at += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let unit = try codeUnit()
            if let scalar = Unicode.Scalar(unit) { return scalar }
            guard (0xD800..<0xDC00).contains(unit), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
                throw refusal("a surrogate stands alone")
            }
            let low = try codeUnit()
            guard (0xDC00..<0xE000).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
            else { throw refusal("a surrogate stands alone") }
            return scalar
        default: throw refusal("there is no such escape")
        }
    }

    private mutating func codeUnit() throws(DocumentRefused) -> UInt32 {
        guard at + 4 <= bytes.count, let pair = Hexadecimal.decode(bytes[at..<at + 4]) else {
            throw refusal("four hexadecimal digits are missing")
        }
        at += 4
        return UInt32(pair[0]) << 8 | UInt32(pair[1])
    }

    private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        at += 1
        return true
    }

    private mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || (0x09...0x0A).contains(byte) || byte == 0x0D { at += 1 }
    }

    private func refusal(_ problem: String) -> DocumentRefused {
        let before = bytes.prefix(at)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return .syntax(line: line, column: before.count - start + 1, problem)
    }
}

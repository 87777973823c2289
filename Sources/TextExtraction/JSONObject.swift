internal import Glibc

/// One JSON object (RFC 8259) of which two strings are wanted.
struct JSONObject {
    struct Malformed: Error {
        var what: String
        var at: Int
    }

    /// A string between its quotes, still escaped.
    struct Raw {
        var bytes: UnsafeRawBufferPointer
        var hasEscapes: Bool
    }

    private(set) var id: Raw?
    private(set) var text: Raw?
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    /// Deeper nesting than this is refused, so that no line exhausts the stack.
    private static let mostNesting = 64

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func read() throws(Malformed) {
        try expect(UInt8(ascii: "{"), "an object is expected")
        if !take(UInt8(ascii: "}")) {
            repeat {
                let key = try string()
                try expect(UInt8(ascii: ":"), "a colon is expected")
                skipSpace()
                let isString = position < bytes.count && bytes[position] == UInt8(ascii: "\"")
                if isString, key.bytes.elementsEqual("id".utf8) {
                    id = try string()
                } else if isString, key.bytes.elementsEqual("text".utf8) {
                    text = try string()
                } else {
                    try skipValue(depth: 0)
                }
            } while take(UInt8(ascii: ","))
            try expect(UInt8(ascii: "}"), "a comma or the object's end is expected")
        }
        skipSpace()
        guard position == bytes.count else { throw malformed("something follows the object") }
    }

    private func malformed(_ what: String) -> Malformed { Malformed(what: what, at: position) }

    private mutating func skipSpace() {
        while position < bytes.count,
            bytes[position] == 0x20 || bytes[position] == 0x09 || bytes[position] == 0x0D
        {
            position += 1
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ byte: UInt8, _ what: String) throws(Malformed) {
        guard take(byte) else { throw malformed(what) }
    }

    private mutating func string() throws(Malformed) -> Raw {
        try expect(UInt8(ascii: "\""), "a string is expected")
        let start = position
        var hasEscapes = false
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                let raw = Raw(
                    bytes: UnsafeRawBufferPointer(rebasing: bytes[start..<(position - 1)]),
                    hasEscapes: hasEscapes)
                if hasEscapes { try check(raw, at: start) }
                return raw
            }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                position += 1
            } else if byte < 0x20 {
                throw malformed("a control character stands in a string")
            }
            position += 1
        }
        position = min(position, bytes.count)
        throw malformed("a string does not end")
    }

    /// Every escape is one that JSON knows.
    private func check(_ raw: Raw, at start: Int) throws(Malformed) {
        var place = 0
        while place < raw.bytes.count {
            guard raw.bytes[place] == UInt8(ascii: "\\") else {
                place += 1
                continue
            }
            // A backslash is never last: the string would have gone on.
            let kind = raw.bytes[place + 1]
            let isHex = kind == UInt8(ascii: "u") && JSONEscape.unit(raw.bytes, place) != nil
            guard isHex || JSONEscape.simple(kind) != nil else {
                throw Malformed(what: "an escape that JSON does not know", at: start + place)
            }
            place += isHex ? 6 : 2
        }
    }

    private mutating func skipValue(depth: Int) throws(Malformed) {
        guard depth < Self.mostNesting else { throw malformed("nested too deeply") }
        skipSpace()
        guard position < bytes.count else { throw malformed("a value is expected") }
        switch bytes[position] {
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "{"):
            position += 1
            if take(UInt8(ascii: "}")) { return }
            repeat {
                _ = try string()
                try expect(UInt8(ascii: ":"), "a colon is expected")
                try skipValue(depth: depth + 1)
            } while take(UInt8(ascii: ","))
            try expect(UInt8(ascii: "}"), "a comma or the object's end is expected")
        case UInt8(ascii: "["):
            position += 1
            if take(UInt8(ascii: "]")) { return }
            repeat { try skipValue(depth: depth + 1) } while take(UInt8(ascii: ","))
            try expect(UInt8(ascii: "]"), "a comma or the list's end is expected")
        default:
            let start = position
            while position < bytes.count, Self.isBare(bytes[position]) { position += 1 }
            guard position > start else { throw malformed("a value is expected") }
        }
    }

    /// A byte of a number, `true`, `false` or `null`, which nobody here reads closely.
    private static func isBare(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
            || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}

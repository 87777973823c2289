extension JSON {
    /// RFC 8785: what `json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))` writes.
    var canonical: String {
        var writer = JSONWriter(indents: false)
        writer.write(self, depth: 0)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// The same value for eyes: a member or element a line, and a newline at the end.
    var indented: String {
        var writer = JSONWriter(indents: true)
        writer.write(self, depth: 0)
        return String(decoding: writer.bytes, as: UTF8.self) + "\n"
    }
}

private struct JSONWriter {
    let indents: Bool
    var bytes: [UInt8] = []

    init(indents: Bool) { self.indents = indents }

    mutating func write(_ value: JSON, depth: Int) {
        switch value {
        case .integer(let number): bytes += String(number).utf8
        case .string(let text): write(text)
        case .array(let elements):
            list(elements, open: "[", close: "]", depth: depth) { writer, element in
                writer.write(element, depth: depth + 1)
            }
        case .object(let members):
            // Names are ASCII here, for which the order of bytes and of UTF-16 units is the same.
            let sorted = members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            list(sorted, open: "{", close: "}", depth: depth) { writer, member in
                writer.write(member.name)
                writer.bytes += writer.indents ? ": ".utf8 : ":".utf8
                writer.write(member.value, depth: depth + 1)
            }
        }
    }

    private mutating func list<Element>(
        _ elements: [Element], open: String, close: String, depth: Int,
        write: (inout JSONWriter, Element) -> Void
    ) {
        bytes += open.utf8
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            newline(depth: depth + 1)
            write(&self, element)
        }
        if !elements.isEmpty { newline(depth: depth) }
        bytes += close.utf8
    }

    private mutating func newline(depth: Int) {
        guard indents else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes += repeatElement(UInt8(ascii: " "), count: depth)
    }

    /// RFC 8785, section 3.2.2.2: only what must be escaped is.
    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes += "\\\"".utf8
            case UInt8(ascii: "\\"): bytes += "\\\\".utf8
            case 0x08: bytes += "\\b".utf8
            case 0x09: bytes += "\\t".utf8
            case 0x0A: bytes += "\\n".utf8
            case 0x0C: bytes += "\\f".utf8
            case 0x0D: bytes += "\\r".utf8
            case 0..<0x20: bytes += "\\u00\(Hexadecimal.encode([byte]))".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

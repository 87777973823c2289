internal import Glibc

/// Escapes of JSON strings (RFC 8259, 7).
enum JSONEscape {
    /// The byte that a one-letter escape stands for.
    static func simple(_ letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
        default: nil
        }
    }

    /// The UTF-16 unit of the `\uXXXX` that begins at `place`.
    static func unit(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt32? {
        guard place + 6 <= bytes.count, bytes[place] == UInt8(ascii: "\\"),
            bytes[place + 1] == UInt8(ascii: "u")
        else { return nil }
        var unit: UInt32 = 0
        for byte in bytes[(place + 2)..<(place + 6)] {
            switch byte {
            case 0x30...0x39: unit = unit << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: unit = unit << 4 | UInt32(byte - 0x37)
            case 0x61...0x66: unit = unit << 4 | UInt32(byte - 0x57)
            default: return nil
            }
        }
        return unit
    }

    /// Unescapes what `JSONObject` has checked; half a surrogate pair becomes U+FFFD.
    static func unescape(_ bytes: UnsafeRawBufferPointer, into out: inout [UInt8]) {
        out.removeAll(keepingCapacity: true)
        var place = 0
        while let base = bytes.baseAddress, place < bytes.count {
            let found = memchr(base + place, Int32(UInt8(ascii: "\\")), bytes.count - place)
            let end = found.map { UnsafeRawPointer($0) - base } ?? bytes.count
            out.append(contentsOf: bytes[place..<end])
            guard end + 1 < bytes.count else { return }
            if let byte = simple(bytes[end + 1]) {
                out.append(byte)
                place = end + 2
            } else {
                place = end + 6
                var code = unit(bytes, end) ?? 0xFFFD
                if 0xD800..<0xDC00 ~= code, let low = unit(bytes, place), 0xDC00..<0xE000 ~= low {
                    code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
                    place += 6
                }
                let scalar = Unicode.Scalar(code) ?? "\u{FFFD}"
                out.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
            }
        }
    }
}

extension JSONObject.Raw {
    /// The string's own bytes: where they stand if nothing is escaped, else in `scratch`.
    func withBytes<Fault>(
        _ scratch: inout [UInt8], _ body: (UnsafeRawBufferPointer) throws(Fault) -> Void
    ) throws(Fault) {
        guard hasEscapes else { return try body(bytes) }
        JSONEscape.unescape(bytes, into: &scratch)
        try scratch.withUnsafeBufferPointer { bytes throws(Fault) in try body(UnsafeRawBufferPointer(bytes)) }
    }
}

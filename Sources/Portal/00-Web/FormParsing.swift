import Foundation

/// Reads what browsers send. Everything here is hostile until proven otherwise: sizes and counts are bounded,
/// and text that is not UTF-8 is refused, never replaced.
package enum FormParsing {
    package enum Malformed: Error, Hashable {
        case notUTF8(field: String)
        case tooManyFields
        case notMultipart(String)
    }

    /// A round of ten thousand applications has up to four fields for each. The body's size bounds them besides.
    static let mostFields = 40_000

    /// `application/x-www-form-urlencoded` (WHATWG URL, section 5.1).
    package static func urlencoded(_ bytes: [UInt8]) throws(Malformed) -> FormFields {
        var pairs: [(name: String, value: String)] = []
        for part in bytes.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true) {
            let halves = part.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decode(halves[0]) else { throw .notUTF8(field: "?") }
            guard let value = halves.count == 2 ? decode(halves[1]) : "" else { throw .notUTF8(field: name) }
            pairs.append((name, value))
            if pairs.count > mostFields { throw .tooManyFields }
        }
        return FormFields(pairs)
    }

    private static func decode(_ bytes: ArraySlice<UInt8>) -> String? {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "+") {
                out.append(32)
            } else if byte == UInt8(ascii: "%"), index + 2 < bytes.endIndex,
                let high = hexValue(bytes[index + 1]), let low = hexValue(bytes[index + 2])
            {
                out.append(high << 4 | low)
                index += 2
            } else {
                out.append(byte)
            }
            index += 1
        }
        return String(validating: out, as: UTF8.self).map(normalised)
    }

    /// Line ends as one character, and no character that no keyboard makes.
    static func normalised(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 32 || $0 == 127 }) else { return text }
        var scalars = String.UnicodeScalarView()
        var previousReturn = false
        for scalar in text.unicodeScalars {
            if scalar == "\r" {
                scalars.append("\n")
                previousReturn = true
                continue
            }
            if scalar == "\n" && previousReturn { previousReturn = false; continue }
            previousReturn = false
            if scalar.value >= 32 && scalar.value != 127 || scalar == "\n" || scalar == "\t" {
                scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

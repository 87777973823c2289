/// A text compared byte for byte.
///
/// `String` compares by canonical equivalence, so that é is é however it is written. A verifier in another language
/// compares code points, and both must call the same names equal.
struct Exact: Hashable, Sendable {
    let bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.utf8) }

    /// Whether the text can stand in a document as a name: one line of 1 to 512 bytes without control characters and
    /// without blanks at its ends.
    static func isName(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return false }
        return text.utf8.count <= 512 && !first.properties.isWhitespace && !last.properties.isWhitespace
            && text.unicodeScalars.allSatisfy {
                $0.properties.generalCategory != .control && !isLineBreak($0)
            }
    }

    /// U+2028 and U+2029 break lines and are no control characters.
    private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value == 0x2028 || scalar.value == 0x2029
    }
}

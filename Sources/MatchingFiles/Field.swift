import Glibc

/// One field of a comma-separated line: plain numbers only, no quotes.
struct Field {
    let bytes: UnsafeBufferPointer<UInt8>

    /// Without the blanks around it.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        var start = 0
        var end = bytes.count
        while start < end, bytes[start] == UInt8(ascii: " ") || bytes[start] == UInt8(ascii: "\t") {
            start += 1
        }
        while end > start, bytes[end - 1] == UInt8(ascii: " ") || bytes[end - 1] == UInt8(ascii: "\t") {
            end -= 1
        }
        self.bytes = UnsafeBufferPointer(rebasing: bytes[start..<end])
    }

    /// For a message: at most forty characters, with what is not printable made visible.
    var text: String {
        let shown = String(decoding: bytes.prefix(40), as: UTF8.self)
        return
            "“\(shown.unicodeScalars.map { $0.value < 32 ? "�" : String($0) }.joined())\(bytes.count > 40 ? "…" : "")”"
    }

    /// A whole number that fits 32 bits, with an optional minus sign.
    var integer: Int32? {
        var index = 0
        let negative = bytes.first == UInt8(ascii: "-")
        if negative { index = 1 }
        guard index < bytes.count, bytes.count - index <= 10 else { return nil }
        var value: Int64 = 0
        while index < bytes.count {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            value = value * 10 + Int64(digit)
            index += 1
        }
        return Int32(exactly: negative ? -value : value)
    }

    /// A finite decimal, as `0.25`, `-1`, `.5` or `2.5e-3`, and how many places behind the point it needs.
    var decimal: (value: Double, places: Int)? {
        var index = 0
        var digits = 0
        var mantissa: UInt64 = 0
        var isExact = true
        var places = 0
        var lastNonzeroPlace = 0
        let negative = bytes.first == UInt8(ascii: "-")
        if negative || bytes.first == UInt8(ascii: "+") { index = 1 }
        var behindPoint = false
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "."), !behindPoint {
                behindPoint = true
            } else {
                let digit = bytes[index] &- UInt8(ascii: "0")
                guard digit <= 9 else { break }
                digits += 1
                if behindPoint { places += 1 }
                if digit != 0 { lastNonzeroPlace = places }
                if mantissa < 900_000_000_000_000 {
                    mantissa = mantissa * 10 + UInt64(digit)
                } else {
                    isExact = false
                }
            }
            index += 1
        }
        guard digits > 0, digits <= 400 else { return nil }
        var exponent = 0
        if index < bytes.count {
            guard bytes[index] == UInt8(ascii: "e") || bytes[index] == UInt8(ascii: "E"),
                let power = Field(UnsafeBufferPointer(rebasing: bytes[(index + 1)...])).power
            else { return nil }
            exponent = power
        }
        let needed = max(0, lastNonzeroPlace - exponent)
        // Up to 2^53 and 10^22 both operands are exact, so one division rounds correctly.
        if isExact, exponent == 0, places <= 22 {
            let value = Double(mantissa) / Self.powers[places]
            return (negative ? -value : value, needed)
        }
        guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else { return nil }
        return (value, needed)
    }

    private var power: Int? {
        let isSigned = bytes.first == UInt8(ascii: "+")
        let rest = isSigned ? Field(UnsafeBufferPointer(rebasing: bytes.dropFirst())) : self
        guard let value = rest.integer, abs(Int(value)) <= 400 else { return nil }
        return Int(value)
    }

    private static let powers: [Double] = (0...22).map { Glibc.pow(10, Double($0)) }
}

/// Calls `body` with each comma-separated field of a line, numbered from zero.
func forEachField<Failure: Error>(
    _ line: UnsafeBufferPointer<UInt8>, _ body: (Int, Field) throws(Failure) -> Void
) throws(Failure) {
    var start = 0
    var column = 0
    while true {
        var end = start
        while end < line.count, line[end] != UInt8(ascii: ",") { end += 1 }
        try body(column, Field(UnsafeBufferPointer(rebasing: line[start..<end])))
        if end == line.count { return }
        column += 1
        start = end + 1
    }
}

import Testing

@testable import Lifecycle

@Test func `classes of scalars are those of Unicode, for every scalar there is`() {
    for value in UInt32(0)...0x10FFFF {
        guard let scalar = Unicode.Scalar(value) else { continue }
        let properties = scalar.properties
        if scalar.isBlank != properties.isWhitespace
            || scalar.isLetterOrNumber != (properties.isAlphabetic || properties.numericType != nil)
        {
            Issue.record("U+\(String(value, radix: 16))")
        }
    }
}

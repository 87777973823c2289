/// What Unicode says of a scalar, answered without its tables where most scalars of our texts are: reading a hundred
/// thousand proposals asks a thousand million times.
extension Unicode.Scalar {
    /// White_Space of PropList.txt; a test holds both equal.
    var isBlank: Bool {
        switch value {
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
            true
        default: false
        }
    }

    /// Alphabetic, or of any numeric type.
    var isLetterOrNumber: Bool {
        switch value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x4E00...0x9FFF: true
        case 0...0x7F, 0x3000...0x3004, 0xFF0C: false
        default: properties.isAlphabetic || properties.numericType != nil
        }
    }
}

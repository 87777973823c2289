/// A checksum of 64 bits that finds damage, at the speed of memory. It is not cryptographic: who can write to the
/// index can also make the checksum right.
///
/// Four lanes of multiply and add, so that the processor works on several words at once.
func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let first: UInt64 = 0x9E37_79B9_7F4A_7C15
    let second: UInt64 = 0xBF58_476D_1CE4_E5B9
    var (a, b, c, d) = (first, second, first ^ second, first &+ second)
    var position = 0
    func word(_ at: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
    }
    while position + 32 <= bytes.count {
        a = (a ^ word(position)) &* first
        b = (b ^ word(position + 8)) &* first
        c = (c ^ word(position + 16)) &* first
        d = (d ^ word(position + 24)) &* first
        // The high bits come down, or the multiplications would forget them.
        a ^= a >> 32
        b ^= b >> 32
        c ^= c >> 32
        d ^= d >> 32
        position += 32
    }
    var sum = mix64(a) ^ mix64(b &+ 1) &+ mix64(c &+ 2) ^ mix64(d &+ 3)
    while position < bytes.count {
        sum = (sum ^ UInt64(bytes[position])) &* first
        sum ^= sum >> 29
        position += 1
    }
    return mix64(sum ^ UInt64(bytes.count))
}

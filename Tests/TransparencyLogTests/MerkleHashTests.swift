import Testing

@testable import TransparencyLog

struct MerkleHashTests {
    @Test func `a hash survives bytes, hexadecimal and base64`() throws {
        var chance = SeededChance(seed: 1)
        for _ in 0..<200 {
            let bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &chance) }
            let hash = try #require(MerkleHash(bytes: bytes))
            #expect(hash.bytes == bytes)
            #expect(MerkleHash(hex: hash.hex) == hash)
            #expect(MerkleHash(hex: hash.hex.uppercased()) == hash)
            #expect(MerkleHash(base64: hash.base64) == hash)
        }
    }

    @Test func `hashes that differ in one bit are different`() throws {
        let plain = try #require(MerkleHash(bytes: [UInt8](repeating: 7, count: 32)))
        for bit in 0..<256 {
            let other = plain.flipping(bit: bit)
            #expect(other != plain)
            #expect(Set([other, plain]).count == 2)
        }
    }

    @Test(arguments: [0, 1, 31, 33, 64])
    func `bytes of another length are no hash`(count: Int) {
        let bytes = [UInt8](repeating: 0, count: count)
        #expect(MerkleHash(bytes: bytes) == nil)
        #expect(MerkleHash(hex: Hexadecimal.encode(bytes)) == nil)
        #expect(MerkleHash(base64: Base64.encode(bytes)) == nil)
    }

    // RFC 4648 section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `base64 agrees with RFC 4648`(plain: String, coded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == coded)
        #expect(Base64.decode(coded.utf8) == Array(plain.utf8))
    }

    @Test(arguments: [
        "Zg", "Zg=", "Zh==", "Zm9=", "Z===", "====", "Zg==Zg==", "Zm9\n", " Zg==", "Zm-_", "Zm8=\n",
    ])
    func `only canonical base64 is read`(coded: String) {
        #expect(Base64.decode(coded.utf8) == nil)
    }

    @Test(arguments: [
        "", "-1", "+1", "01", "00", " 1", "1 ", "1a", "18446744073709551616", "99999999999999999999",
    ])
    func `a decimal has digits only and fits`(text: String) {
        #expect(Decimal.parse(text.utf8) == nil)
    }

    @Test func `the smallest and the largest decimal are read`() {
        #expect(Decimal.parse("0".utf8) == 0)
        #expect(Decimal.parse("18446744073709551615".utf8) == .max)
    }
}

extension MerkleHash {
    /// The hash with one of its 256 bits turned over.
    func flipping(bit: Int) -> MerkleHash {
        var bytes = bytes
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        return MerkleHash(bytes: bytes) ?? self
    }
}

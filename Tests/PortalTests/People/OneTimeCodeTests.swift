import Lifecycle
import Portal
import Testing

private let secret = Array("12345678901234567890".utf8)

@Test(
    arguments: [
        (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"), (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ] as [(Int64, String)])
func `the codes of RFC 6238 appendix B come out`(second: Int64, code: String) {
    let step = OneTimeCode.step(at: Instant(milliseconds: second * 1000))
    #expect(OneTimeCode.code(secret: secret, step: step, digits: 8) == code)
}

@Test func `the codes of RFC 4226 appendix D come out`() {
    let codes = (0..<10).map { OneTimeCode.code(secret: secret, step: $0) }
    #expect(
        codes == [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
            "520489",
        ])
}

@Test func `a code is good one step early and late, and no further`() {
    let now = Instant(milliseconds: 1_111_111_111_000)
    let step = OneTimeCode.step(at: now)
    for (offset, good) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] as [(Int64, Bool)] {
        let code = OneTimeCode.code(secret: secret, step: step + offset)
        let found = OneTimeCode.match(code, secret: secret, lastStep: nil, at: now)
        #expect(found == (good ? step + offset : nil), "offset \(offset)")
    }
}

@Test func `a code is refused after it, or a later one, was used`() {
    let now = Instant(milliseconds: 1_111_111_111_000)
    let step = OneTimeCode.step(at: now)
    let code = OneTimeCode.code(secret: secret, step: step)
    #expect(OneTimeCode.match(code, secret: secret, lastStep: step - 1, at: now) == step)
    #expect(OneTimeCode.match(code, secret: secret, lastStep: step, at: now) == nil)
    let next = OneTimeCode.code(secret: secret, step: step + 1)
    #expect(OneTimeCode.match(code, secret: secret, lastStep: step + 1, at: now) == nil)
    #expect(OneTimeCode.match(next, secret: secret, lastStep: step, at: now) == step + 1)
}

@Test func `base 32 goes there and back and refuses foreign letters`() {
    #expect(OneTimeCode.base32(Array("foobar".utf8)) == "MZXW6YTBOI")
    #expect(OneTimeCode.bytes(base32: "MZXW 6YTB OI") == Array("foobar".utf8))
    #expect(OneTimeCode.bytes(base32: "MZXW1") == nil)
    for length in 0..<40 {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        #expect(OneTimeCode.bytes(base32: OneTimeCode.base32(bytes)) == bytes)
    }
}

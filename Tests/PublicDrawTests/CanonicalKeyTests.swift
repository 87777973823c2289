import PublicDraw
import Testing

/// From published values to the key.
struct CanonicalKeyTests {
    private func commitment(_ kinds: RandomSource.Kind...) throws -> Commitment {
        try Commitment(
            pool: [PoolEntry(id: "a"), PoolEntry(id: "b")], quotas: [Quota(places: 1)],
            sources: kinds.enumerated().map { RandomSource(name: "s\($0 + 1)", kind: $1) })
    }

    private func key(_ kind: RandomSource.Kind, _ numbers: String...) throws -> String {
        try commitment(kind).key(values: [SourceValue(source: "s1", content: .numbers(numbers))])
    }

    @Test(arguments: [
        "", " 1", "1 ", "+1", "-1", "1.", ".5", "1.2.3", "1e3", "１２", "٣", "0x10", "1,5", "1\n",
        String(repeating: "1", count: 401),
    ])
    func `what is not plain digits is no number`(text: String) {
        #expect(throws: ValuesRefused.notNumber(source: "s1", value: text)) { try key(.ordered(), "1", text) }
    }

    @Test func `a sorted source has no decimals`() {
        #expect(throws: ValuesRefused.notWhole(source: "s1", value: "1.5")) { try key(.sorted(), "2", "1.5") }
    }

    @Test func `the number of values is the one committed to`() {
        #expect(throws: ValuesRefused.count(source: "s1", expected: 6, found: 7)) {
            try key(.sorted(count: 6), "1", "2", "3", "4", "5", "6", "7")
        }
        #expect(throws: ValuesRefused.missing("s1")) { try key(.sorted()) }
        #expect(throws: ValuesRefused.count(source: "s1", expected: 4, found: 2)) {
            try commitment(.hexadecimal(byteCount: 4)).key(
                values: [SourceValue(source: "s1", content: .hexadecimal("beef"))])
        }
    }

    @Test func `each source has one value of its kind`() throws {
        let one = SourceValue(source: "s1", content: .numbers(["1"]))
        let commitment = try commitment(.sorted(), .commitment)
        #expect(throws: ValuesRefused.missing("s1")) { try commitment.key(values: []) }
        #expect(throws: ValuesRefused.sourceTwice("s1")) { try commitment.key(values: [one, one]) }
        #expect(throws: ValuesRefused.unknownSource("s3")) {
            try commitment.key(values: [one, SourceValue(source: "s3", content: .numbers(["1"]))])
        }
        #expect(throws: ValuesRefused.unknownSource("s2")) {
            try commitment.key(values: [one, SourceValue(source: "s2", content: .numbers(["1"]))])
        }
        #expect(throws: ValuesRefused.otherKind(source: "s1")) {
            try commitment.key(values: [SourceValue(source: "s1", content: .hexadecimal("00"))])
        }
    }

    @Test(arguments: ["", "0", "xy", "0x00"]) func `bytes are whole pairs of digits`(text: String) {
        #expect(throws: ValuesRefused.notHexadecimal(source: "s1")) {
            try commitment(.hexadecimal()).key(
                values: [SourceValue(source: "s1", content: .hexadecimal(text))])
        }
    }

    @Test func `numbers lose leading zeros, are sorted as numbers and end in a point`() throws {
        #expect(try key(.sorted(), "10", "9", "008", "08285182", "0", "00") == "0.0.8.9.10.8285182./")
        let long = "123456789012345678901234567890"
        #expect(try key(.sorted(), long + "1", long) == "\(long).\(long)1./")
    }

    @Test func `order is kept where it means something, and decimals lose trailing zeros`() throws {
        #expect(try key(.ordered(), "3", "1", "2") == "3.1.2./")
        #expect(
            try key(.ordered(), "3012.50", "0.05", "007.00", "00.10") == "3012.5" + "0.05" + "7." + "0.1"
                + "/")
    }

    @Test func `sources stand in the order committed to, whatever the order of their values`() throws {
        let commitment = try commitment(.sorted(), .hexadecimal(), .commitment)
        let values = [
            SourceValue(source: "s2", content: .hexadecimal("00BEef")),
            SourceValue(source: "s1", content: .numbers(["2", "1"])),
        ]
        #expect(try commitment.key(values: values) == "1.2./00beef./\(commitment.digest)./")
        #expect(try commitment.draw(values: values) == commitment.draw(values: values.reversed()))
    }
}

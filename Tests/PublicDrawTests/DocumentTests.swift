import Foundation
import PublicDraw
import Testing

/// Reading commitments: bytes that outsiders send.
struct DocumentTests {
    private let good = """
        {"format":"public-draw/commitment/1","pool":[{"id":"a"},{"id":"b"}],\
        "poolDigest":"POOL","profile":"sha256",\
        "quotas":[{"alternates":0,"places":1}],"sources":[{"kind":"sorted","name":"s"}]}
        """

    @Test(arguments: [
        ("", 1, 1), ("{", 1, 2), ("[1,]", 1, 4), ("{\"a\":1,}", 1, 8), ("{\"a\" 1}", 1, 6), ("tru", 1, 1),
        ("-1", 1, 1), ("1.5", 1, 2), ("1e3", 1, 2), ("01", 1, 3), ("9007199254740992", 1, 16), ("\"a", 1, 3),
        ("\"\\x\"", 1, 4), ("\"\\u12g4\"", 1, 4), ("\"\\ud800\"", 1, 8), ("\"\\ud800\\u0041\"", 1, 14),
        ("{}\n\n {}", 3, 2), ("{\"a\":1,\"a\":1}", 1, 11), ("\"a\u{1}\"", 1, 4), ("null", 1, 1),
    ])
    func `what is no JSON of ours is refused at its place`(text: String, line: Int, column: Int) {
        #expect {
            try Commitment(document: text)
        } throws: { error in
            guard case .syntax(let atLine, let atColumn, _)? = error as? DocumentRefused else { return false }
            return (atLine, atColumn) == (line, column)
        }
    }

    @Test func `nesting is bounded`() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: DocumentRefused.syntax(line: 1, column: 18, "it is nested too deeply")) {
            try Commitment(document: deep)
        }
    }

    @Test func `members that are wrong, missing or unknown are named`() throws {
        let pool = try Commitment(
            pool: [PoolEntry(id: "a"), PoolEntry(id: "b")], quotas: [Quota(places: 1)],
            sources: [RandomSource(name: "s", kind: .sorted())])
        let good = good.replacing("POOL", with: pool.poolDigest)
        #expect(try Commitment(document: good) == pool)
        #expect(good == pool.canonical)
        for (from, to, place) in [
            ("commitment/1", "commitment/2", "format"), ("sha256", "sha512", "profile"),
            ("\"kind\":\"sorted\"", "\"kind\":\"dice\"", "sources[0].kind"),
            ("\"id\":\"b\"", "\"id\":3", "pool[1].id"),
            ("\"places\":1", "\"places\":\"1\"", "quotas[0].places"), (",\"places\":1", "", "quotas[0]"),
            ("{\"id\":\"b\"}", "{\"id\":\"b\",\"tickets\":1}", "pool[1]"),
            ("{\"id\":\"b\"}", "{\"id\":\"b\",\"note\":\"x\"}", "pool[1].note"),
            ("{\"id\":\"b\"}", "7", "pool[1]"), (pool.poolDigest, "00", "poolDigest"),
            ("\"profile\"", "\"exclusions\":[],\"profile\"", "exclusions"),
            ("\"profile\"", "\"title\":\"\",\"profile\"", "title"), ("\"pool\":[", "\"Pool\":[", ""),
        ] {
            let bad = good.replacing(from, with: to)
            #expect("\(from) → \(to)") {
                try Commitment(document: bad)
            } throws: { error in
                guard case .shape(let at, _)? = error as? DocumentRefused else { return false }
                return at == place
            }
        }
        let twice = good.replacing("\"id\":\"b\"", with: "\"id\":\"a\"")
        #expect(throws: DocumentRefused.commitment(.entryRepeated(entry: 1, earlier: 0, id: "a"))) {
            try Commitment(document: twice)
        }
    }

    @Test func `texts of every kind come back, escaped or not`() throws {
        let odd = "\u{7F}\u{80}\u{E9}é😀\\\"/\u{FFFD}\u{E000}"
        let commitment = try Commitment(
            title: "x", pool: [PoolEntry(id: "a"), PoolEntry(id: "b")], quotas: [Quota(places: 1)],
            sources: [RandomSource(name: "s", kind: .sorted())])
        let escaped = commitment.canonical.replacing("\"x\"", with: "\"\\u0041\\uD83D\\uDE00\\/\\\"\"")
        #expect(try Commitment(document: escaped).title == "A😀/\"")
        let name = odd.unicodeScalars.filter { $0.properties.generalCategory != .control }
        let named = try Commitment(
            title: String(String.UnicodeScalarView(name)), pool: commitment.pool, quotas: commitment.quotas,
            sources: commitment.sources)
        #expect(try Commitment(document: named.canonical).title == named.title)
    }

    @Test func `bytes turned over never crash a reader and never prove a draw`() throws {
        let seed = UInt64.random(in: .min ... .max)
        var draws = RandomDraws(seed: seed)
        let telling = Array("{}[]\",:\\u0123456789.truefalsn ".utf8) + [0, 0x0A, 0xC3, 0xED, 0xFF]
        var (rounds, read) = (0, 0)
        for _ in Rounds(20) {
            let commitment = try draws.commitment()
            let transcript = try commitment.draw(values: draws.values(for: commitment))
            let (sealed, document) = (Array(commitment.canonical.utf8), Array(transcript.document.utf8))
            for _ in 0..<60 {
                rounds += 1
                let text = damaged(document, telling, &draws.chance)
                if let verified = try? Transcript.verified(text, commitmentDigest: commitment.digest) {
                    read += 1
                    // A blank may change, and a digit of a value that canonical form drops; the draw may not.
                    #expect(verified.rounds == transcript.rounds, "seed \(seed)")
                }
                // Whoever holds no digest learns at least that the transcript follows from its own commitment.
                if let own = try? Transcript.verified(text, commitmentDigest: nil) {
                    #expect(throws: Never.self, "seed \(seed)") {
                        try Transcript.verified(own.document, commitmentDigest: own.commitment.digest)
                    }
                }
                let other = damaged(sealed, telling, &draws.chance)
                if let parsed = try? Commitment(document: other) {
                    read += 1
                    #expect(try Commitment(document: parsed.canonical) == parsed, "seed \(seed)")
                }
            }
        }
        #expect(read > 0, "seed \(seed)")
        print("draw documents: \(rounds * 2) rounds, \(read) read")
    }

    /// A few bytes changed, left out, put in or cut off. What is no UTF-8 any more is read as a browser would.
    private func damaged(_ sound: [UInt8], _ telling: [UInt8], _ chance: inout SeededChance) -> String {
        var bytes = sound
        for _ in 0..<Int.random(in: 1...2, using: &chance) where !bytes.isEmpty {
            let at = Int.random(in: bytes.indices, using: &chance)
            switch Int.random(in: 0..<6, using: &chance) {
            case 0: bytes[at] ^= UInt8(1 << Int.random(in: 0..<8, using: &chance))
            case 1: bytes.remove(at: at)
            case 2: bytes.removeLast(at)
            case 3: bytes.insert(contentsOf: bytes.suffix(min(at, 30)), at: at)
            default: bytes[at] = telling[Int.random(in: telling.indices, using: &chance)]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

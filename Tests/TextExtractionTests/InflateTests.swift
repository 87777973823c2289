import Foundation
import Testing

@testable import TextExtraction

struct InflateTests {
    /// Compressed by zlib 1.2.13 (raw deflate, level 9), in base 64.
    static let vectors: [(base64: String, text: String)] = [
        ("AwA=", ""),
        ("S0xMAgA=", "aab"),
        ("AQMA/P9hYmM=", "abc"),
        (
            "ez5l84v125/s2vV015Sneye/WL/l2Yy+lwt3Pp+97vmslucLpjxfue1ZS/+TnZ2PG5qejyoeVTyqeFTxqOJRxcNLMQA=",
            String(repeating: "申请人应当说明项目的研究意义。", count: 40)
        ),
        (
            "JY9NCsIwEIXP1Dg5UJLJzzFEbEEQ3FjXbt24KQgFb6Ntl17BLwQmyct7L/Mm4vSzP9huu1/zOo12e7yW5/ydT1q4Rg"
                + "PaAZDX25wcWmStx8sy9CKZnUJtBgqV8gFofu+zbRQZgOixaaqWoXc0CV52UIIRR4Dx6kuFeEoFnIzk6rvIZpLG+iJD"
                + "NlXoy5DMmLXTzuU6sXr0RDvE0IkSFxx+UxMIC759wiJA+9JiYMTECqZR1GX7Bw==",
            "4ad。51研g法5究容义dh法e2义3法研方fa容e容意内44g内内研研方方容容bc方2，5方容。方eb研df容内a意cb43研4，。c意bdbh。c容hh。容究a研de研2fde3研g究。容4方义法gd1d1ag义3db究f意方c14d内ca。2意b，cb容意5内。bh容究意42e究法4dag5"
        ),
    ]

    @Test func `what zlib compressed comes out`() throws {
        for sample in Self.vectors {
            let bytes = try #require(Data(base64Encoded: sample.base64))
            #expect(
                String(decoding: try Inflate.inflated(Array(bytes), most: 1 << 20), as: UTF8.self)
                    == sample.text)
        }
    }

    @Test func `more than the bound is refused`() throws {
        let bytes = try #require(Data(base64Encoded: Self.vectors[3].base64))
        #expect(throws: Inflate.Malformed.self) { try Inflate.inflated(Array(bytes), most: 100) }
    }

    @Test func `data cut short are refused, and changed ones never read outside`() throws {
        var chance = Chance.fresh("deflate")
        for sample in Self.vectors {
            let bytes = Array(try #require(Data(base64Encoded: sample.base64)))
            for length in 0..<bytes.count {
                #expect(throws: Inflate.Malformed.self) {
                    try Inflate.inflated(Array(bytes[..<length]), most: 1 << 20)
                }
            }
            for _ in Rounds(2000) {
                var changed = bytes
                for _ in 0..<Int.random(in: 1...6, using: &chance) {
                    changed[Int.random(in: changed.indices, using: &chance)] = UInt8.random(
                        in: 0...255, using: &chance)
                }
                _ = try? Inflate.inflated(changed, most: 1 << 16)
            }
        }
    }
}

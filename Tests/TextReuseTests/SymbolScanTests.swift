import Testing

@testable import TextReuse

struct SymbolScanTests {
    @Test func `a Chinese character is one symbol, a word or number two`() {
        #expect(SymbolText("科研项目").count == 4)
        #expect(SymbolText("research project").count == 4)
        #expect(SymbolText("2026年").count == 3)
        #expect(SymbolText("，。！ \n\t").count == 0)
        #expect(SymbolText("").count == 0)
    }

    @Test func `words are equal whatever their case, width, accents and ligatures`() {
        #expect(SymbolText("Résumé FINAL").list == SymbolText("resume ﬁnal").list)
        #expect(SymbolText("ｒｅｓｅａｒｃｈ").list == SymbolText("Research").list)
        #expect(SymbolText("research").list != SymbolText("research1").list)
        #expect(SymbolText("reu").list != SymbolText("reuse").list)
    }

    @Test func `a soft hyphen or combining mark does not end a word, a hyphen does`() {
        #expect(SymbolText("co\u{AD}operate").list == SymbolText("cooperate").list)
        #expect(SymbolText("re\u{301}sume\u{301}").list == SymbolText("résumé").list)
        #expect(SymbolText("co-operate").count == 4)
    }

    @Test func `offsets count Unicode scalars of the text as given`() {
        let given = "🙂《科研》e\u{301}cole 项"
        let text = SymbolText(given)
        let scalars = Array(given.unicodeScalars)
        #expect(text.scalars == scalars.count)
        #expect(text.count == 5)
        #expect(String(String.UnicodeScalarView(scalars[text.scalars(of: 0..<2)])) == "科研")
        #expect(String(String.UnicodeScalarView(scalars[text.scalars(of: 2..<4)])) == "e\u{301}cole")
        #expect(String(String.UnicodeScalarView(scalars[text.scalars(of: 4..<5)])) == "项")
    }

    @Test func `bytes that are not UTF-8 are counted as the standard library counts them`() {
        var chance = Chance.fresh("ill-formed UTF-8")
        let parts: [[UInt8]] = [
            [0xE4, 0xB8, 0xAD], [0xEF, 0xBC, 0x8C], [0xE0, 0x80, 0x80], [0xF0, 0x9F, 0x99], [0xF0, 0x80],
            [0xED, 0xA0, 0x80], [0xC0, 0xAF], [0xE4],
            [0x41],
            [0xFF], [0xF4, 0x90, 0x80, 0x80], [0xF0, 0xA0, 0xAE, 0xB7], [0x20], [0x80], [0xC3, 0xA9],
        ]
        for _ in Rounds(3000) {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0...12, using: &chance) {
                bytes += Bool.random(using: &chance) ? parts.randomElement(using: &chance)! : chance.bytes(1)
            }
            let repaired = String(decoding: bytes, as: UTF8.self)
            let text = SymbolText(bytes)
            #expect(text.scalars == repaired.unicodeScalars.count, "\(bytes)")
            #expect(text.list == SymbolText(repaired).list, "\(bytes)")
        }
    }

    @Test func `no character becomes more symbols than room is made for`() {
        for code in 0...UInt32(0x2FFFF) {
            guard let scalar = Unicode.Scalar(code) else { continue }
            let bytes = Array(String(scalar).utf8)
            #expect(SymbolText(bytes).count <= SymbolScan.mostSymbols(bytes: bytes.count))
            // A sentence of nothing else, with and without separators.
            guard FoldTable.standard.folded(scalar).count > 2 else { continue }
            let long = Array(repeatElement(bytes, count: 50).joined())
            #expect(SymbolText(long).count <= SymbolScan.mostSymbols(bytes: long.count))
        }
    }
}

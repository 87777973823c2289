import Testing

@testable import TextReuse

struct AlignmentTests {
    private func overlap(_ a: String, _ b: String, minSpan: Int = 24, sampling: Sampling = .standard)
        -> Overlap?
    {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        return a.withUnsafeBytes { a in
            b.withUnsafeBytes { b in Comparison(sharing: Sharing(minSpan: minSpan), sampling: sampling)(a, b)
            }
        }
    }

    private func slice(_ text: String, _ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(Array(text.unicodeScalars)[range]))
    }

    @Test func `texts without a common passage share nothing`() {
        var chance = Chance.fresh("nothing")
        #expect(overlap(chance.chinese(3000), chance.chinese(3000)) == nil)
        #expect(overlap("", chance.chinese(100)) == nil)
        #expect(overlap("", "") == nil)
    }

    @Test func `a copied passage is found to the character`() {
        var chance = Chance.fresh("copy")
        for _ in 0..<20 {
            let passage = "始" + chance.chinese(200).filter { !"，。\n".contains($0) } + "末"
            let a = chance.chinese(500) + "，" + passage + "。" + chance.chinese(300)
            let b = chance.chinese(100) + "；" + passage + "！" + chance.chinese(700)
            let found = overlap(a, b)
            #expect(found?.spans.count == 1)
            guard let span = found?.spans.first else { continue }
            // A neighbour may agree by chance, but hardly more.
            #expect(slice(a, span.a).contains(passage))
            #expect(slice(b, span.b).contains(passage))
            #expect(span.a.count < passage.count + 8)
            #expect(span.identity > 0.95)
        }
    }

    @Test func `a passage that was edited is one span, not many`() {
        var chance = Chance.fresh("edits")
        // Where many edits come together a passage falls in two; in a hundred runs of this test one did.
        let whole = (0..<20).count { _ in
            let passage = Array(chance.chinese(400).unicodeScalars)
            var edited = String.UnicodeScalarView()
            for scalar in passage {
                switch Int.random(in: 0..<60, using: &chance) {
                case 0: break
                case 1: edited.append("改")
                case 2: edited.append(contentsOf: [scalar, "增"])
                default: edited.append(scalar)
                }
            }
            let a = chance.chinese(300) + String(String.UnicodeScalarView(passage)) + chance.chinese(300)
            let b = chance.chinese(300) + String(edited) + chance.chinese(300)
            let found = overlap(a, b)
            return found?.spans.count == 1 && (found?.spans.first?.a.count ?? 0) > 340
        }
        #expect(whole >= 18)
    }

    @Test func `traditional characters, full width and other punctuation hide nothing`() {
        let a = "申请人应当说明项目的研究意义、国内外研究现状及发展动态分析，并结合科学研究发展趋势来论述科学意义。ABC 2026"
        let b = "申請人應當說明項目的研究意義 國內外研究現狀及發展動態分析,並結合科學研究發展趨勢來論述科學意義. ＡＢＣ　２０２６"
        let found = overlap(a, b)
        #expect(found?.containment == 1)
        #expect(found?.reverse == 1)
    }

    /// Joining is a matter of likelihood: a sentence is missed where no fingerprint falls into it.
    @Test func `shuffled sentences are joined into one span nearly always`() {
        let joined = (1...20).count { seed in
            var chance = Chance(seed: UInt64(seed))
            let sentences = (0..<8).map { _ in chance.chinese(30).filter { !"，。\n".contains($0) } + "。" }
            let a = chance.chinese(300) + sentences.joined() + chance.chinese(300)
            let b = chance.chinese(300) + sentences.shuffled(using: &chance).joined() + chance.chinese(300)
            let found = overlap(a, b, minSpan: 60, sampling: .close)
            return (found?.longest ?? 0) > 180
        }
        #expect(joined >= 16, "\(joined) of 20")
    }

    @Test func `containment is a share of each text, and turns with the texts`() {
        var chance = Chance.fresh("containment")
        let passage = chance.chinese(400)
        let a = passage
        let b = passage + chance.chinese(1200)
        let found = overlap(a, b)
        #expect((found?.containment ?? 0) > 0.97)
        #expect(abs((found?.reverse ?? 0) - 0.25) < 0.04)
        #expect(overlap(b, a)?.reverse == found?.containment)
        #expect(overlap(b, a)?.containment == found?.reverse)
    }

    @Test func `what stands in a template does not count`() {
        var chance = Chance.fresh("template")
        let template = chance.chinese(300)
        var comparison = Comparison(sharing: Sharing(minSpan: 24))
        let bytes = Array(template.utf8)
        bytes.withUnsafeBytes { comparison.addTemplate($0) }
        let a = Array((chance.chinese(200) + template + chance.chinese(200)).utf8)
        let b = Array((chance.chinese(200) + template + chance.chinese(200)).utf8)
        let found = a.withUnsafeBytes { a in b.withUnsafeBytes { b in comparison(a, b) } }
        #expect(found == nil)
        #expect(a.withUnsafeBytes { a in b.withUnsafeBytes { b in Comparison()(a, b) } } != nil)
    }

    @Test func `a text made of one repeated sentence is compared in bounded time`() {
        let sentence = "本项目拟解决的关键科学问题是什么呢。"
        let long = String(repeating: sentence, count: 2000)
        let clock = ContinuousClock()
        let took = clock.measure { _ = overlap(long, String(long.dropFirst(7))) }
        // A fraction of a second in a release build; a test run is a slow debug build on a busy machine.
        #expect(took < .seconds(60))
    }
}

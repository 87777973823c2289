import Testing
import TextReuse

/// What the article tells a stranger, as a stranger would try it.
struct ArticleTests {
    @Test func `the example of two texts has the ranges that the article names`() {
        let a = Array("申请人应当说明研究意义、国内外现状及发展动态，并结合科学研究发展趋势来论述科学意义。".utf8)
        let b = Array("按要求，申請人應當說明研究意義 國內外現狀及發展動態,並結合科學研究發展趨勢來論述科學意義!".utf8)
        let compare = Comparison(sharing: Sharing(minSpan: 24))
        let overlap = a.withUnsafeBytes { a in b.withUnsafeBytes { b in compare(a, b) } }
        #expect(overlap?.spans.map(\.a) == [0..<41])
        #expect(overlap?.spans.map(\.b) == [4..<45])
        #expect(overlap?.containment == 1)
        #expect((overlap?.reverse ?? 1) < 1)
    }
}

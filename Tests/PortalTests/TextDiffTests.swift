import Lifecycle
import Testing

@testable import Portal

struct TextDiffTests {
    private func old(_ pieces: [TextDiff.Piece]) -> String {
        pieces.map {
            switch $0 {
            case .same(let text), .removed(let text): text
            case .added: ""
            }
        }.joined()
    }

    private func new(_ pieces: [TextDiff.Piece]) -> String {
        pieces.map {
            switch $0 {
            case .same(let text), .added(let text): text
            case .removed: ""
            }
        }.joined()
    }

    @Test func `a moved deadline shows only the changed day`() {
        #expect(
            TextDiff.words("截止时间：6月1日16:00", "截止时间：6月8日16:00") == [
                .same("截止时间：6月"), .removed("1"), .added("8"), .same("日16:00"),
            ])
    }

    @Test func `a number is changed as a whole`() {
        #expect(
            TextDiff.words("共 100 项", "共 1000 项") == [
                .same("共 "), .removed("100"), .added("1000"), .same(" 项"),
            ])
    }

    @Test func `lines that stay are not touched, and a new line is only added`() {
        #expect(TextDiff.lines("一\n二", "一\n新\n二") == [[.same("一")], [.added("新")], [.same("二")]])
        #expect(TextDiff.lines("", "一") == [[.added("一")]])
        #expect(TextDiff.lines("一\n二\n三", "一\n三") == [[.same("一")], [.removed("二")], [.same("三")]])
    }

    /// 2,000 random pairs: the pieces give back both texts, and never more is kept than is common.
    @Test func `both texts can be read back from the pieces`() {
        var chance = SplitMix64(seed: 20_260_610)
        let letters = Array("甲乙丙ab1 。")
        for _ in 0..<2000 {
            func text() -> String {
                String(
                    (0..<Int.random(in: 0...12, using: &chance)).map { _ in
                        letters.randomElement(using: &chance) ?? "甲"
                    })
            }
            let (left, right) = (text(), text())
            let pieces = TextDiff.words(left, right)
            #expect(old(pieces) == left && new(pieces) == right, "seed 20260610: \(left) → \(right)")
        }
    }

    @Test func `texts too large to compare are shown as wholly different, and no page waits`() {
        let left = (0..<2500).map { "左\($0)" }.joined(separator: "\n")
        let right = (0..<2500).map { "右\($0)" }.joined(separator: "\n")
        #expect(TextDiff.lines(left, right).count == 2500)
    }
}

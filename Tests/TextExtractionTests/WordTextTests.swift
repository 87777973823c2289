import Foundation
import Testing

@testable import TextExtraction

struct WordTextTests {
    @Test func `runs of text come out, a line for each paragraph`() {
        let xml = """
            <?xml version="1.0"?><w:document xmlns:w="x"><w:body><w:p><w:pPr><w:jc w:val="left"/></w:pPr><w:r><w:t>研究</w:t>\
            </w:r><w:r><w:tab/><w:t xml:space="preserve"> A&amp;B </w:t></w:r></w:p><w:p><w:r><w:t/><w:br/><w:t>意义</w:t></w:r>\
            <w:instrText>PAGE</w:instrText></w:p></w:body></w:document>
            """
        #expect(String(decoding: WordText.text(of: Array(xml.utf8)), as: UTF8.self) == "研究\t A&B \n\n意义\n")
    }

    @Test func `random bytes are no DOCX, and no crash`() {
        var chance = Chance.fresh("DOCX")
        for _ in Rounds(5000) {
            var bytes = (0..<Int.random(in: 0...80, using: &chance)).map { _ in
                UInt8.random(in: 0...255, using: &chance)
            }
            if Bool.random(using: &chance) {
                bytes = [0x50, 0x4B, 3, 4] + bytes + [0x50, 0x4B, 5, 6] + Array(repeating: 0, count: 18)
            }
            #expect(throws: ExtractionRefused.self) { try WordText.read(bytes, path: "x.docx") }
        }
    }
}

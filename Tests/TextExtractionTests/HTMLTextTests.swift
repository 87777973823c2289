import Testing

@testable import TextExtraction

struct HTMLTextTests {
    private func blanked(_ html: String) -> String {
        String(decoding: HTMLText.blanked(Array(html.utf8)), as: UTF8.self)
    }

    @Test(arguments: [
        ("<p>科研</p>", "   科研    "), ("a<br/>b", "a     b"), ("<a href=\"x>y\">链</a>", "              链    "),
        ("<!-- 注 <b> -->文", "              文"),
        ("<script>if (a<b) {}</script>文", String(repeating: " ", count: 28) + "文"),
        ("<STYLE>p{}</STYLE >文", String(repeating: " ", count: 19) + "文"), ("1 < 2 &lt; 3", "1   2 <    3"),
        ("&#20013;&#x6587;", "中       文       "), ("&unknown; &", "&unknown; &"), ("<p\n>文", "  \n 文"),
        ("<", " "),
        ("<p title=\"开", "           "), ("&#xD800;", "&#xD800;"),
    ])
    func `markup becomes spaces and every letter keeps its place`(_ html: String, _ expected: String) {
        #expect(blanked(html) == expected)
    }

    @Test func `the number of scalars never changes, whatever the bytes`() {
        var chance = Chance.fresh("HTML")
        let parts = [
            "<", ">", "<!--", "-->", "<script>", "</script", "\"", "'", "&", "&amp;", "&#20013;", ";", "文",
            "🙂", "a\n",
        ]
        for _ in Rounds(3000) {
            let html = (0..<Int.random(in: 0...14, using: &chance)).map { _ in
                parts.randomElement(using: &chance)!
            }.joined()
            #expect(blanked(html).unicodeScalars.count == html.unicodeScalars.count, "\(html)")
        }
    }
}

import Mustache
import Testing

@testable import Portal

/// What a template finds in a page laid out by ``PageTree`` is what reflection would have found.
struct PageTreeTests {
    private struct Row: Sendable {
        let name: String
        let count: Int
        let note: String?
        let tags: [String]
        let current: Bool
    }

    private struct Page: Sendable {
        let title: String
        let note: String?
        let rows: [Row]
        let inner: Row
        let missing: Row?
    }

    private let page = Page(
        title: "一 & <二>", note: "外",
        rows: [
            Row(name: "a", count: 1, note: nil, tags: ["x", "y"], current: true),
            Row(name: "b", count: 0, note: "内", tags: [], current: false),
        ], inner: Row(name: "c", count: 3, note: nil, tags: ["z"], current: true), missing: nil)

    @Test(arguments: [
        "{{page.title}}", "{{page.inner.name}}{{page.inner.count}}", "{{page.missing.name}}|{{nothing}}",
        "{{#page.rows}}{{name}}{{count}}{{note}}{{#tags}}[{{.}}]{{/tags}}{{^tags}}-{{/tags}};{{/page.rows}}",
        "{{#page.rows}}{{#current}}+{{/current}}{{^current}}-{{/current}}{{page.title}}{{/page.rows}}",
        "{{#page.missing}}no{{/page.missing}}{{^page.missing}}yes{{/page.missing}}",
        "{{#page.note}}{{.}}{{/page.note}}{{#page.inner}}{{name}}{{note}}{{title}}{{/page.inner}}",
        "{{#page}}{{title}}{{#rows}}{{note}}{{title}}{{/rows}}{{/page}}",
    ])
    func `a template prints the same of it`(text: String) throws {
        let template = try MustacheTemplate(string: text)
        let plain: [String: Any] = ["page": page]
        let laid: [String: Any] = ["page": try #require(PageTree.of(page))]
        #expect(template.render(laid) == template.render(plain))
    }
}

import Foundation
import Portal

/// Walks the pages that links lead to, as `Tests/Browser/crawl.py` does in a real browser's place.
struct Crawl {
    let browser: Browser
    /// Pages of one kind, such as `/cases/*/timeline`, that are opened at most.
    var each = 1
    var most = 80

    /// - Returns: the kinds of page that were opened.
    func walk(from starts: [String] = ["/", "/todo", "/cases"]) async throws -> [String] {
        var queue = starts
        var asked = Set(starts)
        var seen: [String: Int] = [:]
        var opened = 0
        while let path = queue.first, opened < most {
            queue.removeFirst()
            let kind = Self.kind(of: path)
            guard seen[kind, default: 0] < each else { continue }
            let page = try await browser.get(path)
            guard page.status == 200 else {
                if starts.contains(path) { continue }
                throw Broken(path: path, status: page.status)
            }
            seen[kind, default: 0] += 1
            opened += 1
            for match in page.text.matches(of: /<a [^>]*href="(\/[^"#]*)/) {
                let link = String(match.1).replacing("&amp;", with: "&")
                if Self.isPage(link), asked.insert(link).inserted { queue.append(link) }
            }
        }
        return seen.keys.sorted()
    }

    struct Broken: Error, CustomStringConvertible {
        let path: String
        let status: Int
        var description: String { "a link leads to \(path), which answers \(status)" }
    }

    private static func isPage(_ link: String) -> Bool {
        !link.contains("lang=") && !link.contains("format=json")
            && !link.contains(/^\/(assets|demo\/sign-in|language|sign-out|tile|checkpoint|attachments)\b/)
            && !link.prefix { $0 != "?" }.contains(/\.(csv|json|py)$/)
    }

    /// What is a name of one thing among many becomes `*`; of the query, its names count and not its values.
    private static func kind(of path: String) -> String {
        let halves = path.split(separator: "?", maxSplits: 1)
        let parts = (halves.first ?? "").split(separator: "/").map { part in
            part.contains(/[0-9]|^[a-z]{16}$|^.{20,}$|^(university|commission|department)-/)
                ? "*" : String(part)
        }
        // A programme's name is made of words of ours.
        if parts.starts(with: ["plan", "programmes"]) { return "/plan/programmes/*" }
        let names = (halves.count > 1 ? halves[1] : "").split(separator: "&").map { $0.prefix { $0 != "=" } }
        return "/" + parts.joined(separator: "/") + (names.isEmpty ? "" : "?" + names.joined(separator: "&"))
    }
}

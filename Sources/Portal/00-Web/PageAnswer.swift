import Foundation
package import Lifecycle

extension Ask {
    /// A page: the template's name, the struct of finished words, and the status.
    package func page(
        _ template: String, _ page: any Sendable, status: Int = 200, flash: Frame.Flash? = nil
    ) async throws -> Answer {
        let frame = frame(flash: flash ?? self.flash)
        // Only who is writing words sees this: otherwise a broken file keeps the house from opening.
        if let problem = house.shelf.problem {
            let broken = ProblemPage(
                status: 500, title: words["problem.words.title"], text: problem.text(in: language))
            return .html(
                try await house.pages.render("problem", page: broken, frame: frame, words: words), status: 500
            )
        }
        let text = try await house.pages.render(template, page: page, frame: frame, words: words)
        return .html(text, status: status)
    }

    /// Words of success carried over a redirect as `?done=<key>`: only keys of the catalogue are shown.
    private var flash: Frame.Flash? {
        guard let key = query["done"], words.has("done.\(key)") else { return nil }
        return Frame.Flash(kind: "good", text: words["done.\(key)"])
    }

    package func problem(_ status: Int, _ code: String) async throws -> Answer {
        try await page("problem", ProblemPage(status: status, code: code, words: words), status: status)
    }

    /// The page that explains why something cannot be done now.
    package func refusal(_ refusals: [Refusal]) async throws -> Answer {
        if headers["x-requested-with"] == "jiebang" {
            return try .json(["message": refusals.map(words.sentence).joined(separator: "\n")], status: 422)
        }
        let page = RefusalPage(
            reasons: refusals.map(words.sentence), back: headers["referer"].map(Self.pathOnly) ?? "/")
        return try await self.page("refusal", page, status: 422)
    }

    /// Only the path of a referrer: a foreign page must not become a link of ours.
    private static func pathOnly(_ address: String) -> String {
        guard let scheme = address.range(of: "://") else { return "/" }
        let rest = address[scheme.upperBound...]
        guard let slash = rest.firstIndex(of: "/") else { return "/" }
        let path = String(rest[slash...])
        return path.hasPrefix("//") ? "/" : path
    }

    func frame(flash: Frame.Flash?) -> Frame {
        var links: [NavigationLink] = []
        for slice in house.slices { links += slice.navigation(viewer) }
        links = NavigationLink.ordered(links)
        let other: Language = language == .zh ? .en : .zh
        var menu: Frame.PersonMenu?
        if viewer.person != nil {
            var seen: Set<Role> = []
            let roles = viewer.tenures.map(\.role).filter { seen.insert($0).inserted }
            menu = Frame.PersonMenu(
                name: viewer.name, roles: roles.map { words["role.\($0.rawValue)"] }.joined(separator: "、"),
                signOutHref: "/sign-out", csrf: csrf)
        }
        return Frame(
            lang: language.tag, path: path, siteName: words["site.name"],
            nav: NavigationLink.row(links).map { Frame.Entry($0, at: path, words) },
            links: links.map { Frame.Item($0, at: path, words) },
            person: menu, signInHref: "/sign-in",
            demo: house.options.demo ? Frame.Demo(clock: now.text, href: "/demo") : nil,
            otherLanguage: Frame.OtherLanguage(
                label: other == .zh ? "中文" : "English",
                href: "/language?to=\(other.rawValue)&next=\(path.percentEncoded)"),
            flash: flash, asset: house.options.assetVersion, csrf: csrf, now: now.iso)
    }
}

extension House {
    /// A problem met before there is an ask.
    func problemPage(_ status: Int, _ code: String, _ language: Language, path: String) async throws -> Answer
    {
        let ask = Ask(
            house: self, method: "GET", path: path, parameters: [:], query: FormFields(), form: FormFields(),
            files: [], headers: [:], session: nil, viewer: .anyone, words: words(in: language),
            csrf: "", isLoopback: false, now: now,
            calendar: .weekendsOnly)
        return try await ask.problem(status, code)
    }
}

/// Why a request got no page.
package struct ProblemPage: Sendable {
    package let status: Int
    package let title: String
    package let text: String

    init(status: Int, title: String, text: String) {
        self.status = status
        self.title = title
        self.text = text
    }

    init(status: Int, code: String, words: Words.Catalogue) {
        self.status = status
        title = words["problem.\(code).title"]
        text = words["problem.\(code).text"]
    }
}

package struct RefusalPage: Sendable {
    package let reasons: [String]
    package let back: String
}

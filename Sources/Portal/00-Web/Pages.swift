import Foundation
import Mustache

/// Places finished words in templates. A page is a struct of stored properties, reached as `{{page.…}}`;
/// `{{w.…}}` are the catalogue's words and `{{frame.…}}` what every page carries.
package struct Pages: Sendable {
    private let source: Source
    /// Set by tests: told of every page rendered, with its template.
    package var watch: (@Sendable (_ template: String, _ page: Any) -> Void)?

    private enum Source: Sendable {
        case loaded(MustacheLibrary)
        /// Read anew for each page: what `make dev` wants.
        case folder(String)
    }

    package init(directory: String, reload: Bool) async throws {
        source =
            reload ? .folder(directory) : .loaded(try await MustacheLibrary(directory: directory))
    }

    package struct NoTemplate: Error { package let name: String }

    package func render(
        _ template: String, page: Any, frame: Frame, words: Words.Catalogue
    ) async throws -> String {
        watch?(template, page)
        let library: MustacheLibrary
        switch source {
        case .loaded(let loaded): library = loaded
        case .folder(let directory): library = try await MustacheLibrary(directory: directory)
        }
        let context: [String: Any] = [
            "page": PageTree.of(page) ?? [:], "frame": PageTree.of(frame) ?? [:], "w": words.nested,
            "template": template,
        ]
        guard let text = library.render(context, withTemplate: template) else {
            throw NoTemplate(name: template)
        }
        return text
    }
}

extension Words.Catalogue.Nested: MustacheParent, CustomStringConvertible {
    package func child(named name: String) -> Any? {
        switch self {
        case .leaf: nil
        case .branch(let children): children[name]
        }
    }

    package var description: String {
        switch self {
        case .leaf(let text): text
        case .branch: ""
        }
    }
}

/// What every page carries around its content.
package struct Frame: Sendable {
    package let lang: String
    package let path: String
    package let siteName: String
    /// The row of a wide window.
    package let nav: [Entry]
    /// The same links one by one, for the menu of a phone.
    package let links: [Item]
    package let person: PersonMenu?
    package let signInHref: String
    package let demo: Demo?
    package let otherLanguage: OtherLanguage
    package let flash: Flash?
    /// Changes with the assets' content, so that browsers may keep them for ever.
    package let asset: String
    package let csrf: String
    package let now: String

    package struct Item: Sendable {
        package let href: String
        package let label: String
        package let current: Bool

        init(_ link: NavigationLink, at path: String, _ words: Words.Catalogue) {
            href = link.href
            label = words["nav.\(link.id)"]
            current = path == link.href || (link.href != "/" && path.hasPrefix(link.href + "/"))
        }
    }
    package struct Entry: Sendable {
        package let label: String
        /// Nil where it opens a menu.
        package let link: Item?
        package let isMenu: Bool
        package let items: [Item]
        /// The page at hand is in the menu.
        package let holdsCurrent: Bool

        init(_ entry: NavigationLink.Entry, at path: String, _ words: Words.Catalogue) {
            switch entry {
            case .link(let one):
                let item = Item(one, at: path, words)
                (label, link, isMenu, items, holdsCurrent) = (item.label, item, false, [], item.current)
            case .menu(let id, let links):
                label = words["nav.menu.\(id)"]
                items = links.map { Item($0, at: path, words) }
                (link, isMenu, holdsCurrent) = (nil, true, items.contains(where: \.current))
            }
        }
    }
    package struct PersonMenu: Sendable {
        package let name: String
        package let roles: String
        package let signOutHref: String
        package let csrf: String
    }
    package struct Demo: Sendable {
        package let clock: String
        package let href: String
    }
    package struct OtherLanguage: Sendable {
        package let label: String
        package let href: String
    }
    package struct Flash: Sendable {
        package let kind: String
        package let text: String
    }
}

import Foundation

/// A form of a page: where it goes, and what its controls hold.
struct FormOnPage: Sendable {
    let action: String
    let isMultipart: Bool
    /// Each name once, in the page's order and without the token.
    let fields: [Field]

    struct Field: Sendable {
        let name: String
        /// What the control holds, or something it would take.
        let value: String
        let isFile: Bool
    }

    /// All forms that change something, and for a button that sends a form elsewhere one more of the same fields.
    static func all(in page: String) -> [FormOnPage] {
        guard let html = page.between("<main", "</main>"), html.contains("method=\"post\"") else { return [] }
        return matches(form, html).flatMap { match -> [FormOnPage] in
            let attributes = attributes(of: match[1])
            guard attributes["method"] == "post", let action = attributes["action"] else { return [] }
            var inside = match[2]
            // Buttons beside the form that belong to it.
            if let id = attributes["id"] {
                inside += matches(button, html).map { $0[0] }.filter { $0.contains(" form=\"\(id)\"") }
                    .joined()
            }
            let fields = fields(inside)
            let elsewhere = matches(button, inside).compactMap { Self.attributes(of: $0[1])["formaction"] }
            let autosave = attributes["data-autosave"].map { [$0] } ?? []
            return Set([action] + elsewhere + autosave).sorted().map {
                FormOnPage(
                    action: $0, isMultipart: attributes["enctype"] == "multipart/form-data", fields: fields)
            }
        }
    }

    private static func fields(_ html: String) -> [Field] {
        var found: [Field] = []
        func add(_ name: String?, _ value: String, isFile: Bool = false) {
            guard let name, name != "csrf", !found.contains(where: { $0.name == name }) else { return }
            found.append(Field(name: name, value: value, isFile: isFile))
        }
        for match in matches(control, html) {
            // Either of the expression's two branches.
            let attributes = attributes(of: match[2] + match[5])
            let (name, value) = (attributes["name"], attributes["value"] ?? "")
            switch match[1] + match[4] {
            case "textarea":
                let text = plain(match[3])
                add(name, text.isEmpty ? Self.text : text)
            case "select":
                let options = matches(option, match[3]).map { Self.attributes(of: $0[1])["value"] ?? "" }
                add(name, options.first { !$0.isEmpty } ?? "")
            case "button":
                if attributes["formaction"] == nil { add(name, value) }
            default:
                switch attributes["type"] {
                case "file": add(name, "", isFile: true)
                case "radio", "checkbox": add(name, value.isEmpty ? "on" : value)
                case "hidden": add(name, value)
                case "number": add(name, value.isEmpty ? "3" : value)
                case "date": add(name, value.isEmpty ? "2026-09-01" : value)
                case "datetime-local": add(name, value.isEmpty ? "2026-09-01T16:00" : value)
                case "email": add(name, value.isEmpty ? "nobody@jiebang.example" : value)
                default: add(name, value.isEmpty ? Self.text : value)
                }
            }
        }
        return found
    }

    /// Long enough for every form of ours that asks for a reason.
    static let text = "（演示）此处照实填写，说明理由、依据和经过，仅供检验表单之用，不代表任何真实的意见。"

    // MARK: - reading our own pages

    private static let form = expression("<form\\b([^>]*)>(.*?)</form>")
    private static let button = expression("<button\\b([^>]*)>")
    private static let control = expression(
        "<(textarea|select)\\b([^>]*)>(.*?)</\\1>|<(input|button)\\b([^>]*)>")
    private static let option = expression("<option\\b([^>]*)>")
    private static let attribute = expression("([a-z-]+)=\"([^\"]*)\"")

    private static func expression(_ pattern: String) -> NSRegularExpression? {
        try? NSRegularExpression(pattern: pattern, options: .dotMatchesLineSeparators)
    }

    private static func attributes(of tag: String) -> [String: String] {
        Dictionary(
            matches(attribute, tag).map { ($0[1], plain($0[2])) }, uniquingKeysWith: { first, _ in first })
    }

    /// The whole match and its groups.
    private static func matches(_ expression: NSRegularExpression?, _ text: String) -> [[String]] {
        let whole = text as NSString
        let found = expression?.matches(in: text, range: NSRange(location: 0, length: whole.length)) ?? []
        return found.map { match in
            (0..<match.numberOfRanges).map { group in
                let range = match.range(at: group)
                return range.location == NSNotFound ? "" : whole.substring(with: range)
            }
        }
    }

    private static func plain(_ text: String) -> String {
        text.replacingOccurrences(of: "&lt;", with: "<").replacingOccurrences(of: "&gt;", with: ">")
            .replacingOccurrences(of: "&quot;", with: "\"").replacingOccurrences(of: "&#39;", with: "'")
            .replacingOccurrences(of: "&amp;", with: "&")
    }
}

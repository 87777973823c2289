import Foundation
import Lifecycle

@testable import Portal

/// What somebody ill-disposed, or a broken program, sends in a form's place. All but the token.
enum HostileBody: String, CaseIterable, Sendable {
    case nothing, blanks, markup, paths, controls, numbers, dates, quotes, long, twice, thousands
    /// All as the form holds it but one field.
    case oneWrong
    case strayFile
    /// Not read at all.
    case notText, json, tenMegabytes, noParts, cutOff

    /// A body with its type, and the answers that are right.
    struct Sent: Sendable {
        let body: [UInt8]
        let type: String
        var answers: Set<Int>
    }

    /// What comes back as it was sent would run in somebody's browser.
    static let script = "<script>alert(1)</script>"

    /// A page, a redirect where what was sent could be taken, or a refusal.
    static let decent = Set(200..<500)

    private var values: [String] {
        switch self {
        case .markup: [Self.script, "\"><img src=x onerror=alert(1)>", "{{{page}}}{{> frame}}", "]]><!--"]
        case .paths:
            ["../../../../etc/passwd", "..\\..\\x", "/etc/shadow", "file:///etc/passwd", "．．／x", "C:\\con"]
        case .controls: ["\0\u{1}\u{7F}", "a\0b", "\r\nSet-Cookie: a=b\r\n\r\n", "\u{202E}\u{200B}\u{FEFF}"]
        case .numbers:
            [
                "-1", "0", String(repeating: "9", count: 40), "\(Int64.max)", "\(Int64.min)", "1e308", "NaN",
                "0x10", "１２", "0.000000001", "92233720368547758.07", "+1",
            ]
        case .dates:
            [
                "0000-00-00", "2026-13-45", "9999-12-31T24:61", "-0001-01-01", "2026-02-30", "99999999-01-01",
                "1900-01-01", "2026-06-31T16:00", "9223372036854775807-01-01T00:00", "昨天",
            ]
        case .quotes:
            ["'; DROP TABLE fact; --", "\" OR 1=1", "%_\\", "{\"a\":[1]}", "&csrf=x", "a=b&c", "*: &a [*a]"]
        case .long: [String(repeating: "𝕬", count: 300), String(repeating: "长", count: 1_000)]
        default: [""]
        }
    }

    private static let anything = [Self.markup, .paths, .controls, .numbers, .dates, .quotes, .long].flatMap(
        \.values)

    /// - Parameters:
    ///   - fields: of the form, or of any form of ours where the form is not known.
    ///   - limit: the route's.
    func sent(
        to fields: [FormOnPage.Field], token: String, limit: Int, _ chance: inout SplitMix64
    ) -> Sent {
        let offset = chance.below(64)
        switch self {
        case .nothing: return Self.form([], token, limit)
        case .blanks, .markup, .paths, .controls, .numbers, .dates, .quotes, .long:
            let values = values
            return Self.form(
                fields.enumerated().map { ($1.name, values[($0 + offset) % values.count]) }, token, limit)
        case .twice:
            let pairs = fields.flatMap { [($0.name, $0.value), ($0.name, Self.script), ($0.name, "")] }
            return Self.form(pairs, token, limit)
        case .thousands:
            let names = fields.isEmpty ? ["a"] : fields.map(\.name)
            return Self.form((0..<3_000).map { (names[$0 % names.count], "\($0)") }, token, limit)
        case .oneWrong:
            var pairs = fields.map { ($0.name, $0.value) }
            if !pairs.isEmpty { pairs[offset % pairs.count].1 = chance.pick(Self.anything) }
            return Self.form(pairs, token, limit)
        case .strayFile:
            let parts = fields.prefix(40).map { Part(name: $0.name, bytes: Array(Self.script.utf8)) }
            let stray = Part(name: "file", file: "../../etc/\(Self.script).docx", bytes: HostileFile.bomb)
            return Self.multipart(parts + [stray], token)
        case .notText:
            let body = Array("csrf=\(token)&\(fields.first?.name ?? "a")=".utf8) + [0xFF, 0xFE, 0xC0, 0x80]
            return Sent(body: body, type: Self.urlencoded, answers: [400])
        case .json: return Sent(body: Array(#"{"csrf":1}"#.utf8), type: "application/json", answers: [415])
        case .tenMegabytes:
            let body = Array("csrf=\(token)&\(fields.first?.name ?? "a")=".utf8) + Self.megabytes
            return Sent(body: body, type: Self.urlencoded, answers: limit > body.count ? Self.decent : [413])
        case .noParts:
            return Sent(body: Array("nothing".utf8), type: "multipart/form-data; boundary=x", answers: [400])
        case .cutOff:
            let whole = Self.multipart([Part(name: "a", bytes: Array("b".utf8))], token)
            return Sent(body: whole.body.dropLast(12), type: whole.type, answers: [400])
        }
    }

    // MARK: - writing bodies

    private static let urlencoded = "application/x-www-form-urlencoded"
    private static let megabytes = [UInt8](repeating: UInt8(ascii: "a"), count: 10_000_000)

    /// As many of the fields as the route takes.
    private static func form(_ pairs: [(String, String)], _ token: String, _ limit: Int) -> Sent {
        var body = Array("csrf=\(token)".utf8)
        for (name, value) in pairs {
            let pair = Array("&".utf8) + encoded(name) + Array("=".utf8) + encoded(value)
            if body.count + pair.count <= limit { body += pair }
        }
        return Sent(body: body, type: urlencoded, answers: decent)
    }

    private static func encoded(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            // What is not ASCII may stand as it is: some programs send it so.
            case 128..., 48...57, 65...90, 97...122: bytes.append(byte)
            default: bytes += Array("%\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
            }
        }
        return bytes
    }

    struct Part {
        let name: String
        var file: String?
        let bytes: [UInt8]
    }

    static func multipart(_ parts: [Part], _ token: String) -> Sent {
        var body: [UInt8] = []
        for part in [Part(name: "csrf", bytes: Array(token.utf8))] + parts {
            let file = part.file.map { "; filename=\"\($0)\"\r\nContent-Type: application/pdf" } ?? ""
            body += Array("--x\r\nContent-Disposition: form-data; name=\"\(part.name)\"\(file)\r\n\r\n".utf8)
            body += part.bytes + Array("\r\n".utf8)
        }
        return Sent(
            body: body + Array("--x--\r\n".utf8), type: "multipart/form-data; boundary=x", answers: decent)
    }
}

/// Files that nobody may hand in, by what is wrong with them.
enum HostileFile {
    /// Unfolds to more than a house takes, by its directory.
    static let bomb = Archive.bytes(Archive.document + [.init(name: "a.xml", claims: 300 << 20)])

    static let all: [(what: String, name: String, bytes: [UInt8])] = [
        ("a zip bomb", "a.docx", bomb),
        (
            "a climbing archive", "a.docx",
            Archive.bytes(Archive.document + [.init(name: "../../etc/cron.d/x")])
        ),
        ("half an archive", "a.docx", Array(bomb.prefix(60))),
        ("ten thousand entries", "a.docx", Archive.bytes((0..<3_000).map { .init(name: "\($0)") })),
        ("a page", "a.pdf", Array("<html>\(HostileBody.script)</html>".utf8)),
        (
            "a drawing with script", "a.svg",
            Array("<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>".utf8)
        ),
        ("a program", "a.pdf", [0x7F, 0x45, 0x4C, 0x46] + [UInt8](repeating: 0, count: 64)),
        ("nothing", "a.pdf", []),
        ("no text", "a.txt", [0xFF, 0xFE, 0x41]),
        ("a name that climbs", "../../etc/passwd.pdf", Array("%PDF-1.7\n".utf8)),
        ("a name without end", String(repeating: "a", count: 5_000) + ".txt", Array("text".utf8)),
        ("ten megabytes of nothing", "a.pdf", [UInt8](repeating: 0, count: 10_000_000)),
    ]
}

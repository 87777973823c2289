import Lifecycle

/// A sentence pattern: text with slots `{O}` and choices `[one|another]` (choices may hold slots and are
/// not nested). Parsed once, so that a hundred thousand applications are cheap to write.
struct DemoPhrase: Sendable, Equatable {
    private enum Part: Sendable, Equatable {
        case text(String)
        case slot(DemoSlot)
        case choice([[Part]])
    }

    private var parts: [Part] = []

    /// Reads a pattern. An unknown slot or an open bracket stays in the text, where the tests find it.
    init(_ pattern: some StringProtocol) {
        var rest = Substring(pattern)
        while let open = rest.firstIndex(of: "["), let close = rest[open...].firstIndex(of: "]") {
            parts += Self.flat(rest[..<open])
            let inside = rest[rest.index(after: open)..<close]
            parts.append(
                .choice(inside.split(separator: "|", omittingEmptySubsequences: false).map(Self.flat)))
            rest = rest[rest.index(after: close)...]
        }
        parts += Self.flat(rest)
    }

    /// The sentence with its slots filled from `subject` and its choices made.
    func written(about subject: DemoSubject, using chance: inout some RandomNumberGenerator) -> String {
        var text = ""
        Self.write(parts, about: subject, into: &text, using: &chance)
        return text
    }

    private static func write(
        _ parts: [Part], about subject: DemoSubject, into text: inout String,
        using chance: inout some RandomNumberGenerator
    ) {
        for part in parts {
            switch part {
            case .text(let words): text += words
            case .slot(let slot): text += subject[slot]
            case .choice(let ways): write(chance.pick(ways), about: subject, into: &text, using: &chance)
            }
        }
    }

    private static func flat(_ pattern: Substring) -> [Part] {
        var parts: [Part] = []
        var rest = pattern
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}"),
            let slot = DemoSlot(rawValue: String(rest[rest.index(after: open)..<close]))
        {
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            rest = rest[rest.index(after: close)...]
            // “元大都的市政管理的沿革” is clumsy where “元大都市政管理的沿革” will do.
            parts.append(.slot(slot == .object && rest.hasPrefix("的") ? .compactObject : slot))
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        return parts
    }
}

/// What a pattern may ask of its subject.
enum DemoSlot: String, Sendable, CaseIterable {
    case object = "O"
    case compactObject = "o"
    case aspect = "A"
    case furtherAspect = "B"
    case theory = "V"
    case method = "M"
    case furtherMethod = "K"
    case material = "D"
    case furtherMaterial = "E"
    case place = "P"
    case goal = "G"
    case discipline = "S"
}

package import Lifecycle

extension Call {
    /// The rules' versions are those in force on this day: the day the call opens, unless it names another.
    package var rulesDay: Day { settings.day("rulesDay") ?? opens.day }
}

/// A call's values in finished words.
struct CallWords: Sendable {
    let words: Words.Catalogue

    func phase(_ phase: Call.Phase) -> String { words["call.phase.\(phase.rawValue)"] }

    /// Variant of the badge.
    func badge(_ phase: Call.Phase) -> String {
        switch phase {
        case .announced: "info"
        case .open: "good"
        case .closed: "muted"
        }
    }

    func money(_ amount: Money) -> String {
        words.filled("call.money", ["wan": amount.wanText, "yuan": amount.yuanText])
    }

    /// A parameter's value as people read it; a dash where it is not filled.
    func value(_ parameter: Parameter, of call: Call) -> String {
        let settings = call.settings
        return switch parameter.kind {
        case .day: settings.day(parameter.id)?.text ?? "—"
        case .money: settings.money(parameter.id).map(money) ?? "—"
        case .count: settings.count(parameter.id).map(String.init) ?? "—"
        case .flag: settings.flag(parameter.id).map { words[$0 ? "call.yes" : "call.no"] } ?? "—"
        case .text: settings.values[parameter.id] ?? "—"
        case .owner: call.owner.map(owner) ?? "—"
        }
    }

    func owner(_ owner: CallOwner) -> String {
        switch owner.who {
        case .person:
            owner.home.map {
                words.filled("call.ownerPerson", ["name": owner.name, "organisation": $0])
            } ?? owner.name
        case .role(let role, _):
            words.filled(
                "call.ownerOf", ["role": words["role.\(role.rawValue)"], "organisation": owner.name])
        }
    }
}

extension CallWords {
    /// A scale as people read it: `A 优 4；B 良 3`.
    func scale(_ grades: [ReviewInstrument.Grade]) -> String {
        grades.map {
            words.filled(
                "call.grade",
                ["key": $0.id, "label": $0.label.text(in: words.language), "points": "\($0.points)"])
        }.joined(separator: words.language == .zh ? "；" : "; ")
    }

    /// Whether the call grades as the source does, and else what the source has; empty where nobody reviews.
    func scaleNote(_ call: Call, _ programme: Programme) -> String {
        let review = call.review(of: programme)
        let parts = CallForm.scale(programme)
        let changed = parts.filter { $0.of(review) != $0.of(programme.review) }
        if changed.isEmpty { return parts.isEmpty ? "" : words["call.defaultKept"] }
        return words.filled(
            "call.defaultChanged",
            ["was": changed.map { scale($0.of(programme.review)) }.joined(separator: " · ")])
    }
}

/// Plain text as paragraphs and headings: a short line that begins as Chinese documents number their parts.
struct GuideBlock: Sendable {
    let isHeading: Bool
    let text: String

    static func blocks(_ guide: String) -> [GuideBlock] {
        guide.split(separator: "\n").map { String($0).trimmed }.filter { !$0.isEmpty }.map { line in
            GuideBlock(isHeading: isHeading(line), text: line)
        }
    }

    private static func isHeading(_ line: String) -> Bool {
        let numerals = line.prefix { "一二三四五六七八九十".contains($0) }
        return !numerals.isEmpty && line.dropFirst(numerals.count).first == "、" && line.count <= 30
            && line.last != "。"
    }
}

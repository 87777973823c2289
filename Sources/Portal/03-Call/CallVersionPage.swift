import Lifecycle
import Store

/// `/calls/{call}/versions/{n}`: what a version changed.
struct CallVersionPage: Sendable {
    let href: String
    let title: String
    let heading: String
    let published: String
    let isFirst: Bool
    let fields: [Change]
    let hasFields: Bool
    let guide: [Paragraph]
    let guideChanged: Bool
    let unchanged: Bool

    struct Change: Sendable {
        let label: String
        let before: String
        let after: String
    }

    struct Paragraph: Sendable {
        let pieces: [Piece]
    }

    struct Piece: Sendable {
        let isSame: Bool
        let isRemoved: Bool
        let isAdded: Bool
        let text: String

        init(_ piece: TextDiff.Piece) {
            switch piece {
            case .same(let text): (isSame, isRemoved, isAdded, self.text) = (true, false, false, text)
            case .removed(let text): (isSame, isRemoved, isAdded, self.text) = (false, true, false, text)
            case .added(let text): (isSame, isRemoved, isAdded, self.text) = (false, false, true, text)
            }
        }
    }

    /// - Parameter earlier: the version before; nil for the first.
    init(
        _ call: Call, version: Int, at: Instant, earlier: Call?, _ programme: Programme,
        universities: [CallQueries.Named], topics: [ID<Topic>: String] = [:], _ words: Words.Catalogue
    ) {
        href = "/calls/\(call.id)"
        title = call.title
        heading = words.filled("call.version", ["n": "\(version)"])
        published = at.text
        isFirst = earlier == nil
        let before = earlier ?? call
        let named = { (call: Call) in
            call.topicIDs.map { topics[$0] ?? $0.rawValue }.joined(separator: "、")
        }
        let lets =
            named(before) == named(call)
            ? []
            : [
                Change(
                    label: words["call.field.topics"], before: named(before), after: named(call))
            ]
        fields =
            Self.changes(from: before, to: call, programme, universities, CallWords(words: words)) + lets
        hasFields = !fields.isEmpty
        let lines = TextDiff.lines(before.guide, call.guide)
        guide = lines.filter { $0 != [.same("")] }.map { Paragraph(pieces: $0.map(Piece.init)) }
        guideChanged = before.guide != call.guide
        unchanged = earlier != nil && fields.isEmpty && before.guide == call.guide
    }

    private static func changes(
        from old: Call, to new: Call, _ programme: Programme, _ universities: [CallQueries.Named],
        _ spell: CallWords
    ) -> [Change] {
        let words = spell.words
        var found: [Change] = []
        func compare(_ label: String, _ before: String, _ after: String) {
            if before != after { found.append(Change(label: label, before: before, after: after)) }
        }
        compare(words["call.field.title"], old.title, new.title)
        compare(words["call.field.opens"], old.opens.text, new.opens.text)
        compare(words["call.field.closes"], old.closes.text, new.closes.text)
        compare(words["definition.call"], String(old.digest.prefix(12)), String(new.digest.prefix(12)))
        for parameter in programme.parameters {
            compare(
                parameter.label.text(in: words.language), spell.value(parameter, of: old),
                spell.value(parameter, of: new))
        }
        for item in programme.defaults {
            compare(
                item.label.text(in: words.language), "\(old.settings.count(item.id) ?? item.value)",
                "\(new.settings.count(item.id) ?? item.value)")
        }
        for part in CallForm.scale(programme) {
            compare(
                part.label.text(in: words.language), spell.scale(part.of(old.review(of: programme))),
                spell.scale(part.of(new.review(of: programme))))
        }
        for university in universities {
            compare(
                words.filled("call.quotaOf", ["name": university.name]),
                old.quotas[university.id].map(String.init) ?? words["call.quotaDefault"],
                new.quotas[university.id].map(String.init) ?? words["call.quotaDefault"])
        }
        return found
    }
}

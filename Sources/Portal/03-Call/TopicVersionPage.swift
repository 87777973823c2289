import Lifecycle

/// `/topics/{topic}/versions/{n}`: what a version changed, word by word.
struct TopicVersionPage: Sendable {
    let href: String
    let topic: String
    let number: String
    let heading: String
    let at: String
    let who: String
    let reason: String?
    let isFirst: Bool
    let parts: [Part]

    struct Part: Sendable {
        let label: String
        let changed: Bool
        let lines: [CallVersionPage.Paragraph]
    }

    init(
        _ topic: Seen<TopicRecord>, _ version: Seen<TopicVersionRecord>, number: Int, at: Instant,
        earlier: Seen<TopicVersionRecord>?, id: ID<Topic>, _ words: Words.Catalogue
    ) throws {
        href = "/topics/\(id)"
        self.topic = topic[TopicSight.title] ?? ""
        self.number = topic[TopicSight.number] ?? ""
        heading = words.filled("call.version", ["n": "\(number)"])
        self.at = at.text
        who = version[TopicSight.author] ?? ""
        reason = version[TopicSight.versionReason]
        isFirst = earlier == nil
        guard let new = version[TopicSight.versionText] else { throw Missing() }
        let old = earlier?[TopicSight.versionText] ?? new
        func part(_ key: String, _ text: (TopicText) -> String) -> Part {
            let (before, after) = (text(old), text(new))
            return Part(
                label: words["topic.part.\(key)"], changed: before != after,
                lines: TextDiff.lines(before, after).filter { $0 != [.same("")] }.map {
                    CallVersionPage.Paragraph(pieces: $0.map(CallVersionPage.Piece.init))
                })
        }
        let spell = CallWords(words: words)
        parts = [
            part("title") { $0.title }, part("goal") { $0.goal },
            part("indicators") { $0.indicators.map(TopicForm.line).joined(separator: "\n") },
            part("nodes") { text in
                text.nodes.map { "\(words.filled("topic.month", ["n": "\($0.month)"]))：\($0.what)" }
                    .joined(separator: "\n")
            }, part("user") { $0.user.name }, part("ceiling") { spell.money($0.ceiling) },
            part("payments") { text in
                (text.payments ?? []).map { "\(TopicWords.upon($0, words))：\($0.percent)%" }
                    .joined(separator: "\n")
            },
            part("test") { text in
                text.test.map {
                    TopicWords.test(of: $0.isDemanded ? $0.of : nil, by: $0.by, isOfProgramme: false, words)
                } ?? ""
            },
        ]
    }
}

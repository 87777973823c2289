import Lifecycle
import Store

/// The officer's form with what is typed, what stands in the way of publishing, and, after a collision, both
/// versions.
struct CallFormPage: Sendable {
    let id: String
    let heading: String
    let programme: String
    let base: Int
    let saved: String
    let amends: Bool
    let fixedNumber: Bool
    let obstacles: [Obstacle]
    let obstacleTitle: String
    let hasObstacles: Bool
    let isFresh: Bool
    let title: Field
    let number: Field
    let year: Field
    let opens: Moment
    let closes: Moment
    let guide: Field
    let guideMost: Int
    let parameters: [Input]
    /// Who may be chosen to answer for the call.
    let owners: [OwnerChoice.Option]
    let defaults: [Input]
    /// By what experts grade; empty where nobody reviews.
    let scale: [Scale]
    let scaleMost: Int
    let quotas: Field
    let quotasHint: String
    /// What the formula for quotas says; nil where the programme has none.
    let formula: QuotaProposalWords?
    /// Nil where the programme knows no other funder.
    let joint: JointState?
    let letsTopics: Bool
    let mustLet: Bool
    let topics: [TopicBox]
    let hasTopics: Bool
    let topicErrors: [String]
    let conflict: [Clash]
    let hasConflict: Bool

    struct Obstacle: Sendable {
        let href: String
        let text: String
    }

    struct Field: Sendable {
        let value: String
        let invalid: Bool
        let errors: [String]
    }

    struct Moment: Sendable {
        let day: String
        let time: String
        let invalid: Bool
        let errors: [String]
    }

    struct Input: Sendable {
        let name: String
        let label: String
        let hint: String?
        let demo: String?
        let source: String?
        let standingKind: String
        let standing: String
        let type: String
        let isFlag: Bool
        let isProse: Bool
        /// A field beside which what may be chosen is searched.
        let isOwner: Bool
        let isYes: Bool
        let isNo: Bool
        let value: String
        let invalid: Bool
        let errors: [String]
    }

    struct Scale: Sendable {
        let name: String
        let label: String
        let source: String
        let standingKind: String
        let standing: String
        let value: String
        let invalid: Bool
        let errors: [String]
    }

    struct TopicBox: Sendable {
        let id: String
        let label: String
        let checked: Bool
    }

    struct Clash: Sendable {
        let label: String
        let mine: String
        let theirs: String
    }

    /// - Parameters:
    ///   - topics: what can be let.
    ///   - theirs: what a colleague saved meanwhile; nil where nobody did.
    init(
        _ draft: CallDraft, _ form: CallForm, problems: [CallForm.Problem], amends: Bool,
        topics: [TopicRecord], quotas proposal: QuotaProposalWords?,
        joint record: JointState.Record?, owners: [OwnerChoice.Option] = [], theirs: CallDraft? = nil,
        _ ask: Ask
    ) {
        let words = ask.words
        let values = form.values
        // Begun and not saved once: what is still to be filled in is no mistake yet.
        isFresh = !amends && theirs == nil && draft.version == 1
        let errors =
            isFresh
            ? [:]
            : Dictionary(grouping: problems, by: \.field).mapValues {
                $0.map { words.sentence($0.refusal) }
            }
        func field(_ name: String) -> Field {
            Field(value: values[name] ?? "", invalid: errors[name] != nil, errors: errors[name] ?? [])
        }
        func moment(_ name: String) -> Moment {
            Moment(
                day: values["\(name)-day"] ?? "", time: values["\(name)-time"] ?? "",
                invalid: errors["\(name)-day"] != nil, errors: errors["\(name)-day"] ?? [])
        }
        id = draft.id.rawValue
        heading = words[amends ? "call.amendTitle" : "call.editTitle"]
        programme = form.programme.title.text(in: ask.language)
        base = (theirs ?? draft).version
        saved = words.filled("call.savedAt", ["time": (theirs ?? draft).savedAt.text])
        self.amends = amends
        fixedNumber = amends
        obstacles = problems.map { Obstacle(href: "#\($0.field)", text: words.sentence($0.refusal)) }
        obstacleTitle = words.filled(
            isFresh ? "call.toFill" : "call.obstacles", ["n": "\(problems.count)"])
        hasObstacles = !problems.isEmpty
        title = field("title")
        number = field("number")
        year = field("year")
        opens = moment("opens")
        closes = moment("closes")
        guide = field("guide")
        guideMost = CallForm.mostGuide
        parameters = form.programme.parameters.map { parameter in
            let name = CallForm.name(parameter)
            return Self.input(
                name, parameter.kind, parameter.label, parameter.hint, demo: parameter.demo, nil, nil, values,
                errors, words)
        }
        self.owners = owners
        defaults = form.programme.defaults.map { item in
            Self.input(
                CallForm.name(item), .count, item.label, nil, demo: nil, item.cites, item.standing, values,
                errors, words)
        }
        let review = form.programme.review
        scaleMost = CallForm.mostScale
        scale = CallForm.scale(form.programme).map { part in
            let name = CallForm.name(part)
            return Scale(
                name: name, label: part.label.text(in: ask.language),
                source: words.filled("call.defaultHint", ["source": review.cites.text(in: ask.language)]),
                standingKind: review.standing.rawValue,
                standing: words["rule.standing.\(review.standing.rawValue)"],
                value: values[name] ?? ScaleText.lines(part.of(review)), invalid: errors[name] != nil,
                errors: errors[name] ?? [])
        }
        quotas = field("quotas")
        quotasHint = words[proposal == nil ? "call.quotasHint" : "quota.fieldHint"]
        formula = proposal
        joint = record.flatMap { record in
            form.programme.joint.map { rules in
                JointState(
                    record, rules, chosen: values[CallForm.funder] ?? "",
                    errors: errors[CallForm.funder] ?? [],
                    others: problems.contains { $0.refusal.code != "call.joint-waits" }, ask)
            }
        }
        letsTopics = form.programme.topicUse != .none
        mustLet = form.programme.topicUse == .required
        let chosen = Set(form.topicIDs)
        self.topics = topics.map { record in
            let seen = Seen(record, as: [])
            return TopicBox(
                id: record.id.rawValue,
                label: words.filled(
                    "call.topicLabel",
                    [
                        "number": seen[TopicSight.number] ?? "", "title": seen[TopicSight.title] ?? "",
                        "ceiling": seen[TopicSight.ceiling].map(CallWords(words: words).money) ?? "",
                    ]), checked: chosen.contains(record.id))
        }
        hasTopics = !topics.isEmpty
        topicErrors = errors[CallForm.topics] ?? []
        let clashes =
            theirs.map { Self.clashes(mine: values, theirs: $0.values, form.programme, words) } ?? []
        conflict = clashes
        hasConflict = !clashes.isEmpty
    }

    private static func input(
        _ name: String, _ kind: Parameter.Kind, _ label: Label, _ hint: Label?, demo: String?,
        _ source: Citation?, _ standing: RuleStanding?, _ values: [String: String],
        _ errors: [String: [String]], _ words: Words.Catalogue
    ) -> Input {
        let type: String =
            switch kind {
            case .day: "date"
            case .count: "number"
            case .money, .flag, .text, .owner: "text"
            }
        let shownDemo: String? =
            if kind == .flag, let demo {
                words[demo == "true" ? "call.yes" : "call.no"]
            } else if kind == .money, let fen = demo.flatMap({ Int64($0) }) {
                Money(fen: fen).yuanText
            } else if kind == .owner, let demo {
                words["role.\(demo)"]
            } else { demo }
        return Input(
            name: name, label: label.text(in: words.language), hint: hint?.text(in: words.language),
            demo: shownDemo.map { words.filled("call.demoHint", ["value": $0]) },
            source: source.map { words.filled("call.defaultHint", ["source": $0.text(in: words.language)]) },
            standingKind: standing?.rawValue ?? "",
            standing: standing.map { words["rule.standing.\($0.rawValue)"] } ?? "",
            type: type, isFlag: kind == .flag, isProse: kind == .text, isOwner: kind == .owner,
            isYes: values[name] == "true",
            isNo: values[name] == "false", value: values[name] ?? "", invalid: errors[name] != nil,
            errors: errors[name] ?? [])
    }

    private static func clashes(
        mine: [String: String], theirs: [String: String], _ programme: Programme, _ words: Words.Catalogue
    ) -> [Clash] {
        var labels = Dictionary(uniqueKeysWithValues: CallForm.fixed.map { ($0, words["call.field.\($0)"]) })
        labels[CallForm.topics] = words["call.field.topics"]
        labels[CallForm.funder] = words["joint.field"]
        for parameter in programme.parameters {
            labels[CallForm.name(parameter)] = parameter.label.text(in: words.language)
        }
        for item in programme.defaults { labels[CallForm.name(item)] = item.label.text(in: words.language) }
        for part in CallForm.scale(programme) {
            labels[CallForm.name(part)] = part.label.text(in: words.language)
        }
        return CallForm.names(programme).filter { mine[$0] ?? "" != theirs[$0] ?? "" }.map {
            Clash(label: labels[$0] ?? $0, mine: mine[$0] ?? "", theirs: theirs[$0] ?? "")
        }
    }
}

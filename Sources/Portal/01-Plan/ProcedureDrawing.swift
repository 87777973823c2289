import Lifecycle

/// A procedure as a finished drawing and as the same in an ordered list. Pure: the steps, the standing and the
/// words decide every number. Placed by `{{>case/procedure}}` inside a section of this value.
///
/// A step stands in the column of its longest way from the start; parallel steps share one. The columns break
/// into rows of equal length, so that letters stay readable.
struct ProcedureDrawing: Sendable {
    let title: String
    let description: String
    let viewBox: String
    let boxes: [Box]
    let edges: [Edge]
    let steps: [Line]
    let caption: String
    let hasCaption: Bool

    struct Box: Sendable {
        let state: String
        let x: String
        let y: String
        let width: String
        let height: String
        let middle: String
        let lines: [TextLine]
        let sub: String
        let subY: String
    }

    struct TextLine: Sendable {
        let x: String
        let y: String
        let text: String
    }

    struct Edge: Sendable {
        let path: String
        let taken: Bool
    }

    struct Line: Sendable {
        let state: String
        let isCurrent: Bool
        let label: String
        let detail: String
    }

    /// What a drawing says of a step in place of who does it and where a dossier stands.
    struct Figure: Sendable {
        /// `done`, `current`, `todo` or `closed`.
        let state: String
        /// Fits into the box.
        let short: String
        /// For the list.
        let long: String
    }

    /// - Parameters:
    ///   - standing: where a dossier stands; nil for a procedure that nobody walks yet.
    ///   - figures: by the step's id.
    ///   - due: how a deadline is shown.
    init(
        _ procedure: Procedure, standing: Standing?, caption: String = "", figures: [String: Figure] = [:],
        due: (Instant) -> String = { $0.text }, words: Words.Catalogue
    ) {
        let states = procedure.steps.map { StepMark($0, in: standing, figure: figures[$0.id]) }
        let layout = ProcedureLayout(procedure)
        title = words["procedure.title"]
        let listed = zip(procedure.steps, states).map { step, mark in
            Line(
                state: mark.name, isCurrent: mark.name == "current" && figures.isEmpty,
                label: step.label.text(in: words.language),
                detail: figures[step.id].map { "\(words["procedure.by.\(step.by.rawValue)"]) · \($0.long)" }
                    ?? Self.detail(step, mark, hasStanding: standing != nil, due, words))
        }
        steps = listed
        description = listed.map { "\($0.label) \($0.detail)" }.joined(
            separator: words.language == .zh ? "；" : "; ")
        viewBox = "0 0 \(ProcedureLayout.width) \(layout.height)"
        boxes = zip(procedure.steps, states).enumerated().map { index, pair in
            let (step, mark) = pair
            let place = layout.places[index]
            let middle = place.x + layout.boxWidth / 2
            let lines = Self.broken(step.label.text(in: words.language), within: layout.boxWidth - 12)
            let first = place.y + (lines.count == 1 ? 26 : 20)
            return Box(
                state: mark.name, x: "\(place.x)", y: "\(place.y)", width: "\(layout.boxWidth)",
                height: "\(ProcedureLayout.boxHeight)", middle: "\(middle)",
                lines: lines.enumerated().map {
                    TextLine(x: "\(middle)", y: "\(first + $0.offset * 16)", text: $0.element)
                }, sub: figures[step.id]?.short ?? words["procedure.by.\(step.by.rawValue)"],
                subY: "\(place.y + 53)")
        }
        var drawn: [Edge] = []
        for (index, step) in procedure.steps.enumerated() {
            for before in step.after {
                guard let from = procedure.steps.firstIndex(where: { $0.id == before }) else { continue }
                drawn.append(
                    Edge(
                        path: layout.path(from: from, to: index),
                        taken: states[from].name == "done"
                            && (states[index].name == "done" || states[index].name == "current")))
            }
        }
        edges = drawn
        self.caption = caption
        hasCaption = !caption.isEmpty
    }

    private static func detail(
        _ step: Step, _ mark: StepMark, hasStanding: Bool, _ spell: (Instant) -> String,
        _ words: Words.Catalogue
    ) -> String {
        var parts = [words["procedure.by.\(step.by.rawValue)"]]
        if !hasStanding, step.isOfEach { parts.append(words["procedure.each"]) }
        if hasStanding { parts.append(words["procedure.state.\(mark.name)"]) }
        if let at = mark.at {
            parts.append(at.day.text)
        } else if let due = mark.due {
            parts.append(words.filled("procedure.due", ["due": spell(due)]))
        } else if let term = deadline(step.within, words), mark.name == "todo" || !hasStanding {
            parts.append(term)
        }
        return parts.joined(separator: " · ")
    }

    /// A step's time limit in words.
    static func deadline(_ within: Step.Deadline?, _ words: Words.Catalogue) -> String? {
        switch within {
        case .none: nil
        case .some(.callClosing): words["procedure.within.closing"]
        case .some(.term(.hours(let count))): words.filled("procedure.within.hours", ["n": "\(count)"])
        case .some(.term(.days(let count))): words.filled("procedure.within.days", ["n": "\(count)"])
        case .some(.term(.workingDays(let count))):
            words.filled("procedure.within.workingDays", ["n": "\(count)"])
        case .some(.afterClosing(.hours(let count))):
            words.filled("procedure.within.afterHours", ["n": "\(count)"])
        case .some(.afterClosing(.days(let count))):
            words.filled("procedure.within.afterDays", ["n": "\(count)"])
        case .some(.afterClosing(.workingDays(let count))):
            words.filled("procedure.within.afterWorkingDays", ["n": "\(count)"])
        case .some(.afterPublication(.hours(let count))):
            words.filled("procedure.within.publishedHours", ["n": "\(count)"])
        case .some(.afterPublication(.days(let count))):
            words.filled("procedure.within.publishedDays", ["n": "\(count)"])
        case .some(.afterPublication(.workingDays(let count))):
            words.filled("procedure.within.publishedWorkingDays", ["n": "\(count)"])
        }
    }

    /// Breaks a label into at most two lines: between words, or between Han characters.
    static func broken(_ text: String, within width: Int) -> [String] {
        guard measure(text) > width else { return [text] }
        var first = ""
        var rest = Substring(text)
        while !rest.isEmpty {
            let piece: Substring
            if let start = rest.first, start.isASCII {
                piece =
                    rest.prefix { $0.isASCII && $0 != " " } + rest.drop { $0.isASCII && $0 != " " }.prefix(1)
            } else {
                piece = rest.prefix(1)
            }
            if !first.isEmpty && measure(first + piece) > width { break }
            first += piece
            rest = rest.dropFirst(piece.count)
        }
        return rest.isEmpty ? [first] : [first, String(rest)]
    }

    private static func measure(_ text: String) -> Int {
        text.reduce(0) { $0 + ($1.isASCII ? 8 : 14) }
    }
}

/// How far a step has come, for one drawing.
private struct StepMark {
    /// `done`, `current`, `todo` or `closed`: also the style's class.
    let name: String
    let at: Instant?
    let due: Instant?

    init(_ step: Step, in standing: Standing?, figure: ProcedureDrawing.Figure? = nil) {
        if let figure {
            (name, at, due) = (figure.state, nil, nil)
            return
        }
        guard let state = standing?.steps.first(where: { $0.step.id == step.id })?.state else {
            (name, at, due) = ("todo", nil, nil)
            return
        }
        switch state {
        case .waiting: (name, at, due) = ("todo", nil, nil)
        case .open(_, let due): (name, at, self.due) = ("current", nil, due)
        case .done(let at): (name, self.at, due) = ("done", at, nil)
        case .refused(let at): (name, self.at, due) = ("closed", at, nil)
        case .skipped: (name, at, due) = ("closed", nil, nil)
        }
    }
}

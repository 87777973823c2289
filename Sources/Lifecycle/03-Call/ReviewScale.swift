/// The grades and the advice on funding that a call has its experts give, in place of the programme's.
///
/// The programme's are borrowed from another funder's practice (A–D), and a call may change them as it may change
/// every other borrowed default. Ids are what a review keeps, so that a scale never changes once applications may come.
package struct ReviewScale: Sendable, Codable, Hashable {
    /// From the best to the worst.
    package let grades: [ReviewInstrument.Grade]
    /// From the most in favour to the least.
    package let advice: [ReviewInstrument.Grade]

    package init(grades: [ReviewInstrument.Grade], advice: [ReviewInstrument.Grade]) {
        self.grades = grades
        self.advice = advice
    }

    /// The two parts of it, by the names of the form's fields.
    package enum Part: String, Sendable, CaseIterable {
        case grades
        case advice

        package var label: Label {
            switch self {
            case .grades: Label("综合评价等级与分值", "Overall grades and their points")
            case .advice: Label("资助意见选项与分值", "Advice on funding and its points")
            }
        }

        package func of(_ instrument: ReviewInstrument) -> [ReviewInstrument.Grade] {
            switch self {
            case .grades: instrument.grades
            case .advice: instrument.advice
            }
        }
    }

    package static let most = 12
    package static let mostPoints = 1000
    package static let mostKey = 8
    package static let mostLabel = 40

    /// What keeps experts from judging by it.
    package var obstacles: [Refusal] {
        Self.obstacles(.grades, grades) + Self.obstacles(.advice, advice)
    }

    private static func obstacles(_ part: Part, _ grades: [ReviewInstrument.Grade]) -> [Refusal] {
        let about = ["label": part.label.zh, "field": part.rawValue]
        func refusal(_ code: String, _ more: [String: String] = [:]) -> Refusal {
            Refusal("call.scale-\(code)", about.merging(more) { $1 })
        }
        if grades.count < 2 { return [refusal("few")] }
        if grades.count > most { return [refusal("many", ["most": "\(most)"])] }
        var found: [Refusal] = []
        var keys: Set<String> = []
        for grade in grades {
            if !isKey(grade.id) || !isLabel(grade.label) || !(0...mostPoints).contains(grade.points) {
                found.append(refusal("grade", ["key": grade.id, "most": "\(mostPoints)"]))
            }
            if !keys.insert(grade.id).inserted { found.append(refusal("twice", ["key": grade.id])) }
        }
        for (better, worse) in zip(grades, grades.dropFirst()) where better.points <= worse.points {
            found.append(refusal("order", ["better": better.id, "worse": worse.id]))
        }
        return found
    }

    /// Letters, digits and hyphens: it is kept with every review and stands in addresses.
    private static func isKey(_ key: String) -> Bool {
        (1...mostKey).contains(key.utf8.count)
            && key.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                    || $0 == 0x2D
            }
    }

    private static func isLabel(_ label: Label) -> Bool {
        [label.zh, label.en].allSatisfy { $0.trimmedCount > 0 && $0.count <= mostLabel }
    }
}

extension Call {
    /// What this call's experts are asked: the programme's instrument, with the call's own scale where it has one.
    package func review(of programme: Programme) -> ReviewInstrument {
        let review = programme.review
        guard let scale else { return review }
        return ReviewInstrument(
            criteria: review.criteria, grades: scale.grades, advice: scale.advice,
            commentLeast: review.commentLeast, standing: review.standing, cites: review.cites,
            verified: review.check, matching: review.matching)
    }

    /// What keeps its own scale from being used with the programme.
    func scaleObstacles(_ programme: Programme) -> [Refusal] {
        guard let scale else { return [] }
        guard !programme.review.grades.isEmpty else { return [Refusal("call.scale-none")] }
        let found = scale.obstacles
        guard found.isEmpty, let rules = programme.nonConsensus,
            let spread = number(rules.numbers.spread, in: programme)
        else { return found }
        // Nobody could ever disagree enough.
        let range = review(of: programme).gradeRange
        guard spread > range else { return [] }
        return [
            Refusal(
                "call.scale-spread",
                [
                    "spread": "\(spread)", "range": "\(range)", "field": ReviewScale.Part.grades.rawValue,
                ], citation: rules.cites)
        ]
    }

    /// What keeps it from being the next version of a call: once applications may come, experts judge all of them by
    /// the scale that was promised.
    package func scaleObstacles(after earlier: Call, in programme: Programme, at now: Instant) -> [Refusal] {
        let (before, after) = (earlier.review(of: programme), review(of: programme))
        guard now >= earlier.opens else { return [] }
        return ReviewScale.Part.allCases.filter { $0.of(before) != $0.of(after) }.map {
            Refusal("call.scale-fixed", ["label": $0.label.zh, "field": $0.rawValue])
        }
    }
}

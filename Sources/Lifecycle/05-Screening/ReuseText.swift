/// One part of a text that is compared by itself: a section of the form, a file, or the whole of an archived text.
package struct ReusePart: Sendable, Hashable {
    /// The section's id; `file:` and the hash for a file; ``whole`` for what has no sections.
    package let section: String
    package let text: String

    package static let whole = "whole"
    package static let filePrefix = "file:"

    package init(section: String, text: String) {
        self.section = section
        self.text = text
    }

    /// Letters and digits that count: what is masked does not. Weighs a section against the others.
    package var weight: Int {
        let scalars = Array(text.unicodeScalars)
        var counted = 0
        var masked = ReuseMask.ranges(in: scalars)[...]
        for (place, scalar) in scalars.enumerated() {
            while let first = masked.first, first.upperBound <= place { masked.removeFirst() }
            if let first = masked.first, first.contains(place) { continue }
            if scalar.isLetterOrNumber { counted += 1 }
        }
        return counted
    }

    /// The text with a blank for each scalar that is masked, so that offsets stay what they are.
    package var blanked: [UInt8] {
        var scalars = Array(text.unicodeScalars)
        for range in ReuseMask.ranges(in: scalars) {
            for place in range where scalars[place] != "\n" { scalars[place] = " " }
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return Array(String(view).utf8)
    }
}

extension ApplicationForm {
    /// The prose of each section that has any, in the order of the form. Titles, numbers and keywords are no prose.
    package func reuseParts(of answers: [String: String]) -> [ReusePart] {
        sections.compactMap { section in
            let prose = section.fields.filter { $0.kind == .prose }.compactMap { answers[$0.id] }
                .filter { !$0.isEmpty }
            return prose.isEmpty
                ? nil
                : ReusePart(
                    section: section.id, text: prose.reduce("") { $0.isEmpty ? $1 : $0 + "\n\n" + $1 })
        }
    }

    /// What the form itself says: every applicant may repeat it.
    package var prompts: String {
        var lines: [String] = []
        for section in sections {
            lines += [section.label.zh, section.label.en, section.hint?.zh ?? "", section.hint?.en ?? ""]
            for field in section.fields {
                lines += [field.label.zh, field.label.en, field.hint?.zh ?? "", field.hint?.en ?? ""]
                for option in field.options { lines += [option.label.zh, option.label.en] }
            }
        }
        return lines.filter { !$0.isEmpty }.reduce("") { $0 + $1 + "\n" }
    }
}

/// What a section has in common with a part of another text. Ranges are half-open and count Unicode scalars.
package struct ReuseMatch: Sendable, Hashable, Codable {
    package struct Passage: Sendable, Hashable, Codable {
        package let a: Range<Int>
        package let b: Range<Int>
        package init(a: Range<Int>, b: Range<Int>) {
            self.a = a
            self.b = b
        }
    }

    package let section: String
    package let sourceSection: String
    /// Shares of either part, 0 to 1.
    package let containment: Double
    package let reverse: Double
    package let longest: Int
    /// In order of the first text.
    package let passages: [Passage]

    package init(
        section: String, sourceSection: String, containment: Double, reverse: Double, longest: Int,
        passages: [Passage]
    ) {
        self.section = section
        self.sourceSection = sourceSection
        self.containment = containment
        self.reverse = reverse
        self.longest = longest
        self.passages = passages
    }

    /// Like was found in like: the same section of the form on both sides.
    package var isAlike: Bool { section == sourceSection }

    /// The same seen from the other text.
    package var turned: ReuseMatch {
        ReuseMatch(
            section: sourceSection, sourceSection: section, containment: reverse, reverse: containment,
            longest: longest,
            passages: passages.map { Passage(a: $0.b, b: $0.a) }.sorted {
                ($0.a.lowerBound, $0.b.lowerBound) < ($1.a.lowerBound, $1.b.lowerBound)
            })
    }
}

extension ReuseMeasure {
    /// - Parameters:
    ///   - matches: all between two texts.
    ///   - weights: of each section of the first text; sections without a match count as well.
    ///   - sourceWeights: of the second.
    package init(_ matches: [ReuseMatch], weights: [String: Int], sourceWeights: [String: Int]) {
        var (mine, theirs): ([String: Double], [String: Double]) = ([:], [:])
        for match in matches {
            mine[match.section, default: 0] += match.containment
            theirs[match.sourceSection, default: 0] += match.reverse
        }
        self.init(
            containment: Self.share(mine, weights), reverse: Self.share(theirs, sourceWeights),
            longest: matches.map(\.longest).max() ?? 0,
            passages: matches.reduce(0) { $0 + $1.passages.count })
    }

    private static func share(_ parts: [String: Double], _ weights: [String: Int]) -> Int {
        let total = weights.values.reduce(0, +)
        guard total > 0 else { return 0 }
        let covered = parts.reduce(0) { $0 + min(1, $1.value) * Double(weights[$1.key] ?? 0) }
        return min(10_000, Int((covered / Double(total) * 10_000).rounded()))
    }
}

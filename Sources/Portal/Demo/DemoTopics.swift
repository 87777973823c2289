import Lifecycle

/// A writer of plausible, invented applications, the same for the same generator state.
package enum DemoTopics {
    /// A whole application in a discipline chosen at random.
    package static func proposal(
        kind: DemoProposal.Kind, using chance: inout some RandomNumberGenerator
    ) -> DemoProposal {
        let subject = DemoSubject(in: chance.pick(fields(of: kind)), using: &chance)
        let prose = prose(of: kind)
        return DemoProposal(
            title: title(about: subject, patterns: prose.titles, using: &chance),
            disciplineCode: subject.object.code,
            keywords: keywords(of: subject, using: &chance),
            summary: prose.summary.written(about: subject, using: &chance),
            significance: prose.significance.written(about: subject, using: &chance),
            content: prose.content.written(about: subject, using: &chance),
            method: prose.method.written(about: subject, using: &chance),
            innovation: prose.innovation.written(about: subject, using: &chance),
            foundation: prose.foundation.written(about: subject, using: &chance),
            outcomes: prose.outcomes.written(about: subject, using: &chance))
    }

    /// Codes of the second-level disciplines that applications of this kind are written in.
    package static func disciplineCodes(of kind: DemoProposal.Kind) -> [String] {
        Array(Set(fields(of: kind).flatMap { $0.objects.map(\.code) })).sorted()
    }

    /// What an expert of a discipline works on: two of its objects, turn about.
    static func keywords(of kind: DemoProposal.Kind, in code: String, number: Int) -> [String] {
        let words = fields(of: kind).flatMap(\.objects).filter { $0.code == code }.map(\.words)
        guard !words.isEmpty else { return [] }
        let chosen = [words[number % words.count], words[(number / 3 + 1) % words.count]]
        return chosen[0] == chosen[1] ? [chosen[0]] : chosen
    }

    static func fields(of kind: DemoProposal.Kind) -> [DemoField] {
        switch kind {
        case .humanities: humanities
        case .natural: natural
        }
    }

    static func prose(of kind: DemoProposal.Kind) -> DemoProse {
        switch kind {
        case .humanities: .humanities
        case .natural: .natural
        }
    }

    private static let humanities: [DemoField] =
        DemoField.fields(DemoVocabulary.humanities) + DemoField.fields(DemoVocabulary.society)
    private static let natural: [DemoField] =
        DemoField.fields(DemoVocabulary.science) + DemoField.fields(DemoVocabulary.life)
        + DemoField.fields(DemoVocabulary.engineering)

    private static func title(
        about subject: DemoSubject, patterns: DemoProse.Titles,
        using chance: inout some RandomNumberGenerator
    ) -> String {
        let usable = subject.field.places.isEmpty ? patterns.anywhere : patterns.anywhere + patterns.placed
        // Short words make short titles: try patterns in random order, the first of fitting length wins.
        for pattern in chance.pick(usable.count, of: usable) {
            let title = pattern.written(about: subject, using: &chance)
            if (15...30).contains(Han.count(title)) { return title }
        }
        return patterns.longest.written(about: subject, using: &chance)
    }

    private static func keywords(
        of subject: DemoSubject, using chance: inout some RandomNumberGenerator
    ) -> [String] {
        // “价格形成与空间分异” is two keywords; the first is enough.
        let aspect = String(subject.aspects[0].split(separator: "与")[0])
        // A method may be an aspect too (数据挖掘).
        var others: [String] = []
        for word in [aspect, subject.theory, subject.methods[0], subject.methods[1]]
        where !others.contains(word) {
            others.append(word)
        }
        return [subject.object.words] + chance.pick(2 + chance.below(3), of: others)
    }
}

/// The patterns of one kind of application.
struct DemoProse: Sendable {
    struct Titles: Sendable {
        /// Good for every subject.
        var anywhere: [DemoPhrase]
        /// Good only for a subject with places of its own.
        var placed: [DemoPhrase]
        /// Used when no other gives a title of fitting length.
        var longest: DemoPhrase
    }

    var titles: Titles
    var summary: DemoSection
    var significance: DemoSection
    var content: DemoSection
    var method: DemoSection
    var innovation: DemoSection
    var foundation: DemoSection
    var outcomes: DemoSection
}

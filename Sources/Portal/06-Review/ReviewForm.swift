package import Lifecycle

/// Reads what an expert typed: only the names the instrument asks for.
package enum ReviewForm {
    /// Characters one text may have; longer ones are refused, never cut.
    static let most = 20_000

    package static func names(_ instrument: ReviewInstrument) -> [String] {
        ["grade", "advice"] + instrument.criteria.map { "comment-\($0.id)" } + ["comment"]
    }

    package static func reading(_ form: FormFields, with instrument: ReviewInstrument) throws -> [String:
        String]
    {
        var answers: [String: String] = [:]
        for name in names(instrument) {
            guard let text = form[name], !text.isEmpty else { continue }
            if text.count > most { throw Refused("review.too-long", ["most": "\(most)"]) }
            answers[name] = text
        }
        return answers
    }

    /// The experts ticked in a table; none is left out in silence.
    static func experts(_ form: FormFields, atMost most: Int) throws -> [ID<Person>] {
        let chosen = form.all("expert")
        if chosen.isEmpty { throw Refused("review.none-chosen") }
        if chosen.count > most {
            throw Refused("review.too-many-chosen", ["most": "\(most)", "count": "\(chosen.count)"])
        }
        return chosen.map { ID($0) }
    }

    /// The name in words, for a conflict between two windows.
    package static func label(
        _ name: String, _ instrument: ReviewInstrument, _ words: Words.Catalogue
    ) -> String {
        switch name {
        case "grade": words["review.write.grade"]
        case "advice": words["review.write.advice"]
        case "comment": words["review.write.comment"]
        default:
            instrument.criteria.first { "comment-\($0.id)" == name }?.label.text(in: words.language) ?? name
        }
    }

    /// Points so far; nil until both grade and advice are chosen.
    package static func points(_ answers: [String: String], _ instrument: ReviewInstrument) -> Int? {
        guard let grade = instrument.grades.first(where: { $0.id == answers["grade"] }),
            let advice = instrument.advice.first(where: { $0.id == answers["advice"] })
        else { return nil }
        return grade.points + advice.points
    }
}

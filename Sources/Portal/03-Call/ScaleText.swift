import Lifecycle

/// A scale as it is typed: a line a grade, with its key, its points and its meaning, perhaps in English behind a bar:
/// `A 4 优 | Excellent`.
enum ScaleText {
    static func lines(_ grades: [ReviewInstrument.Grade]) -> String {
        grades.map { grade in
            let english = grade.label.en == grade.label.zh ? "" : " | \(grade.label.en)"
            return "\(grade.id) \(grade.points) \(grade.label.zh)\(english)"
        }.joined(separator: "\n")
    }

    /// A line that is none, from 1.
    struct Unread: Hashable {
        let line: Int
        let text: String
    }

    static func read(_ text: String) -> (grades: [ReviewInstrument.Grade], unread: [Unread]) {
        var grades: [ReviewInstrument.Grade] = []
        var unread: [Unread] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            if String(line).trimmed.isEmpty { continue }
            if let grade = grade(line) {
                grades.append(grade)
            } else {
                unread.append(Unread(line: index + 1, text: String(line.prefix(40)).trimmed))
            }
        }
        return (grades, unread)
    }

    private static func grade(_ line: Substring) -> ReviewInstrument.Grade? {
        let parts = line.split(maxSplits: 2) { $0.isWhitespace || $0 == "," || $0 == "，" }
        guard parts.count == 3, let points = Int(String(parts[1]).halfWidth) else { return nil }
        let meanings = parts[2].split(maxSplits: 1) { $0 == "|" || $0 == "｜" }.map { String($0).trimmed }
        guard let zh = meanings.first, !zh.isEmpty else { return nil }
        // A meaning that is told in one language is told so in both.
        let en = meanings.count > 1 && !meanings[1].isEmpty ? meanings[1] : zh
        return ReviewInstrument.Grade(
            id: String(parts[0]).halfWidth, label: Label(zh, en), points: points)
    }
}

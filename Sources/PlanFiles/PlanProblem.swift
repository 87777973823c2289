package import Lifecycle

/// A place in a file of the plan: lines and columns from 1, columns in Unicode scalars.
package struct Place: Sendable, Hashable, Codable {
    package let path: String
    package let line: Int
    package let column: Int

    package init(path: String, line: Int, column: Int) {
        self.path = path
        self.line = line
        self.column = column
    }
}

/// How much a finding weighs.
package enum Weight: String, Sendable, Codable, Hashable {
    /// The programme cannot be used.
    case error
    /// It can, and a person should look.
    case warning
}

/// What is wrong at one place of the plan's files.
package struct PlanProblem: Error, Sendable, Hashable, Codable, CustomStringConvertible {
    package let path: String
    package let line: Int
    package let column: Int
    /// Names the kind, such as `yaml.alias`, `key.unknown`, `rule.no-citation`.
    package let code: String
    package let message: Label
    package let weight: Weight

    package init(_ place: Place, _ code: String, _ zh: String, _ en: String, weight: Weight = .error) {
        self.weight = weight
        path = place.path
        line = place.line
        column = place.column
        self.code = code
        message = Label(zh, en)
    }

    package var isError: Bool { weight == .error }

    /// `path:line:col: error: text [code]`, or `warning:`.
    package func text(in language: Language) -> String {
        "\(path):\(line):\(column): \(weight.rawValue): \(message.text(in: language)) [\(code)]"
    }

    package var description: String { text(in: .zh) }
}

/// Everything found wrong, in order of path and place; what two readers found alike, as in a file that programmes share,
/// stands once.
package struct PlanProblems: Error, Sendable, Hashable, CustomStringConvertible {
    package let problems: [PlanProblem]

    package init(_ problems: [PlanProblem]) {
        var seen: Set<PlanProblem> = []
        self.problems = problems.filter { seen.insert($0).inserted }.sorted {
            ($0.path, $0.line, $0.column, $0.code) < ($1.path, $1.line, $1.column, $1.code)
        }
    }

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}

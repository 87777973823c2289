/// Which types each stage declares, and which files name one of a later stage.
struct Arrow {
    struct File {
        /// Within the target, such as `04-Application/Answers.swift`.
        let path: String
        /// The words and marks of the code, without comments and texts.
        let tokens: [SwiftTokens.Token]

        init(path: String, text: String) {
            self.path = path
            tokens = SwiftTokens.of(text)
        }

        /// The number the folder begins with; nil for what has none and may therefore use every stage.
        var stage: Int? {
            path.dropFirst(2).hasPrefix("-") ? Int(path.prefix(2)) : nil
        }
    }

    struct Violation {
        let path: String
        let line: Int
        let type: String
        let declaredIn: String

        var text: String { "\(path):\(line): \(type) (\(declaredIn))" }
    }

    let files: [File]

    init(_ files: [File]) { self.files = files }

    var violations: [Violation] {
        var declared: [String: (stage: Int, path: String)] = [:]
        for file in files {
            let stage = file.stage ?? .max
            // Where two stages declare the name, the earlier one is meant.
            for name in file.declarations(topLevelOnly: true)
            where declared[name].map({ stage < $0.stage }) ?? true {
                declared[name] = (stage, file.path)
            }
        }
        return files.flatMap { file -> [Violation] in
            guard let stage = file.stage else { return [] }
            let own = file.declarations(topLevelOnly: false)
            return file.names.compactMap { token in
                guard let found = declared[token.text], found.stage > stage, !own.contains(token.text)
                else { return nil }
                return Violation(path: file.path, line: token.line, type: token.text, declaredIn: found.path)
            }
        }
    }
}

extension Arrow.File {
    private static let keywords: Set<String> = [
        "struct", "enum", "class", "protocol", "typealias", "actor",
    ]

    /// The types declared here; only those other files can name without a prefix, where asked.
    func declarations(topLevelOnly: Bool) -> Set<String> {
        var found: Set<String> = []
        var depth = 0
        var isPrivate = false
        for (index, token) in tokens.enumerated() {
            switch token.text {
            case "{": depth += 1
            case "}":
                depth -= 1
                isPrivate = false
            case "private", "fileprivate": isPrivate = true
            case "let", "var", "func", "extension", "import": isPrivate = false
            case let word where Self.keywords.contains(word):
                guard index + 1 < tokens.count, tokens[index + 1].isTypeName else { continue }
                if !topLevelOnly || (depth == 0 && !isPrivate) { found.insert(tokens[index + 1].text) }
                isPrivate = false
            default: break
            }
        }
        return found
    }

    /// Names of types used, members left out: `Move.Outcome` names `Move`, `Lifecycle.Move` names it too.
    var names: [SwiftTokens.Token] {
        tokens.indices.compactMap { index in
            guard tokens[index].isTypeName else { return nil }
            let isMember =
                index > 0 && tokens[index - 1].text == "."
                && !(index > 1 && ["Lifecycle", "Portal"].contains(tokens[index - 2].text))
            return isMember ? nil : tokens[index]
        }
    }
}

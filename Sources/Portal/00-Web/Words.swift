import Foundation
package import Lifecycle

/// Every word a user reads, in both languages, kept side by side: a leaf of the YAML is `[中文, English]`,
/// so that a missing translation cannot be written.
package struct Words: Sendable {
    private let zh: Catalogue
    private let en: Catalogue

    package func catalogue(_ language: Language) -> Catalogue {
        switch language {
        case .zh: zh
        case .en: en
        }
    }

    /// One language's words, by dotted key.
    package struct Catalogue: Sendable {
        package let language: Language
        package let flat: [String: String]
        /// The same words nested, for templates: `{{w.call.title}}`.
        package let nested: [String: Nested]

        package indirect enum Nested: Sendable {
            case leaf(String)
            case branch([String: Nested])
        }

        /// The words under the key; the key itself where there are none, which a test forbids.
        package subscript(_ key: String) -> String { flat[key] ?? key }

        /// The same with `{name}` filled in.
        package func filled(_ key: String, _ values: [String: String]) -> String {
            var text = self[key]
            for (name, value) in values { text = text.replacingOccurrences(of: "{\(name)}", with: value) }
            return text
        }

        package func has(_ key: String) -> Bool { flat[key] != nil }

        /// A refusal in words, with what it cites.
        package func sentence(_ refusal: Refusal) -> String {
            // A value may itself be the key of a word, such as `role.finance`.
            let values = refusal.values.mapValues { has($0) ? self[$0] : $0 }
                .merging(refusal.labels.mapValues { $0.text(in: language) }) { $1 }
            var text = filled("refusal.\(refusal.code)", values)
            if let citation = refusal.citation {
                let source = citation.text(in: language)
                let binding = refusal.standing.flatMap {
                    $0 == .binding ? nil : self["rule.standing.\($0.rawValue)"]
                }
                if !source.isEmpty {
                    text +=
                        language == .zh
                        ? "（\(binding.map { "\($0)，" } ?? "")依据：\(source)）"
                        : " (\(binding.map { "\($0); source" } ?? "Source"): \(source))"
                }
            }
            return text
        }
    }

    /// Reads every `.yaml` file of the folder.
    ///
    /// - Throws: ``WordsProblem`` with the first thing wrong in a file.
    package init(directory: String) throws {
        var zhFlat: [String: String] = [:]
        var enFlat: [String: String] = [:]
        let names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
        for name in names where name.hasSuffix(".yaml") {
            for pair in try WordsFile.pairs(at: "\(directory)/\(name)") {
                guard zhFlat[pair.key] == nil else { throw pair.standsTwice }
                zhFlat[pair.key] = pair.zh
                enFlat[pair.key] = pair.en
            }
        }
        zh = Catalogue(language: .zh, flat: zhFlat, nested: Self.nest(zhFlat))
        en = Catalogue(language: .en, flat: enFlat, nested: Self.nest(enFlat))
    }

    private static func nest(_ flat: [String: String]) -> [String: Catalogue.Nested] {
        var root: [String: Catalogue.Nested] = [:]
        for (key, value) in flat {
            insert(value, at: key.split(separator: ".").map(String.init)[...], in: &root)
        }
        return root
    }

    private static func insert(
        _ value: String, at path: ArraySlice<String>, in branch: inout [String: Catalogue.Nested]
    ) {
        guard let first = path.first else { return }
        if path.count == 1 { branch[first] = .leaf(value); return }
        var inner: [String: Catalogue.Nested] = [:]
        if case .branch(let existing)? = branch[first] { inner = existing }
        insert(value, at: path.dropFirst(), in: &inner)
        branch[first] = .branch(inner)
    }
}

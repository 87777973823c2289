import Foundation
import Lifecycle
import Yams

/// What is wrong at one place of a file of words, and how to mend it.
package struct WordsProblem: Error, Sendable, CustomStringConvertible {
    let path: String
    /// Both from 1.
    let line: Int
    let column: Int
    let code: String
    let message: Label

    /// `path:line:col: error: text [code]`
    func text(in language: Language) -> String {
        "\(path):\(line):\(column): error: \(message.text(in: language)) [\(code)]"
    }

    package var description: String { text(in: .en) }
}

/// One file of words: mappings down to leaves `[中文, English]`.
enum WordsFile {
    struct Pair {
        let key: String
        let zh: String
        let en: String
        fileprivate let place: Place

        /// The key has words already, in this file or another.
        var standsTwice: WordsProblem {
            place.problem(
                "words.twice", "“\(key)”已有译文，请删去其中一处",
                "“\(key)” has its words already; take one of the two away")
        }
    }

    fileprivate struct Place {
        let path: String
        var line = 1
        var column = 1

        func at(_ mark: Mark?) -> Place {
            guard let mark else { return self }
            return Place(path: path, line: max(1, mark.line), column: max(1, mark.column))
        }

        func problem(_ code: String, _ zh: String, _ en: String) -> WordsProblem {
            WordsProblem(path: path, line: line, column: column, code: code, message: Label(zh, en))
        }
    }

    static func pairs(at path: String) throws -> [Pair] {
        let start = Place(path: path)
        guard let data = FileManager.default.contents(atPath: path),
            let text = String(data: data, encoding: .utf8)
        else {
            throw start.problem(
                "words.unreadable", "无法读取，请存为 UTF-8", "it cannot be read; save it as UTF-8")
        }
        guard let root = try parse(text, start) else { return [] }
        var pairs: [Pair] = []
        try collect(root, key: "", near: start, &pairs)
        return pairs
    }

    private static func collect(_ node: Node, key: String, near: Place, _ pairs: inout [Pair]) throws {
        let place = near.at(node.mark)
        switch node {
        case .mapping(let mapping):
            for (name, value) in mapping {
                let here = place.at(name.mark)
                guard let name = name.string else {
                    throw here.problem("words.key", "键必须是文字，请加引号", "a key is text; put it in quotes")
                }
                try collect(value, key: key.isEmpty ? name : "\(key).\(name)", near: here, &pairs)
            }
        case .sequence(let both):
            guard both.count == 2, let zh = both[0].string, let en = both[1].string else {
                throw place.problem(
                    "words.pair",
                    "“\(key)”有 \(both.count) 项，应为两项 [中文, English]；文中有逗号、冒号或括号时请加引号",
                    "“\(key)” has \(both.count) parts, not two [中文, English]; quote a text with a comma, colon or bracket"
                )
            }
            pairs.append(Pair(key: key, zh: zh, en: en, place: place))
        case .scalar, .alias:
            throw place.problem(
                "words.pair", "“\(key)”应为两项 [中文, English]", "“\(key)” is a pair [中文, English]")
        }
    }

    private static func parse(_ text: String, _ start: Place) throws(WordsProblem) -> Node? {
        func syntax(_ place: Place, _ text: String) -> WordsProblem {
            place.problem(
                "words.syntax", "YAML 语法错误：\(text)；请检查引号、括号和缩进",
                "YAML syntax: \(text); look at quotes, brackets and indentation")
        }
        do {
            // All of it is text.
            return try Yams.compose(yaml: text, .basic)
        } catch YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _)
        {
            throw syntax(start.at(mark), problem)
        } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
            let key = keys.first ?? ""
            throw start.at(context.mark).problem(
                "words.twice", "键“\(key)”重复，请合并", "the key “\(key)” stands twice; merge the two")
        } catch {
            throw syntax(start, "\(error)")
        }
    }
}

import Lifecycle
import Yams

/// One value of a file, with the place it stands at.
struct YAMLItem: Sendable {
    indirect enum Value: Sendable {
        case text(String)
        case list([YAMLItem])
        case map([(key: String, place: Place, item: YAMLItem)])
    }

    let place: Place
    let value: Value

    /// What stands under the key of a mapping.
    subscript(key: String) -> YAMLItem? {
        guard case .map(let pairs) = value else { return nil }
        return pairs.first { $0.key == key }?.item
    }

    /// Parses a text that ``YAMLScan`` has let pass; nil for an empty one.
    static func parse(_ text: String, path: String) throws(PlanProblem) -> YAMLItem? {
        var text = text
        if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        try YAMLScan.check(text, path: path)
        let root: Node?
        do {
            // Every scalar is taken as text: no pattern has to say of what type it looks.
            root = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
        } catch let error as YamlError {
            throw problem(error, path: path)
        } catch {
            let start = Place(path: path, line: 1, column: 1)
            throw PlanProblem(start, "yaml.syntax", "无法读取：\(error)", "cannot be read: \(error)")
        }
        return try root.map { node throws(PlanProblem) in
            try YAMLItem(node, near: Place(path: path, line: 1, column: 1))
        }
    }

    private init(_ node: Node, near: Place) throws(PlanProblem) {
        let place = node.mark.map { Place(path: near.path, line: $0.line, column: $0.column) } ?? near
        self.place = place
        switch node {
        case .scalar(let scalar): value = .text(scalar.string)
        case .sequence(let sequence):
            var items: [YAMLItem] = []
            for item in sequence { items.append(try YAMLItem(item, near: place)) }
            value = .list(items)
        case .mapping(let mapping):
            var pairs: [(key: String, place: Place, item: YAMLItem)] = []
            var seen: Set<String> = []
            for (key, item) in mapping {
                let name = try YAMLItem(key, near: place)
                guard case .text(let word) = name.value else {
                    throw PlanProblem(name.place, "yaml.syntax", "键必须是文字", "a key must be text")
                }
                guard seen.insert(word).inserted else { throw Self.duplicate(word, name.place) }
                pairs.append((word, name.place, try YAMLItem(item, near: name.place)))
            }
            value = .map(pairs)
        case .alias:
            throw PlanProblem(place, "yaml.alias", "不允许锚点和别名", "anchors and aliases are not allowed")
        }
    }

    private static func duplicate(_ key: String, _ place: Place) -> PlanProblem {
        PlanProblem(place, "yaml.duplicate-key", "键“\(key)”重复", "the key “\(key)” stands twice")
    }

    private static func problem(_ error: YamlError, path: String) -> PlanProblem {
        func at(_ mark: Mark) -> Place {
            Place(path: path, line: max(1, mark.line), column: max(1, mark.column))
        }
        switch error {
        case .scanner(_, let text, let mark, _), .parser(_, let text, let mark, _),
            .composer(_, let text, let mark, _):
            return PlanProblem(at(mark), "yaml.syntax", "YAML 语法错误：\(text)", "YAML syntax: \(text)")
        case .duplicatedKeysInMapping(let keys, let context):
            return duplicate(keys.first ?? "", at(context.mark))
        case .no, .memory, .reader, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return PlanProblem(
                Place(path: path, line: 1, column: 1), "yaml.syntax", "无法读取此文件", "the file cannot be read")
        }
    }
}

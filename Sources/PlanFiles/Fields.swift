import Lifecycle

/// The named values of one mapping. Each reading logs what is wrong and answers nil, so that a reader can go
/// on and report everything at once.
struct Fields {
    let place: Place
    let log: ProblemLog
    private let items: [String: YAMLItem]

    /// Nil when the item is no mapping. Keys outside `known` are reported, with the one probably meant.
    init?(_ item: YAMLItem, known: [String], log: ProblemLog) {
        guard case .map(let pairs) = item.value else {
            log.add(item.place, "type.mapping", "此处应为键值表", "a mapping is expected here")
            return nil
        }
        place = item.place
        self.log = log
        items = Dictionary(pairs.map { ($0.key, $0.item) }, uniquingKeysWith: { first, _ in first })
        for pair in pairs where !known.contains(pair.key) {
            let near = Spelling.nearest(to: pair.key, among: known)
            log.add(
                pair.place, "key.unknown",
                "未知的键“\(pair.key)”" + (near.map { "，是否想写“\($0)”？" } ?? ""),
                "unknown key “\(pair.key)”" + (near.map { ", did you mean “\($0)”?" } ?? ""))
        }
    }

    subscript(key: String) -> YAMLItem? { items[key] }
    func has(_ key: String) -> Bool { items[key] != nil }
    func place(of key: String) -> Place { items[key]?.place ?? place }

    func required(_ key: String) -> YAMLItem? {
        if let item = items[key] { return item }
        log.add(place, "key.missing", "缺少“\(key)”", "“\(key)” is missing")
        return nil
    }

    func text(_ key: String) -> String? { required(key).flatMap { $0.text(log) } }
    func label(_ key: String) -> Label? { required(key).flatMap { $0.label(log) } }
    func int(_ key: String, in range: ClosedRange<Int>) -> Int? {
        required(key).flatMap { $0.int(log, in: range) }
    }
    func day(_ key: String) -> Day? { required(key).flatMap { $0.day(log) } }
    func flag(_ key: String) -> Bool? { required(key).flatMap { $0.flag(log) } }
    /// `true` and `false`, or a word of the vocabulary: `verified: reported`.
    func check(_ key: String) -> CitationCheck? {
        required(key).flatMap { item in
            switch item.value {
            case .text("true"): return .verified
            case .text("false"): return .unknown
            case .text(let word):
                if let check = CitationCheck(rawValue: word) { return check }
            case .map, .list: break
            }
            // The words that authors write, which are not those of the code.
            item.refuse(log, among: ["true", "reported", "inferred", "false"])
            return nil
        }
    }
    func list(_ key: String) -> [YAMLItem]? { required(key).flatMap { $0.list(log) } }
    func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, _ type: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        required(key).flatMap { $0.choice(log, type) }
    }

    /// The texts of an optional list; empty where the key is absent.
    func texts(_ key: String) -> [String] {
        (items[key]?.list(log) ?? []).compactMap { $0.text(log) }
    }

    /// See ``YAMLItem/identifier(_:)``.
    func id(_ key: String = "id") -> String? { required(key)?.identifier(log) }
}

extension YAMLItem {
    /// Text that is safe as part of an address or a file's name.
    func identifier(_ log: ProblemLog) -> String? {
        guard let text = text(log) else { return nil }
        let fits = text.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || $0 == 0x2D
        }
        guard fits, text.utf8.count <= 64 else {
            log.add(place, "type.id", "标识只能用字母、数字和连字符", "an id is letters, digits and hyphens")
            return nil
        }
        return text
    }

    func text(_ log: ProblemLog) -> String? {
        guard case .text(let text) = value, !text.isEmpty else {
            log.add(place, "type.text", "此处应为文字", "text is expected here")
            return nil
        }
        return text
    }

    func label(_ log: ProblemLog) -> Label? {
        guard let fields = Fields(self, known: ["zh", "en"], log: log) else { return nil }
        let (zh, en) = (fields.text("zh"), fields.text("en"))
        guard let zh, let en else { return nil }
        return Label(zh, en)
    }

    func list(_ log: ProblemLog) -> [YAMLItem]? {
        guard case .list(let items) = value else {
            log.add(place, "type.list", "此处应为列表", "a list is expected here")
            return nil
        }
        return items
    }

    func int(_ log: ProblemLog, in range: ClosedRange<Int>) -> Int? {
        guard case .text(let text) = value, let number = Int(text), range.contains(number) else {
            log.add(
                place, "type.number", "此处应为 \(range.lowerBound) 到 \(range.upperBound) 的整数",
                "a whole number from \(range.lowerBound) to \(range.upperBound) is expected here")
            return nil
        }
        return number
    }

    func day(_ log: ProblemLog) -> Day? {
        guard case .text(let text) = value, let day = Day(text: text) else {
            log.add(place, "type.day", "此处应为日期，如 2026-05-07", "a day such as 2026-05-07 is expected here")
            return nil
        }
        return day
    }

    func flag(_ log: ProblemLog) -> Bool? {
        switch value {
        case .text("true"): return true
        case .text("false"): return false
        case .text, .list, .map:
            log.add(place, "type.flag", "此处应为 true 或 false", "true or false is expected here")
            return nil
        }
    }

    func choice<Choice: RawRepresentable & CaseIterable>(_ log: ProblemLog, _ type: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        if case .text(let text) = value, let choice = Choice(rawValue: text) { return choice }
        refuse(log, among: Choice.allCases.map(\.rawValue))
        return nil
    }

    /// Reports a value that is none of the words, with the one probably meant.
    func refuse(_ log: ProblemLog, among words: [String]) {
        var near: String?
        if case .text(let text) = value { near = Spelling.nearest(to: text, among: words) }
        let all = words.joined(separator: ", ")
        log.add(
            place, "type.choice", "应为以下之一：\(all)" + (near.map { "；是否想写“\($0)”？" } ?? ""),
            "one of \(all) is expected" + (near.map { "; did you mean “\($0)”?" } ?? ""))
    }
}

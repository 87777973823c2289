/// One clause of a policy document, found in its text.
package struct Clause: Sendable, Codable, Hashable {
    package let id: ClauseID
    /// Without its number; up to the first 。 or the end of the line.
    package let title: String
    /// From 1.
    package let line: Int
    /// The whole paragraph, as it stands there.
    package let text: String
}

/// A policy document as a tree of clauses, read from plain text in the usual order of 一、（一）1.
///
/// - A part is a line that begins with 一、 二、 …: `1`, `2`.
/// - A section begins with （一）: `3.1`. An item begins with `1.`: `3.1.1`.
/// - Paragraphs that begin with —— are clauses of their part: `1.1`.
/// - Where a part holds no numbered clause at all but two or more plain paragraphs, each of those is one: `2.1`.
/// - What stands before the first part (title, preamble) and paragraphs that introduce are no clauses.
///
/// Every line is a paragraph. Ids are the numbers the document itself gives.
package struct PolicyDocument: Sendable, Codable, Hashable {
    package let clauses: [Clause]

    package init(_ text: String) {
        var reading = PolicyReading()
        for (index, line) in Self.lines(of: text).enumerated() {
            reading.read(Self.trimmed(line), line: index + 1)
        }
        clauses = reading.finish()
    }

    /// Titles under each other, two spaces a level.
    package var outline: String {
        clauses.map { clause in
            let depth = clause.id.rawValue.count { $0 == "." }
            return String(repeating: "  ", count: depth) + clause.id.rawValue + " " + clause.title
        }
        .joined(separator: "\n")
    }

    /// Breaks at `\n`, `\r\n` and `\r`, like an editor; a byte order mark is dropped.
    private static func lines(of text: String) -> [Substring.UnicodeScalarView] {
        var scalars = text.unicodeScalars[...]
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        var lines: [Substring.UnicodeScalarView] = []
        var start = scalars.startIndex
        var index = start
        while index < scalars.endIndex {
            let next = scalars.index(after: index)
            if scalars[index] == "\n" || scalars[index] == "\r" {
                lines.append(scalars[start..<index])
                let pair = scalars[index] == "\r" && next < scalars.endIndex && scalars[next] == "\n"
                start = pair ? scalars.index(after: next) : next
                index = start
            } else {
                index = next
            }
        }
        lines.append(scalars[start..<scalars.endIndex])
        return lines
    }

    private static func trimmed(_ line: Substring.UnicodeScalarView) -> String {
        func isSpace(_ scalar: Unicode.Scalar) -> Bool {
            scalar.properties.isWhitespace || scalar == "\u{FEFF}" || scalar == "\u{200B}"
        }
        var line = line.drop(while: isSpace)
        while let last = line.last, isSpace(last) { line.removeLast() }
        return String(line)
    }
}

/// The state of a reading: which part and section the next line belongs to.
private struct PolicyReading {
    private var clauses: [Clause] = []
    private var part: Int?
    private var section: Int?
    /// Dash paragraphs of the part so far.
    private var goals = 0
    /// Plain paragraphs of the part, kept until it is known whether the part has numbered clauses.
    private var plain: [(text: String, line: Int)] = []
    private var partHasClauses = false

    mutating func read(_ text: String, line: Int) {
        guard !text.isEmpty else { return }
        switch PolicyMark(text) {
        case .part(let number, let title):
            closePart()
            (part, section, goals, partHasClauses) = (number, nil, 0, false)
            add([number], title: title, text: text, line: line)
        case .section(let number, let title):
            section = number
            partHasClauses = true
            add([part, number].compactMap { $0 }, title: title, text: text, line: line)
        case .item(let number, let title):
            partHasClauses = true
            add([part, section, number].compactMap { $0 }, title: title, text: text, line: line)
        case .goal(let title):
            guard let part, section == nil else { return }
            goals += 1
            partHasClauses = true
            add([part, goals], title: title, text: text, line: line)
        case .plain:
            if part != nil { plain.append((text, line)) }
        }
    }

    mutating func finish() -> [Clause] {
        closePart()
        return clauses
    }

    private mutating func closePart() {
        if let part, !partHasClauses, plain.count >= 2 {
            for (index, paragraph) in plain.enumerated() {
                add([part, index + 1], title: paragraph.text, text: paragraph.text, line: paragraph.line)
            }
        }
        plain = []
    }

    private mutating func add(_ numbers: [Int], title: String, text: String, line: Int) {
        let id = ClauseID(numbers.map { String($0) }.joined(separator: "."))
        let short = title.prefix { $0 != "。" }
        clauses.append(Clause(id: id, title: String(short), line: line, text: text))
    }
}

/// How a paragraph begins, with what follows its number.
private enum PolicyMark {
    case part(Int, title: String)
    case section(Int, title: String)
    case item(Int, title: String)
    case goal(title: String)
    case plain

    init(_ text: String) {
        let letters = Array(text)
        let rest = { (count: Int) in String(letters[count...].drop { $0.isWhitespace }) }
        if letters.first == "—" || letters.first == "―" || letters.first == "─" {
            let dashes = letters.prefix { ["—", "―", "─"].contains($0) }.count
            self = dashes >= 2 ? .goal(title: rest(dashes)) : .plain
            return
        }
        if letters.first == "（" || letters.first == "(" {
            let numeral = letters.dropFirst().prefix { chineseDigits[$0] != nil || $0 == "十" }
            let end = 1 + numeral.count
            if let number = chineseNumber(numeral), end < letters.count,
                letters[end] == "）" || letters[end] == ")"
            {
                self = .section(number, title: rest(end + 1))
                return
            }
        }
        let numeral = letters.prefix { chineseDigits[$0] != nil || $0 == "十" }
        if let number = chineseNumber(numeral), numeral.count < letters.count,
            ["、", "．", "."].contains(letters[numeral.count])
        {
            self = .part(number, title: rest(numeral.count + 1))
            return
        }
        let digits = letters.prefix { arabicDigit($0) != nil }
        // 1.5 is a number in a sentence, not an item.
        if (1...3).contains(digits.count), digits.count < letters.count,
            ["、", "．", "."].contains(letters[digits.count]),
            digits.count + 1 >= letters.count || arabicDigit(letters[digits.count + 1]) == nil
        {
            let number = digits.reduce(0) { $0 * 10 + (arabicDigit($1) ?? 0) }
            self = .item(number, title: rest(digits.count + 1))
            return
        }
        self = .plain
    }
}

private let chineseDigits: [Character: Int] = [
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
]

/// 一 to 九十九.
private func chineseNumber(_ letters: ArraySlice<Character>) -> Int? {
    let parts = letters.split(separator: "十", maxSplits: 2, omittingEmptySubsequences: false)
    func digit(_ part: ArraySlice<Character>, empty: Int) -> Int? {
        if part.isEmpty { return empty }
        return part.count == 1 ? part.first.flatMap { chineseDigits[$0] } : nil
    }
    switch parts.count {
    case 1: return digit(parts[0], empty: 0).flatMap { $0 == 0 ? nil : $0 }
    case 2:
        guard let tens = digit(parts[0], empty: 1), let ones = digit(parts[1], empty: 0) else { return nil }
        return tens * 10 + ones
    default: return nil
    }
}

/// Half-width or full-width.
private func arabicDigit(_ letter: Character) -> Int? {
    guard let value = letter.unicodeScalars.first?.value, letter.unicodeScalars.count == 1 else { return nil }
    switch value {
    case 0x30...0x39: return Int(value - 0x30)
    case 0xFF10...0xFF19: return Int(value - 0xFF10)
    default: return nil
    }
}

/// What two proposals may share without anybody having copied from the other: lists of references, and the words
/// of laws and rules in quotation marks. Found by their form alone, so that anybody can foresee it.
///
/// What is masked is shown as such beside the passages: a copied paragraph that somebody puts into quotation marks
/// behind a made-up regulation is not compared, but it is not hidden from the reader either.
package enum ReuseMask {
    /// Masked ranges of scalars, in order and apart from each other.
    package static func ranges(in text: [Unicode.Scalar]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        for range in (references(in: text) + quotedRules(in: text)).sorted(by: {
            $0.lowerBound < $1.lowerBound
        }) {
            if let last = found.last, range.lowerBound <= last.upperBound {
                found[found.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                found.append(range)
            }
        }
        return found
    }

    // MARK: - references

    /// The longest line that is taken for a reference: prose under the heading is compared all the same.
    private static let longestReference = 400
    private static let headings: Set<String> = [
        "参考文献", "主要参考文献", "引用文献", "参考资料", "references", "bibliography", "works cited",
    ]

    private static func references(in text: [Unicode.Scalar]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var isList = false
        for line in lines(of: text) {
            let words = text[line].filter { !$0.isBlank || $0 == " " }
            if words.isEmpty { continue }
            if isHeading(words) {
                isList = true
                found.append(line)
            } else if isReference(text[line], mayLackNumber: isList) {
                found.append(line)
            } else {
                isList = false
            }
        }
        return found
    }

    private static func lines(of text: [Unicode.Scalar]) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = 0
        for place in 0...text.count where place == text.count || text[place] == "\n" {
            lines.append(start..<place)
            start = place + 1
        }
        return lines
    }

    /// A heading alone on its line, numbered or not.
    private static func isHeading(_ line: [Unicode.Scalar]) -> Bool {
        guard line.count <= 30 else { return false }
        let around = Set("0123456789一二三四五六七八九十、.．，,（）()【】[]#* ：:".unicodeScalars)
        var words = line[...]
        while let first = words.first, around.contains(first) { words.removeFirst() }
        while let last = words.last, around.contains(last) { words.removeLast() }
        return headings.contains(string(words).lowercased())
    }

    /// A line with a year that begins with a number in brackets, or stands under the heading.
    private static func isReference(_ line: ArraySlice<Unicode.Scalar>, mayLackNumber: Bool) -> Bool {
        guard line.count <= longestReference, hasYear(line) else { return false }
        return mayLackNumber || hasNumber(line.drop { $0.isBlank })
    }

    private static func hasNumber(_ line: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let open = line.first, "[［〔【".unicodeScalars.contains(open) else { return false }
        let number = line.dropFirst().prefix { ("0"..."9").contains($0) }
        guard !number.isEmpty, let close = line.dropFirst(1 + number.count).first else { return false }
        return "]］〕】".unicodeScalars.contains(close)
    }

    private static func hasYear(_ line: ArraySlice<Unicode.Scalar>) -> Bool {
        var digits: [Unicode.Scalar] = []
        for scalar in line + [" "] {
            if ("0"..."9").contains(scalar) {
                digits.append(scalar)
                continue
            }
            if digits.count == 4, let year = Int(string(digits[...])), 1900...2099 ~= year { return true }
            digits.removeAll()
        }
        return false
    }

    // MARK: - quoted rules

    private static let longestTitle = 60
    private static let furthestQuotation = 40
    private static let longestQuotation = 400
    private static let marks: [Unicode.Scalar: Unicode.Scalar] = ["“": "”", "「": "」", "『": "』", "\"": "\""]
    private static let rules = ["条例", "办法", "规定", "细则", "规则", "章程", "准则", "意见", "通知", "决定"]
    /// Words that end in 法 and are no law.
    private static let noLaw: Set<Unicode.Scalar> = Set("方想看技语书文做算疗手说写魔句笔".unicodeScalars)

    /// What stands in quotation marks shortly behind the title of a law or rule, in the same sentence.
    private static func quotedRules(in text: [Unicode.Scalar]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var place = 0
        while let open = text[place...].firstIndex(of: "《") {
            place = open + 1
            guard let close = text[place...].prefix(longestTitle).firstIndex(of: "》"),
                isRule(text[place..<close]), let quotation = quotation(behind: close + 1, in: text)
            else { continue }
            found.append(quotation)
            place = quotation.upperBound
        }
        return found
    }

    private static func isRule(_ title: ArraySlice<Unicode.Scalar>) -> Bool {
        // 《……办法（试行）》
        var words = title
        if words.last == "）" || words.last == ")" {
            words = words.prefix { $0 != "（" && $0 != "(" }
        }
        let name = string(words)
        if rules.contains(where: name.hasSuffix) { return true }
        guard words.last == "法", let before = words.dropLast().last else { return false }
        return !noLaw.contains(before)
    }

    private static func quotation(behind start: Int, in text: [Unicode.Scalar]) -> Range<Int>? {
        for open in start..<min(text.count, start + furthestQuotation) {
            if "。；;！？\n《".unicodeScalars.contains(text[open]) { return nil }
            guard let mark = marks[text[open]] else { continue }
            guard let close = text[(open + 1)...].prefix(longestQuotation + 1).firstIndex(of: mark) else {
                return nil
            }
            return (open + 1)..<close
        }
        return nil
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}

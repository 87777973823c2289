/// Looks a text over before the YAML parser sees it, because that parser recurses and dereferences.
///
/// The plan is written in a plain part of YAML: block mappings and sequences, one-line plain text, quoted and
/// block text, flow collections. Anchors, aliases, tags, directives, `? ` keys and several documents are
/// refused, and so is plain text over several lines: without it, whether a quote or bracket opens something
/// is known at every character, so that the depth counted here is the depth the parser will reach.
struct YAMLScan {
    static let largest = 1 << 20
    static let deepest = 64

    let path: String
    let scalars: [Unicode.Scalar]
    var index = 0
    var line = 1
    var column = 1
    /// The deepest nesting so far.
    private var depth = 0
    /// Columns at which block collections began.
    private var indents: [Int] = []
    /// The closing brackets awaited.
    var closers: [Unicode.Scalar] = []
    /// Column of the owner of a value that ended on an earlier line: nothing deeper may follow it.
    private var ended: Int?

    private init(_ text: String, path: String) {
        self.path = path
        scalars = Array(text.unicodeScalars)
    }

    /// Throws the first thing that may not be in a file of the plan; else answers how deep it is nested.
    @discardableResult
    static func check(_ text: String, path: String) throws(PlanProblem) -> Int {
        if text.utf8.count > largest {
            throw PlanProblem(
                Place(path: path, line: 1, column: 1), "yaml.too-large", "文件超过 1 MiB",
                "the file is over 1 MiB")
        }
        var scan = YAMLScan(text, path: path)
        try scan.checkCharacters()
        while scan.index < scan.scalars.count { try scan.blockLine() }
        return scan.depth
    }

    var place: Place { Place(path: path, line: line, column: column) }
    var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }
    var atLineEnd: Bool { current == nil || current == "\n" || current == "\r" }

    func peek(_ distance: Int) -> Unicode.Scalar? {
        index + distance < scalars.count ? scalars[index + distance] : nil
    }

    func isBlank(_ distance: Int) -> Bool {
        switch peek(distance) {
        case .none, " ", "\t", "\n", "\r": true
        case .some: false
        }
    }

    mutating func advance() {
        if scalars[index] == "\n" {
            line += 1
            column = 1
        } else {
            column += 1
        }
        index += 1
    }

    mutating func skipSpaces() {
        while current == " " || current == "\t" { advance() }
    }

    mutating func skipLine() {
        while !atLineEnd { advance() }
        while let scalar = current {
            advance()
            if scalar == "\n" { break }
        }
    }

    func refusal(_ code: String, _ zh: String, _ en: String) -> PlanProblem {
        PlanProblem(place, code, zh, en)
    }

    /// Line breaks are `\n` or `\r\n` only, so that lines counted here are the parser's and an editor's.
    private mutating func checkCharacters() throws(PlanProblem) {
        while let scalar = current {
            let allowed: Bool =
                switch scalar.value {
                case 0x09, 0x0A: true
                case 0x0D: peek(1) == "\n"
                case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: false
                default: true
                }
            if !allowed {
                throw refusal("yaml.character", "不允许的控制字符", "a control character may not stand here")
            }
            advance()
        }
        (index, line, column) = (0, 1, 1)
    }

    private mutating func blockLine() throws(PlanProblem) {
        while current == " " { advance() }
        if current == "\t" { throw refusal("yaml.tab", "缩进不能用制表符", "indent with spaces, not tabs") }
        if atLineEnd || current == "#" { return skipLine() }
        try checkLineStart()
        if let owner = ended, column > owner {
            throw refusal(
                "yaml.continuation", "多行文字请用 | 或引号", "write text over several lines with | or in quotes")
        }
        ended = nil
        var owner = 0
        while true {
            try openBlock()
            guard current == "-", isBlank(1) else { break }
            owner = column
            advance()
            skipSpaces()
            if atLineEnd || startsComment { return skipLine() }
        }
        try node(owner: owner == 0 ? indents.dropLast().last ?? 0 : owner, mayBeKey: true)
    }

    private func checkLineStart() throws(PlanProblem) {
        guard column == 1 else { return }
        let marker =
            isBlank(3)
            && (scalars[index..<min(index + 3, scalars.count)].elementsEqual("---".unicodeScalars)
                || scalars[index..<min(index + 3, scalars.count)].elementsEqual("...".unicodeScalars))
        if current == "%" || marker {
            throw refusal(
                "yaml.document", "只允许一个文档，不要指令", "one document only, without directives or markers")
        }
    }

    private var startsComment: Bool {
        current == "#" && (index == 0 || [" ", "\t", "\n"].contains(scalars[index - 1]))
    }

    private mutating func openBlock() throws(PlanProblem) {
        while let last = indents.last, last > column { indents.removeLast() }
        if indents.last != column { indents.append(column) }
        try checkDepth()
    }

    mutating func checkDepth() throws(PlanProblem) {
        depth = max(depth, indents.count + closers.count)
        if indents.count + closers.count > Self.deepest {
            throw refusal("yaml.too-deep", "嵌套超过 64 层", "nested deeper than 64")
        }
    }

    /// One node that begins here; a key takes its value along when that is on the same line.
    private mutating func node(owner: Int, mayBeKey: Bool) throws(PlanProblem) {
        let start = column
        guard let first = current else { return }
        switch first {
        case "\"", "'": try quoted()
        case "[", "{": try flow()
        case "|", ">": return blockText(owner: owner)
        default:
            try checkNodeStart(first)
            if first == "-" && isBlank(1) { throw unexpected }
            plainText()
        }
        skipSpaces()
        if current == ":" && isBlank(1) {
            guard mayBeKey else { throw unexpected }
            advance()
            skipSpaces()
            if atLineEnd || startsComment { return skipLine() }
            return try node(owner: start, mayBeKey: false)
        }
        guard atLineEnd || startsComment else { throw unexpected }
        ended = owner
        skipLine()
    }

    var unexpected: PlanProblem {
        refusal("yaml.syntax", "此处的写法无法识别", "this is not understood here")
    }

    func checkNodeStart(_ scalar: Unicode.Scalar) throws(PlanProblem) {
        switch scalar {
        case "&", "*":
            throw refusal("yaml.alias", "不允许锚点和别名", "anchors and aliases are not allowed")
        case "!":
            throw refusal("yaml.tag", "不允许类型标签", "tags are not allowed")
        case "%", "@", "`", ",", "]", "}":
            throw unexpected
        case "?", ":":
            if isBlank(1) { throw unexpected }
        default: break
        }
    }

    /// Plain text in block context: until the line's end, a comment, or the colon of a key.
    private mutating func plainText() {
        while !atLineEnd {
            if current == ":" && isBlank(1) { return }
            if startsComment { return }
            advance()
        }
    }

    /// Skips `|` or `>` text: every following line that is blank or deeper than its owner.
    private mutating func blockText(owner: Int) {
        skipLine()
        while index < scalars.count {
            var ahead = 0
            while peek(ahead) == " " { ahead += 1 }
            let next = peek(ahead)
            let blank = next == nil || next == "\n" || next == "\r"
            guard blank || ahead + 1 > owner else { return }
            skipLine()
        }
    }
}

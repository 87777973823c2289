import Lifecycle

/// Reads the files of a programme: seven, and those it may do without. A procedure without a step of review needs no
/// `review.yaml`, one without contract and payment no `funding.yaml`.
struct ProgrammeReader {
    /// The names a programme's files may have.
    static let files = [
        "appraisals.yaml", "cases.yaml", "form.yaml", "funding.yaml", "non-consensus.yaml", "procedure.yaml",
        "programme.yaml", "race.yaml", "review.yaml", "rules.yaml", "statements.yaml", "terms.yaml",
    ]
    /// Files that a programme may do without.
    static let optional: Set<String> = ["terms.yaml"]

    let log: ProblemLog
    /// Documents that `cites: {source: …}` refers to, by name.
    var sources: [String: Citation] = [:]
    /// False where what names them did not read: whether a name is one of theirs is not asked then.
    var knowsSources = true
    /// Kinds of the declared parameters and defaults, to read a case's settings.
    var kinds: [String: Parameter.Kind] = [:]

    init(log: ProblemLog) { self.log = log }

    /// - Parameters:
    ///   - folder: put before the names of files that are missing or unknown.
    ///   - paths: where the files stand, for problems; the name alone where none is given.
    ///   - unread: names of files that are there, and of which it is reported already that they cannot be read.
    mutating func read(
        _ texts: [String: String], folder: String, paths: [String: String] = [:], unread: Set<String> = [],
        digest: String
    ) -> Programme? {
        // What the programme shares is known only when its head has said so: until then nothing else is missing.
        var knowsFiles = false
        // Whether it asks for reviews and pays is known only from its steps.
        var knowsSteps = false
        func stands(_ name: String) -> Bool { texts[name] != nil || unread.contains(name) }
        func root(_ name: String) -> YAMLItem? {
            let path = paths[name] ?? (folder.isEmpty ? name : "\(folder)/\(name)")
            guard let text = texts[name] else {
                if Self.optional.contains(name) || unread.contains(name) { return nil }
                guard knowsFiles || name == "programme.yaml" else { return nil }
                guard knowsSteps || !["review.yaml", "funding.yaml"].contains(name) else { return nil }
                log.add(
                    Place(path: path, line: 1, column: 1), "file.missing", "缺少文件 \(name)",
                    "\(name) is missing")
                return nil
            }
            return YAMLItem.document(text, path: path, log: log)
        }
        for name in texts.keys.sorted() where !Self.files.contains(name) {
            let near = Spelling.nearest(to: name, among: Self.files)
            log.add(
                Place(path: folder.isEmpty ? name : "\(folder)/\(name)", line: 1, column: 1), "file.unknown",
                "方案里没有这种文件" + (near.map { "，是否想写 \($0)？" } ?? ""),
                "a programme has no such file" + (near.map { ", did you mean \($0)?" } ?? ""))
        }
        let top = root("programme.yaml")
        let isTable = if case .map? = top?.value { true } else { false }
        knowsFiles = isTable && top.map(saysWhatItUses) == true
        let terms = root("terms.yaml")
        // Without its head or its terms a programme's sources, parameters and defaults are not known.
        let lacksTerms = stands("terms.yaml") && terms == nil
        if !isTable || lacksTerms { knowsSources = false }
        var head = top.flatMap { readHead($0, terms: terms) }
        if lacksTerms { (head, kinds) = (nil, [:]) }
        let rules = root("rules.yaml").flatMap { readRules($0) }
        let form = root("form.yaml").flatMap { readForm($0) }
        let procedure = root("procedure.yaml").flatMap { readProcedure($0) }
        knowsSteps = procedure != nil
        let asksNobody = procedure.map { $0.step(of: .review) == nil } ?? false
        let review =
            asksNobody && !stands("review.yaml")
            ? ReviewInstrument.none : root("review.yaml").flatMap { readReview($0) }
        let statements =
            !stands("statements.yaml") ? [] : root("statements.yaml").flatMap { readStatements($0) }
        let appraisals =
            !stands("appraisals.yaml") ? [] : root("appraisals.yaml").flatMap { readAppraisals($0) }
        let race = !stands("race.yaml") ? nil : root("race.yaml").flatMap { readRace($0) }
        let nonConsensus =
            !stands("non-consensus.yaml")
            ? nil : root("non-consensus.yaml").flatMap { readNonConsensus($0) }
        let givesMoney = procedure.map { procedure in
            Procedure.money.contains { procedure.step(of: $0) != nil }
        }
        let funding =
            givesMoney == false && !stands("funding.yaml")
            ? FundingRegime.none : root("funding.yaml").flatMap { readFunding($0) }
        let examples = root("cases.yaml")
        let cases = examples.flatMap { readCases($0) }
        let quotaCases = examples.flatMap { readQuotaCases($0) }
        guard let head, let rules, let form, let procedure, let review, let funding, let cases,
            let quotaCases, let statements, let appraisals, race != nil || !stands("race.yaml"),
            nonConsensus != nil || !stands("non-consensus.yaml")
        else {
            return nil
        }
        return Programme(
            id: head.id, title: head.title, summary: head.summary, family: head.family, clauses: head.clauses,
            nature: head.nature, rules: rules, form: form, procedure: procedure, review: review,
            funding: funding, parameters: head.parameters, defaults: head.defaults, cases: cases,
            letting: head.letting, intake: head.intake, parties: head.parties, statements: statements,
            leavesOut: head.leavesOut, appraisals: appraisals, race: race,
            quotaFormula: head.quotaFormula, quotaCases: quotaCases, nonConsensus: nonConsensus,
            joint: head.joint, digest: digest, topics: head.topics, preferences: head.preferences)
    }

    /// Whether the head tells which files are shared: it names none, or in a table.
    private func saysWhatItUses(_ head: YAMLItem) -> Bool {
        guard let uses = head["uses"] else { return true }
        if case .map = uses.value { return true }
        log.add(uses.place, "type.mapping", "此处应为键值表", "a mapping is expected here")
        return false
    }

    /// Reads a list, item by item; nil when any of them could not be read.
    func all<Noun>(_ items: [YAMLItem]?, _ read: (YAMLItem) -> Noun?) -> [Noun]? {
        guard let items else { return nil }
        let nouns = items.map(read)
        let good = nouns.compactMap { $0 }
        return good.count == nouns.count ? good : nil
    }

    /// A list that must not be empty, nor longer than `most`.
    ///
    /// - Parameter name: the key whose value may not stand twice.
    func filled(_ fields: Fields, _ key: String, most: Int = .max, unique name: String = "id") -> [YAMLItem]?
    {
        guard let items = fields.list(key) else { return nil }
        if items.isEmpty {
            log.add(fields.place(of: key), "list.empty", "“\(key)”不能为空", "“\(key)” must not be empty")
        }
        if items.count > most {
            log.add(
                fields.place(of: key), "list.long", "“\(key)”最多 \(most) 项",
                "“\(key)” has at most \(most) entries")
            return nil
        }
        checkUnique(items, key: name)
        return items
    }

    /// Reports ids that stand twice in one list.
    func checkUnique(_ items: [YAMLItem], key: String = "id") {
        var seen: Set<String> = []
        for item in items {
            guard case .map(let pairs) = item.value, let pair = pairs.first(where: { $0.key == key }),
                case .text(let id) = pair.item.value
            else { continue }
            if !seen.insert(id).inserted {
                log.add(pair.item.place, "id.duplicate", "标识“\(id)”重复", "the id “\(id)” stands twice")
            }
        }
    }

    /// A citation, or nil after reporting that there is none.
    func citation(_ fields: Fields) -> Citation? {
        guard let item = fields["cites"] else {
            log.add(fields.place, "rule.no-citation", "没有出处（cites）", "no citation (cites)")
            return nil
        }
        guard
            let cites = Fields(
                item, known: ["source", "clause", "document", "article", "url"], log: log)
        else { return nil }
        var source = Citation()
        if let name = cites["source"]?.text(log) {
            guard let known = sources[name] else {
                guard knowsSources else { return nil }
                let near = Spelling.nearest(to: name, among: Array(sources.keys))
                log.add(
                    cites.place(of: "source"), "source.unknown",
                    "没有名为“\(name)”的来源" + (near.map { "，是否想写“\($0)”？" } ?? ""),
                    "no source is named “\(name)”" + (near.map { ", did you mean “\($0)”?" } ?? ""))
                return nil
            }
            source = known
        }
        let citation = Citation(
            clause: cites["clause"]?.text(log).map { ClauseID($0) } ?? source.clause,
            document: cites["document"]?.text(log) ?? source.document,
            article: cites["article"]?.text(log) ?? source.article, url: cites["url"]?.text(log) ?? source.url
        )
        if citation.clause == nil && citation.document == nil {
            log.add(item.place, "rule.no-citation", "出处既无条款也无文件", "the citation names no clause or document")
            return nil
        }
        return citation
    }

    func optionalCitation(_ fields: Fields) -> Citation? { fields.has("cites") ? citation(fields) : nil }

    func optionalLabel(_ fields: Fields, _ key: String) -> Label? { fields[key]?.label(log) }
}

extension YAMLItem {
    /// Parses a whole file, reporting what stops it; an empty file is reported too.
    static func document(_ text: String, path: String, log: ProblemLog) -> YAMLItem? {
        do {
            if let item = try parse(text, path: path) { return item }
            log.add(Place(path: path, line: 1, column: 1), "file.empty", "文件是空的", "the file is empty")
        } catch {
            log.add(error)
        }
        return nil
    }
}

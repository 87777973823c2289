import Lifecycle
import Store

/// The officer's form: names of its fields, and how what was typed becomes a call.
struct CallForm: Sendable {
    let programme: Programme
    let values: [String: String]

    static let fixed = [
        "title", "number", "year", "opens-day", "opens-time", "closes-day", "closes-time", "guide", "quotas",
    ]

    /// One box for each topic; kept as their ids, a line each.
    static let topics = "topics"

    /// Id of the organisation that funds it too.
    static let funder = "funder"

    static func name(_ part: ReviewScale.Part) -> String { part.rawValue }
    static func name(_ parameter: Parameter) -> String { "p-\(parameter.id)" }
    static func name(_ item: Default) -> String { "d-\(item.id)" }

    /// Every field's name, in the order of the form.
    static func names(_ programme: Programme) -> [String] {
        fixed + (programme.topicUse == .none ? [] : [topics]) + (programme.joint == nil ? [] : [funder])
            + programme.parameters.map(name)
            + programme.defaults.map(name)
            + scale(programme).map(name)
    }

    /// The parts of the scale a call may change; none where nobody reviews.
    static func scale(_ programme: Programme) -> [ReviewScale.Part] {
        programme.review.grades.isEmpty ? [] : ReviewScale.Part.allCases
    }

    /// What a new call begins with: the hour at which calls usually close, and the borrowed practices.
    static func blank(_ programme: Programme, at now: Instant) -> [String: String] {
        var values = ["year": "\(now.day.year)", "opens-time": "09:00", "closes-time": "16:00"]
        for item in programme.defaults { values[name(item)] = "\(item.value)" }
        for part in scale(programme) { values[name(part)] = ScaleText.lines(part.of(programme.review)) }
        return values
    }

    /// A published call, ready to be amended.
    ///
    /// - Parameters:
    ///   - codes: organisation id → the university's code.
    ///   - owner: who answers for it, as it is typed (``OwnerChoice``).
    static func values(
        of call: Call, _ programme: Programme, codes: [String: String], owner: String? = nil
    ) -> [String: String] {
        var values = [
            "title": call.title, "number": call.number, "year": "\(call.year)",
            "opens-day": call.opens.day.text,
            "opens-time": call.opens.clock, "closes-day": call.closes.day.text,
            "closes-time": call.closes.clock,
            "guide": call.guide,
            "quotas": call.quotas.map { "\(codes[$0.key] ?? $0.key) \($0.value)" }.sorted().joined(
                separator: "\n"),
        ]
        if !call.topicIDs.isEmpty {
            values[topics] = call.topicIDs.map(\.rawValue).joined(separator: "\n")
        }
        if let other = call.funder { values[funder] = other.rawValue }
        for parameter in programme.parameters {
            guard let text = call.settings.values[parameter.id] else { continue }
            values[name(parameter)] = parameter.kind == .money ? Self.yuan(text) : text
        }
        if let parameter = programme.ownerParameter { values[name(parameter)] = owner }
        for item in programme.defaults {
            values[name(item)] = "\(call.settings.count(item.id) ?? item.value)"
        }
        let review = call.review(of: programme)
        for part in scale(programme) { values[name(part)] = ScaleText.lines(part.of(review)) }
        return values
    }

    private static func yuan(_ fen: String) -> String {
        guard let amount = Int64(fen).map(Money.init(fen:)) else { return fen }
        let text = amount.yuanText.filter { $0 != "," }
        return text.hasSuffix(".00") ? String(text.dropLast(3)) : text
    }

    /// What came from the browser, only the fields of this form.
    static func typed(_ form: FormFields, _ programme: Programme) -> [String: String] {
        var values: [String: String] = [:]
        let prose = ["guide", "quotas"] + scale(programme).map(Self.name)
        for name in names(programme) {
            let text =
                name == topics
                ? form.all(name).joined(separator: "\n")
                : prose.contains(name) ? (form[name] ?? "") : form.text(name)
            if !text.isEmpty { values[name] = text }
        }
        return values
    }

    /// Something typed that cannot be read, by the field's name.
    struct Problem: Sendable, Hashable {
        let field: String
        let refusal: Refusal
    }

    static let mostGuide = 50_000

    /// What the form says.
    struct Reading: Sendable {
        let call: Call
        /// Why a university's quota is not what the formula says, by organisation id.
        let reasons: [String: String]
        /// Everything in the way of publishing it, each with the field where it is mended.
        let problems: [Problem]
    }

    func reading(id: ID<Call>, digest: String, at now: Instant, _ house: House, _ store: Transaction) throws
        -> Reading
    {
        var problems: [Problem] = []
        let opens = instant("opens", &problems)
        let closes = instant("closes", &problems)
        let year = values["year"].flatMap { Int($0) }
        if year.map({ (2000...2100).contains($0) }) != true {
            problems.append(Problem(field: "year", refusal: Refusal("call.year")))
        }
        if text("guide").count > Self.mostGuide {
            problems.append(
                Problem(field: "guide", refusal: Refusal("call.guide-long", ["most": "\(Self.mostGuide)"])))
        }
        let settings = settings(&problems)
        let owner = try owner(&problems, at: now, house, store)
        let (quotas, reasons) = try quotas(&problems, store)
        let call = Call(
            id: id, programme: programme.id, digest: digest, number: text("number"), title: text("title"),
            year: year ?? 0, opens: opens ?? Instant(milliseconds: 0),
            closes: closes ?? Instant(milliseconds: 0),
            guide: text("guide").trimmed, settings: settings, quotas: quotas,
            topics: topicIDs.isEmpty ? nil : topicIDs,
            funder: text(Self.funder).isEmpty ? nil : ID(text(Self.funder)), owner: owner,
            scale: scale(&problems))
        let unread = Set(problems.map(\.field))
        for refusal in try CallActs.obstacles(call, programme, reasons: reasons, at: now, house, store) {
            let field = Self.field(of: refusal)
            // What cannot be read was said already; what follows from it would only confuse.
            if unread.contains(field) || (refusal.code == "call.order" && (opens == nil || closes == nil)) {
                continue
            }
            problems.append(Problem(field: field, refusal: refusal))
        }
        return Reading(call: call, reasons: reasons, problems: problems)
    }

    /// A whole number that days and years can be reckoned with; what it means bounds it further (``Bounds``).
    private static func count(_ typed: String) -> Int? {
        Int(typed.halfWidth).flatMap { (0...mostCount).contains($0) ? $0 : nil }
    }

    private static let mostCount = 100_000

    private func text(_ name: String) -> String { values[name] ?? "" }

    var topicIDs: [ID<Topic>] { text(Self.topics).split(separator: "\n").map { ID(String($0)) } }

    private func instant(_ name: String, _ problems: inout [Problem]) -> Instant? {
        if let found = Instant(text: "\(text("\(name)-day")) \(text("\(name)-time"))"),
            Day(text: text("\(name)-day")) != nil
        {
            return found
        }
        problems.append(Problem(field: "\(name)-day", refusal: Refusal("call.\(name)-unreadable")))
        return nil
    }

    private func owner(
        _ problems: inout [Problem], at now: Instant, _ house: House, _ store: Transaction
    ) throws -> CallOwner? {
        guard let parameter = programme.ownerParameter else { return nil }
        let typed = text(Self.name(parameter))
        if typed.isEmpty { return nil }
        let found = try OwnerChoice.read(typed, at: now, house, store)
        if found == nil {
            problems.append(
                Problem(
                    field: Self.name(parameter),
                    refusal: Refusal("call.value.owner", ["label": parameter.label.zh])))
        }
        return found
    }

    private func settings(_ problems: inout [Problem]) -> Settings {
        var settings = Settings()
        for parameter in programme.parameters where parameter.kind != .owner {
            let name = Self.name(parameter)
            let typed = text(name)
            guard !typed.isEmpty else { continue }
            let canonical: String? =
                switch parameter.kind {
                case .day: Day(text: typed.halfWidth)?.text
                case .money: Money(yuanText: typed).map { String($0.rawValue) }
                case .count: Self.count(typed).map { String($0) }
                case .flag: typed == "true" || typed == "false" ? typed : nil
                case .text: typed
                case .owner: nil
                }
            if let canonical {
                settings.values[parameter.id] = canonical
            } else {
                problems.append(
                    Problem(
                        field: name,
                        refusal: Refusal(
                            "call.value.\(parameter.kind.rawValue)", ["label": parameter.label.zh])))
            }
        }
        for item in programme.defaults {
            let typed = text(Self.name(item))
            guard let count = Self.count(typed) else {
                problems.append(
                    Problem(
                        field: Self.name(item), refusal: Refusal("call.value.count", ["label": item.label.zh])
                    ))
                continue
            }
            if count != item.value { settings.values[item.id] = "\(count)" }
        }
        return settings
    }

    /// Characters of one part: twelve lines, each with room to spare.
    static let mostScale = 2_000

    /// Nil where both parts are the programme's; a part that is left empty is.
    private func scale(_ problems: inout [Problem]) -> ReviewScale? {
        var parts: [ReviewScale.Part: [ReviewInstrument.Grade]] = [:]
        for part in Self.scale(programme) {
            let typed = text(Self.name(part))
            guard !typed.trimmed.isEmpty else { continue }
            guard typed.count <= Self.mostScale else {
                problems.append(
                    Problem(
                        field: Self.name(part),
                        refusal: Refusal(
                            "call.scale-many",
                            ["label": part.label.zh, "most": "\(ReviewScale.most)"])))
                continue
            }
            let (grades, unread) = ScaleText.read(typed)
            parts[part] = grades
            for line in unread {
                problems.append(
                    Problem(
                        field: Self.name(part),
                        refusal: Refusal(
                            "call.scale-line",
                            ["label": part.label.zh, "line": "\(line.line)", "text": line.text])))
            }
        }
        let own = ReviewScale(
            grades: parts[.grades] ?? programme.review.grades,
            advice: parts[.advice] ?? programme.review.advice)
        return own.grades == programme.review.grades && own.advice == programme.review.advice ? nil : own
    }

    /// Lines of a university's code (five or ten digits) and a number; where the programme has a formula for quotas,
    /// perhaps the reason for another number than the formula's. In place of a code a line may name a group (市属) or a
    /// level (专科): it counts for all of these that have no line of their own.
    private func quotas(_ problems: inout [Problem], _ store: Transaction) throws -> (
        quotas: [String: Int], reasons: [String: String]
    ) {
        var quotas: [String: Int] = [:]
        var reasons: [String: String] = [:]
        var ofGroups: [String: (count: Int, reason: String?)] = [:]
        for (index, line) in text("quotas").split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let parts = Self.parts(line)
            if parts.isEmpty { continue }
            let values = ["line": "\(index + 1)", "text": String(line.prefix(40))]
            guard parts.count == 2 || parts.count == 3 && programme.quotaFormula != nil,
                let count = Self.count(parts[1])
            else {
                problems.append(Problem(field: "quotas", refusal: Refusal("call.quota-line", values)))
                continue
            }
            if parts.count == 3, parts[2].count > Self.mostReason {
                problems.append(
                    Problem(
                        field: "quotas",
                        refusal: Refusal(
                            "call.quota-reason-long", ["line": "\(index + 1)", "most": "\(Self.mostReason)"]))
                )
            }
            guard let university = try Self.university(parts[0], store) else {
                let all = try Self.universities(of: parts[0], store)
                if all.isEmpty {
                    problems.append(Problem(field: "quotas", refusal: Refusal("call.quota-code", values)))
                } else if all.contains(where: { ofGroups[$0] != nil }) {
                    problems.append(Problem(field: "quotas", refusal: Refusal("call.quota-twice", values)))
                }
                for one in all { ofGroups[one] = (count, parts.count == 3 ? parts[2] : nil) }
                continue
            }
            if quotas.updateValue(count, forKey: university) != nil {
                problems.append(Problem(field: "quotas", refusal: Refusal("call.quota-twice", values)))
            }
            if parts.count == 3 { reasons[university] = parts[2] }
        }
        for (university, line) in ofGroups where quotas[university] == nil {
            quotas[university] = line.count
            reasons[university] = line.reason
        }
        return (quotas, reasons)
    }

    static let mostReason = 300

    /// Code, number, and whatever else stands on the line.
    private static func parts(_ line: Substring) -> [String] {
        line.split(maxSplits: 2) { $0.isWhitespace || $0 == "," || $0 == "，" }.map { String($0).trimmed }
            .filter { !$0.isEmpty }
    }

    private static func university(_ name: String, _ store: Transaction) throws -> String? {
        try store.value(
            "SELECT id FROM organisation WHERE code = \(name) OR id = \(name) ORDER BY id", as: String.self)
    }

    /// All universities of a group or of a level.
    private static func universities(of name: String, _ store: Transaction) throws -> [String] {
        try store.values(
            """
            SELECT id FROM organisation WHERE kind = 'university' AND (group_name = \(name) OR level = \(name))
            ORDER BY id
            """, as: String.self)
    }

    /// The field's lines once the formula's quotas are taken over: one for each university of which something is
    /// known; the others' stay as they were typed.
    func takingOver(_ lines: [QuotaReckoning.Line], _ store: Transaction) throws -> String {
        let known = lines.filter(\.verdict.isKnown)
        let taken = Set(known.map(\.university.id))
        let kept = try text("quotas").split(separator: "\n").filter { line in
            guard let name = Self.parts(line).first else { return false }
            return try Self.university(name, store).map { !taken.contains($0) } ?? true
        }
        let new = known.map { "\($0.university.code ?? $0.university.id) \($0.verdict.quota)" }
        return (kept.map(String.init) + new).joined(separator: "\n")
    }

    /// Where an obstacle is mended.
    private static func field(of refusal: Refusal) -> String {
        switch refusal.code {
        case "call.title": "title"
        case "call.number", "call.number-taken", "call.number-fixed": "number"
        case "call.guide": "guide"
        case "call.guide-days", "call.already-open": "opens-day"
        case "call.order", "call.shortened": "closes-day"
        case "call.parameter", "call.owner-vacant", "call.owner-apart": "p-\(refusal.values["id"] ?? "")"
        case "call.bounds", "call.scale-few", "call.scale-many", "call.scale-grade", "call.scale-twice",
            "call.scale-order", "call.scale-spread", "call.scale-fixed":
            refusal.values["field"] ?? "title"
        case "call.topics-none", "call.topics-required", "call.topics-twice", "call.topics-unknown",
            "call.topics-taken", "call.topics-dropped", "call.topics-late":
            topics
        case "call.joint-none", "call.joint-nobody", "call.joint-unknown", "call.joint-waits",
            "call.joint-share", "call.joint-fixed":
            funder
        case "call.quota-nobody": "p-quotaEach"
        case "call.quota-departs": "quotas"
        case "call.grant-over-budget": "p-grantAmount"
        case "call.start-before-close": "p-projectStart"
        case "call.milestone-late": "p-projectYears"
        case "call.budget-lowered": "p-roundBudget"
        default: "title"
        }
    }
}

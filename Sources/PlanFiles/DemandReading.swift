import Lifecycle

extension ProgrammeReader {
    /// A demand that was stated, or the explicit word that none was.
    struct Stated {
        let demand: Demand?
    }

    private static let bare = ["unstated", "fullTimeTeacher", "serviceCoversProject", "notBarred", "quota"]
    private static let kinds = [
        "organisationGroup", "organisationLevel", "applicationsPerPerson", "noActiveProject",
        "notRevokedSince",
        "yearsSinceLateClosing", "neverLed", "neverLedLevel", "notTitleAtAge", "notUnfundedRunning",
        "bornOnOrAfterShare", "ageAtMostShare", "choiceShare", "choiceLeast", "sameField",
        "amountByChoice", "dayWithin",
    ]

    func readDemand(_ item: YAMLItem) -> Stated? {
        switch item.value {
        case .text(let word): return bareDemand(word, item.place)
        case .map(let pairs) where pairs.count == 1:
            return demand(pairs[0].key, pairs[0].item, pairs[0].place).map { Stated(demand: $0) }
        case .map, .list:
            log.add(item.place, "demand.shape", "此处应只有一种要求", "exactly one demand is expected here")
            return nil
        }
    }

    private func bareDemand(_ word: String, _ place: Place) -> Stated? {
        switch word {
        case "unstated": return Stated(demand: nil)
        case "fullTimeTeacher": return Stated(demand: .fullTimeTeacher)
        case "serviceCoversProject": return Stated(demand: .serviceCoversProject)
        case "notBarred": return Stated(demand: .notBarred)
        case "quota": return Stated(demand: .quota)
        default:
            unknownDemand(word, place)
            return nil
        }
    }

    private func unknownDemand(_ word: String, _ place: Place) {
        let near = Spelling.nearest(to: word, among: Self.bare + Self.kinds)
        log.add(
            place, "demand.unknown", "没有“\(word)”这种要求" + (near.map { "，是否想写“\($0)”？" } ?? ""),
            "there is no demand “\(word)”" + (near.map { ", did you mean “\($0)”?" } ?? ""))
    }

    private func demand(_ kind: String, _ item: YAMLItem, _ place: Place) -> Demand? {
        func fields(_ known: String...) -> Fields? { Fields(item, known: known, log: log) }
        switch kind {
        case "organisationGroup":
            guard let fields = fields("groups", "also", "whenFlag") else { return nil }
            let groups = fields.texts("groups")
            if groups.isEmpty {
                log.add(fields.place, "key.missing", "缺少“groups”", "“groups” is missing")
                return nil
            }
            let (also, flag) = (fields["also"]?.text(log), fields["whenFlag"]?.text(log))
            if (also == nil) != (flag == nil) {
                log.add(
                    fields.place, "demand.shape", "also 与 whenFlag 应成对", "also and whenFlag belong together")
                return nil
            }
            return .organisationGroup(groups: groups, also: also, whenFlag: flag)
        case "organisationLevel":
            guard let fields = fields("levels") else { return nil }
            let levels = fields.texts("levels")
            if levels.isEmpty {
                log.add(fields.place, "key.missing", "缺少“levels”", "“levels” is missing")
                return nil
            }
            return .organisationLevel(levels)
        case "applicationsPerPerson":
            guard case .map = item.value else {
                return item.int(log, in: 1...100).map { .applicationsPerPerson($0) }
            }
            guard let fields = fields("most", "family") else { return nil }
            let (most, family) = (fields.int("most", in: 1...100), fields.id("family"))
            guard let most, let family else { return nil }
            return .applicationsPerPersonInFamily(most: most, family: family)
        case "noActiveProject":
            return fields("family")?.id("family").map { .noActiveProject(family: $0) }
        case "neverLed":
            return fields("family")?.id("family").map { .neverLed(family: $0) }
        case "notRevokedSince":
            guard let fields = fields("family", "day") else { return nil }
            let (family, day) = (fields.id("family"), fields.day("day"))
            guard let family, let day else { return nil }
            return .notRevokedSince(family: family, day: day)
        case "yearsSinceLateClosing":
            return familyAndYears(item).map { .yearsSinceLateClosing(family: $0.family, years: $0.years) }
        case "notUnfundedRunning":
            return familyAndYears(item).map { .notUnfundedRunning(family: $0.family, years: $0.years) }
        case "neverLedLevel":
            return item.choice(log, TrackRecord.Level.self).map { .neverLedLevel($0) }
        case "notTitleAtAge":
            guard let fields = fields("titleLevel", "age", "onParameter") else { return nil }
            let (level, age) = (fields.text("titleLevel"), fields.int("age", in: 1...150))
            let parameter = fields.id("onParameter")
            guard let level, let age, let parameter else { return nil }
            return .notTitleAtAge(titleLevel: level, age: age, onParameter: parameter)
        case "bornOnOrAfterShare":
            guard let fields = fields("parameter", "percent") else { return nil }
            let (parameter, percent) = (fields.id("parameter"), fields.int("percent", in: 1...100))
            guard let parameter, let percent else { return nil }
            return .bornOnOrAfterShare(parameter: parameter, percent: percent)
        case "ageAtMostShare":
            guard let fields = fields("age", "onParameter", "percent") else { return nil }
            let (age, parameter) = (fields.int("age", in: 1...150), fields.id("onParameter"))
            let percent = fields.int("percent", in: 1...100)
            guard let age, let parameter, let percent else { return nil }
            return .ageAtMostShare(age: age, onParameter: parameter, percent: percent)
        case "choiceShare":
            guard let fields = fields("field", "options", "percent") else { return nil }
            let (choice, percent) = (choice(fields), fields.int("percent", in: 1...100))
            guard let choice, let percent else { return nil }
            return .choiceShare(field: choice.field, options: choice.options, percent: percent)
        case "choiceLeast":
            guard let fields = fields("field", "options", "onParameter") else { return nil }
            let (choice, parameter) = (choice(fields), fields.id("onParameter"))
            guard let choice, let parameter else { return nil }
            return .choiceLeast(field: choice.field, options: choice.options, onParameter: parameter)
        case "sameField":
            guard let fields = fields("role", "least", "level") else { return nil }
            let (role, least) = (fields.choice("role", Role.self), fields.int("least", in: 1...20))
            let level = fields.choice("level", DisciplineLevel.self)
            guard let role, let least, let level else { return nil }
            return .sameField(role: role, least: least, level: level)
        case "dayWithin":
            guard let fields = fields("field", "from", "until") else { return nil }
            let (field, from, until) = (fields.id("field"), fields.id("from"), fields.id("until"))
            guard let field, let from, let until else { return nil }
            return .dayWithin(field: field, from: from, until: until)
        case "amountByChoice":
            guard let fields = fields("field", "most", "years") else { return nil }
            let (field, most) = (fields.id("field"), ceilings(fields))
            let years = fields["years"]?.identifier(log)
            guard let field, let most, years != nil || !fields.has("years") else { return nil }
            return .amountByChoice(field: field, most: most, years: years)
        default:
            unknownDemand(kind, place)
            return nil
        }
    }

    /// Of whom alone a rule is asked; nil where it does not say, and where what it says is no condition.
    func readCondition(_ fields: Fields) -> ChoiceCondition? {
        fields["when"].flatMap { Fields($0, known: ["field", "options"], log: log) }.flatMap { choice($0) }
            .map { ChoiceCondition(field: $0.field, options: $0.options) }
    }

    /// By answer: yuan, or the parameter in which the call says how much.
    private func ceilings(_ fields: Fields) -> [AmountCeiling]? {
        guard let items = filled(fields, "most", unique: "option") else { return nil }
        return all(items) { item in
            guard
                let fields = Fields(item, known: ["option", "label", "amount", "parameter"], log: log)
            else { return nil }
            let option = fields.id("option")
            let label = optionalLabel(fields, "label")
            if fields.has("amount") == fields.has("parameter") {
                log.add(
                    item.place, "demand.shape", "须有 amount 或 parameter 之一",
                    "either amount or parameter is expected"
                )
                return nil
            }
            let most =
                fields["amount"].flatMap { canonical($0, .money) }.flatMap { Int64($0) }
                .map { AmountCeiling.Most.amount(Money(fen: $0)) }
                ?? fields["parameter"]?.identifier(log).map { .parameter($0) }
            guard let option, let most, label != nil || !fields.has("label") else { return nil }
            return AmountCeiling(option: option, label: label, most: most)
        }
    }

    /// A choice of the form, and at least one of its options.
    private func choice(_ fields: Fields) -> (field: String, options: [String])? {
        let (field, options) = (fields.id("field"), fields.texts("options"))
        if options.isEmpty {
            log.add(fields.place, "key.missing", "缺少“options”", "“options” is missing")
            return nil
        }
        return field.map { ($0, options) }
    }

    private func familyAndYears(_ item: YAMLItem) -> (family: String, years: Int)? {
        guard let fields = Fields(item, known: ["family", "years"], log: log) else { return nil }
        let (family, years) = (fields.id("family"), fields.int("years", in: 1...50))
        guard let family, let years else { return nil }
        return (family, years)
    }
}

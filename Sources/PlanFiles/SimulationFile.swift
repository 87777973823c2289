import Lifecycle

/// `simulation.yaml`: what a simulation takes for granted. A plan without it cannot be simulated.
enum SimulationFile {
    static let name = "simulation.yaml"

    static func read(_ text: String, path: String, log: ProblemLog) -> SimulationAssumptions? {
        let known = [
            "standing", "opens", "openDays", "beginWithin", "perRound", "returnsMost", "own", "staff",
            "parties", "kinds", "otherwise", "urgent",
        ]
        guard let item = YAMLItem.document(text, path: path, log: log),
            let fields = Fields(item, known: known, log: log)
        else { return nil }
        let reader = ProgrammeReader(log: log)
        let standing = fields.choice("standing", RuleStanding.self)
        let opens = fields.day("opens")
        let openDays = fields.int("openDays", in: 1...3650)
        let within = fields.int("beginWithin", in: 1...100)
        let perRound = fields.int("perRound", in: 1...1_000_000)
        let returns = fields.int("returnsMost", in: 0...20)
        let own = reader.all(fields.list("own")) { $0.choice(log, Role.self) }
        let (staffItems, kindItems) = (fields.list("staff"), fields.list("kinds"))
        reader.checkUnique(staffItems ?? [], key: "role")
        reader.checkUnique(kindItems ?? [], key: "kind")
        let staff = reader.all(staffItems) { people($0, log) }
        let partyItems = fields.has("parties") ? fields.list("parties") : []
        reader.checkUnique(partyItems ?? [], key: "role")
        let parties = reader.all(partyItems) { people($0, log) }
        let kinds = reader.all(kindItems) { named($0, log) }
        let otherwise = fields.required("otherwise").flatMap { usual($0, log) }
        let urgent = fields["urgent"].flatMap { Self.urgent($0, log) }
        if fields.has("urgent"), urgent == nil { return nil }
        guard let standing, let opens, let openDays, let within, let perRound, let returns, let own,
            let staff, let parties, let kinds, let otherwise
        else { return nil }
        return SimulationAssumptions(
            standing: standing, opens: opens, openDays: openDays, beginWithin: within, perRound: perRound,
            returnsMost: returns,
            staff: Dictionary(staff.map { ($0.role, $0.people) }, uniquingKeysWith: { first, _ in first }),
            own: Set(own),
            parties: Dictionary(
                parties.map { ($0.role, $0.people) }, uniquingKeysWith: { first, _ in first }),
            habits: Dictionary(kinds.map { ($0.kind, $0.habit) }, uniquingKeysWith: { first, _ in first }),
            otherwise: otherwise, urgent: urgent)
    }

    private static func usual(_ item: YAMLItem, _ log: ProblemLog) -> SimulationAssumptions.Habit? {
        Fields(item, known: ["pause", "work", "returned", "refused"], log: log).flatMap { habit($0) }
    }

    private static func urgent(_ item: YAMLItem, _ log: ProblemLog) -> SimulationAssumptions.Urgent? {
        guard let fields = Fields(item, known: ["kinds", "otherwise"], log: log) else { return nil }
        let items = fields.list("kinds")
        let reader = ProgrammeReader(log: log)
        reader.checkUnique(items ?? [], key: "kind")
        let kinds = reader.all(items) { named($0, log) }
        let otherwise = fields.required("otherwise").flatMap { usual($0, log) }
        guard let kinds, let otherwise else { return nil }
        return SimulationAssumptions.Urgent(
            habits: Dictionary(kinds.map { ($0.kind, $0.habit) }, uniquingKeysWith: { first, _ in first }),
            otherwise: otherwise)
    }

    private static func people(_ item: YAMLItem, _ log: ProblemLog) -> (role: Role, people: Int)? {
        guard let fields = Fields(item, known: ["role", "people"], log: log) else { return nil }
        let (role, people) = (fields.choice("role", Role.self), fields.int("people", in: 0...100_000))
        guard let role, let people else { return nil }
        return (role, people)
    }

    private static func named(_ item: YAMLItem, _ log: ProblemLog) -> (
        kind: Step.Kind, habit: SimulationAssumptions.Habit
    )? {
        let known = ["kind", "pause", "work", "returned", "refused"]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let (kind, habit) = (fields.choice("kind", Step.Kind.self), habit(fields))
        guard let kind, let habit else { return nil }
        return (kind, habit)
    }

    private static func habit(_ fields: Fields) -> SimulationAssumptions.Habit? {
        let (pause, work) = (span(fields, "pause"), span(fields, "work"))
        let returned = fields.has("returned") ? fields.int("returned", in: 0...100) : 0
        let refused = fields.has("refused") ? fields.int("refused", in: 0...100) : 0
        guard let pause, let work, let returned, let refused else { return nil }
        return SimulationAssumptions.Habit(pause: pause, work: work, returned: returned, refused: refused)
    }

    private static func span(_ fields: Fields, _ key: String) -> SimulationAssumptions.Span? {
        guard let items = fields.list(key) else { return nil }
        let numbers = items.compactMap { $0.int(fields.log, in: 0...1_000_000) }
        guard numbers.count == items.count else { return nil }
        guard numbers.count == 3, numbers[0] <= numbers[1], numbers[1] <= numbers[2] else {
            fields.log.add(
                fields.place(of: key), "simulation.span", "应依次写最短、最可能、最长三个数",
                "three numbers are expected here: least, likely, most, in this order")
            return nil
        }
        return SimulationAssumptions.Span(numbers[0], numbers[1], numbers[2])
    }
}

/// One round: dossiers that go through one procedure at the same time and wait for the same people.
///
/// The states and deadlines of a dossier are those of ``Standing``, which a test holds against each other; here they
/// are kept and not replayed, because a round makes hundreds of thousands of moves.
struct SimulationRound {
    enum State: UInt8 { case waiting, open, done, refused, skipped }

    /// A move as a journal would have it, for whoever wants to look on.
    struct Move {
        let dossier: Int
        let step: Int
        let slot: Int
        let outcome: Lifecycle.Move.Outcome
        let target: Int?
        let day: Day
        let tick: Int
    }

    /// When a step is due: a day, and the very tick where hours are counted.
    struct Due {
        let day: Day
        let tick: Int?
    }

    private struct Cell {
        var state = State.waiting
        var opened = 0
        /// When the dossier's step is due; nil for never.
        var due: Due?
        var left = 0
        /// How often it opened.
        var opening = 0
    }

    private let graph: SimulationGraph
    private let assumptions: SimulationAssumptions
    private let seed: UInt64
    /// Number of the round's first dossier among all.
    private let first: Int
    private let count: Int
    private let closing: Day
    private var clock: SimulationClock
    private var queue = SimulationQueue()
    private var cells: [Cell]
    private var returns: [Int]
    private var began: [Int]
    private var isOver: [Bool]
    private var free: [Role: Int] = [:]
    private var lines: [Role: Line] = [:]
    private(set) var tally: SimulationTally
    /// Nil unless somebody looks on.
    private(set) var moves: [Move]?

    /// Those who wait for one role, first come first served.
    private struct Line {
        var tasks: [SimulationTask] = []
        var head = 0

        mutating func pop() -> SimulationTask? {
            guard head < tasks.count else { return nil }
            defer { head += 1 }
            return tasks[head]
        }
    }

    init(
        _ graph: SimulationGraph, _ assumptions: SimulationAssumptions, calendar: WorkCalendar, seed: UInt64,
        first: Int, count: Int, watched: Bool = false
    ) {
        self.graph = graph
        self.assumptions = assumptions
        self.seed = seed
        self.first = first
        self.count = count
        closing = assumptions.opens.adding(assumptions.openDays)
        clock = SimulationClock(from: assumptions.opens, calendar: calendar, unit: graph.unit)
        cells = Array(repeating: Cell(), count: count * graph.nodes.count)
        returns = Array(repeating: 0, count: count)
        began = Array(repeating: 0, count: count)
        isOver = Array(repeating: false, count: count)
        tally = SimulationTally(steps: graph.nodes.count)
        moves = watched ? [] : nil
        for node in graph.nodes {
            for role in node.roles where !assumptions.own.contains(role) {
                free[role] = assumptions.people(role)
                lines[role] = Line()
            }
        }
    }

    /// Plays until nothing more happens.
    mutating func play() {
        let open = max(timeToBegin() * assumptions.beginWithin / 100, 1)
        for dossier in 0..<count {
            var chance = chance(dossier, step: -1, opening: 0, slot: 0)
            began[dossier] = chance.below(open)
            openReady(dossier, at: began[dossier], reopened: nil)
        }
        while let event = queue.next() {
            if event.isEnd { end(event.task, at: event.tick) } else { arrive(event.task, at: event.tick) }
        }
        for dossier in 0..<count where !isOver[dossier] {
            tally.stuck += 1
            for step in graph.nodes.indices where cell(dossier, step).state == .open {
                tally.steps[step].stuck += 1
            }
        }
        tally.lastTick = max(tally.lastTick, 1)
    }

    /// As long as the call is open; where the writing itself has so many hours from the publication, these.
    private mutating func timeToBegin() -> Int {
        let hours = graph.nodes.lazy.compactMap { node -> Int? in
            guard node.step.after.isEmpty, case .afterPublication(.hours(let count))? = node.step.within
            else {
                return nil
            }
            return count
        }.min()
        if graph.unit == .hours, let hours { return hours * 100 }
        return clock.end(of: closing)
    }

    var unit: SimulationReport.Unit { graph.unit }
    func state(_ dossier: Int, _ step: Int) -> State { cell(dossier, step).state }
    func due(_ dossier: Int, _ step: Int) -> Due? { cell(dossier, step).due }
    func beginning(_ dossier: Int) -> Int { began[dossier] }

    private func cell(_ dossier: Int, _ step: Int) -> Cell { cells[dossier * graph.nodes.count + step] }
    private func place(_ dossier: Int, _ step: Int) -> Int { dossier * graph.nodes.count + step }

    /// Of its own for each part of each opening, so that more people or another order change no draw.
    private func chance(_ dossier: Int, step: Int, opening: Int, slot: Int) -> SplitMix64 {
        var mixed = seed
        for part in [first + dossier, step + 1, opening, slot] {
            mixed = (mixed ^ UInt64(part + 1)) &* 0x9E37_79B9_7F4A_7C15
            mixed ^= mixed >> 29
        }
        return SplitMix64(seed: mixed)
    }

    // MARK: - what opens

    private mutating func openReady(_ dossier: Int, at tick: Int, reopened: Day?) {
        for step in graph.nodes.indices where cells[place(dossier, step)].state == .waiting {
            guard let after = graph.nodes[step].after,
                after.allSatisfy({ cells[place(dossier, $0)].state == .done })
            else { continue }
            open(dossier, step, at: tick, reopened: reopened)
        }
    }

    private mutating func open(_ dossier: Int, _ step: Int, at tick: Int, reopened: Day?) {
        let node = graph.nodes[step]
        let here = place(dossier, step)
        let due: Due? =
            switch node.step.within {
            case .none: nil
            case .some(.term(let term)): deadline(term, from: tick, on: clock.day(of: tick))
            case .some(.callClosing): deadline(on: reopened ?? closing)
            case .some(.afterClosing(let term)): deadline(term, from: clock.end(of: closing), on: closing)
            // A simulated call opens as it is published.
            case .some(.afterPublication(let term)): deadline(term, from: 0, on: assumptions.opens)
            }
        cells[here].state = .open
        cells[here].opened = tick
        cells[here].due = due
        cells[here].left = node.roles.count
        cells[here].opening += 1
        tally.steps[step].opened += 1
        if cells[here].opening == 1 { tally.steps[step].reached += 1 }
        guard node.obstacle == nil else { return }
        let opening = cells[here].opening
        for slot in node.roles.indices {
            var chance = chance(dossier, step: step, opening: opening, slot: slot)
            let pause = node.habit.pause.draw(using: &chance)
            let work = node.habit.work.draw(using: &chance)
            queue.plan(
                SimulationTask(dossier: dossier, step: step, slot: slot, opening: opening, work: work),
                at: clock.end(of: pause, from: tick, byHour: node.step.isByHour), isEnd: false)
        }
    }

    private mutating func deadline(_ term: Term, from tick: Int, on day: Day) -> Due {
        if graph.unit == .hours, case .hours(let count) = term {
            let end = tick + count * 100
            return Due(day: clock.day(of: end), tick: end)
        }
        return deadline(on: clock.end(of: term, from: day))
    }

    private mutating func deadline(on day: Day) -> Due {
        Due(day: day, tick: graph.unit == .hours ? clock.end(of: day) : nil)
    }

    // MARK: - who works

    private func isStale(_ task: SimulationTask) -> Bool {
        let cell = cell(task.dossier, task.step)
        return cell.state != .open || cell.opening != task.opening
    }

    private mutating func arrive(_ task: SimulationTask, at tick: Int) {
        guard !isStale(task) else { return }
        var task = task
        task.arrived = tick
        let role = graph.nodes[task.step].roles[task.slot]
        guard let people = free[role] else {
            queue.plan(task, at: finish(of: task, from: tick), isEnd: true)
            return
        }
        guard people > 0 else {
            lines[role]?.tasks.append(task)
            return
        }
        free[role] = people - 1
        begin(task, role, at: tick)
    }

    private mutating func begin(_ task: SimulationTask, _ role: Role, at tick: Int) {
        let waited = tick - task.arrived
        let end = finish(of: task, from: tick)
        tally.roles[role, default: SimulationTally.OfRole()].begin(waiting: waited, work: end - tick)
        tally.steps[task.step].waited += waited
        queue.plan(task, at: end, isEnd: true)
    }

    private mutating func finish(of task: SimulationTask, from tick: Int) -> Int {
        clock.end(of: task.work, from: tick, byHour: graph.nodes[task.step].step.isByHour)
    }

    private mutating func end(_ task: SimulationTask, at tick: Int) {
        let role = graph.nodes[task.step].roles[task.slot]
        if let people = free[role] {
            var next = lines[role]?.pop()
            while let waiting = next, isStale(waiting) { next = lines[role]?.pop() }
            if let next { begin(next, role, at: tick) } else { free[role] = people + 1 }
        }
        tally.lastTick = max(tally.lastTick, tick)
        guard !isStale(task) else { return }
        let here = place(task.dossier, task.step)
        cells[here].left -= 1
        if cells[here].left > 0 {
            note(task, .contributed, nil, at: tick)
        } else {
            complete(task, at: tick)
        }
    }

    private mutating func note(
        _ task: SimulationTask, _ outcome: Lifecycle.Move.Outcome, _ target: Int?, at tick: Int
    ) {
        guard moves != nil else { return }
        moves?.append(
            Move(
                dossier: task.dossier, step: task.step, slot: task.slot, outcome: outcome, target: target,
                day: clock.day(of: tick), tick: tick))
    }

    // MARK: - what becomes of it

    private mutating func complete(_ task: SimulationTask, at tick: Int) {
        let (dossier, step) = (task.dossier, task.step)
        let node = graph.nodes[step]
        let here = place(dossier, step)
        let due = cells[here].due
        let today = clock.day(of: tick)
        if let due, due.tick.map({ tick > $0 }) ?? (today > due.day) {
            tally.steps[step].missed += 1
            // What is not handed in when the call closes is not taken.
            if case .some(.callClosing) = node.step.within {
                close(dossier, .late)
                return
            }
        }
        var chance = chance(dossier, step: step, opening: cells[here].opening, slot: -1)
        let (returning, refusing) = (chance.below(100), chance.below(100))
        if !node.returnsTo.isEmpty, returns[dossier] < assumptions.returnsMost,
            returning < node.habit.returned
        {
            let target = chance.pick(node.returnsTo)
            returns[dossier] += 1
            tally.steps[step].returned += 1
            note(task, .returned, target, at: tick)
            for other in graph.nodes[target].onward { cells[place(dossier, other)].state = .waiting }
            openReady(dossier, at: tick, reopened: max(closing, due?.day ?? closing))
            return
        }
        let isByHour = graph.unit == .hours && node.step.isByHour
        let took =
            isByHour
            ? (tick - cells[here].opened + 99) / 100 : today.number - clock.day(of: cells[here].opened).number
        tally.steps[step].took.append(took)
        if refusing < node.habit.refused {
            note(task, .refused, nil, at: tick)
            cells[here].state = .refused
            tally.steps[step].refused += 1
            close(dossier, .refused)
            return
        }
        note(task, .done, nil, at: tick)
        cells[here].state = .done
        tally.steps[step].done += 1
        openReady(dossier, at: tick, reopened: nil)
        if isByHour, isFromPublication(node.step),
            graph.nodes.indices.allSatisfy({
                !isFromPublication(graph.nodes[$0].step) || cells[place(dossier, $0)].state == .done
            })
        {
            tally.hours.append((tick + 99) / 100)
        }
        if graph.nodes.indices.allSatisfy({ cells[place(dossier, $0)].state == .done }) {
            isOver[dossier] = true
            tally.finished += 1
            tally.took.append(today.number - clock.day(of: began[dossier]).number)
        }
    }

    private func isFromPublication(_ step: Step) -> Bool {
        if case .afterPublication(.hours)? = step.within { true } else { false }
    }

    private enum Ending { case refused, late }

    private mutating func close(_ dossier: Int, _ ending: Ending) {
        isOver[dossier] = true
        switch ending {
        case .refused: tally.refused += 1
        case .late: tally.late += 1
        }
        for step in graph.nodes.indices {
            let here = place(dossier, step)
            if cells[here].state == .waiting || cells[here].state == .open { cells[here].state = .skipped }
        }
    }
}

/// Time as a simulation counts it, from the day it begins: ticks of a hundredth of a working day, where nobody works on
/// other days and terms that count days end on any; or, where terms are hours, ticks of a hundredth of an hour, day and
/// night.
struct SimulationClock {
    static let dayLength = 100
    /// Ticks of a civil day where hours are counted.
    static let aroundTheClock = 2_400

    private let unit: SimulationReport.Unit
    private let calendar: WorkCalendar
    private let first: Day
    /// Working days from `first` on.
    private var working: [Day] = []
    /// For each civil day from `first` on, how many working days there are up to it, itself included.
    private var counts: [Int] = []

    init(from first: Day, calendar: WorkCalendar, unit: SimulationReport.Unit = .workingDays) {
        self.unit = unit
        self.calendar = calendar
        self.first = first
        grow(days: 800)
    }

    private mutating func grow(days: Int) {
        for _ in 0..<days {
            let day = first.adding(counts.count)
            if calendar.isWorking(day) { working.append(day) }
            counts.append(working.count)
        }
    }

    /// The day on which something that ends at `tick` ends; what ends as a working day does belongs to that day.
    mutating func day(of tick: Int) -> Day {
        if unit == .hours { return first.adding(tick / Self.aroundTheClock) }
        let place = max(tick - 1, 0) / Self.dayLength
        while place >= working.count { grow(days: 800) }
        return working[place]
    }

    /// The last tick of the day, or of the last working day up to it.
    mutating func end(of day: Day) -> Int {
        switch unit {
        case .hours: (day.number - first.number + 1) * Self.aroundTheClock - 1
        case .workingDays: count(upTo: day) * Self.dayLength
        }
    }

    /// The moment of a tick where hours are counted.
    func moment(of tick: Int) -> Instant { Instant(first).adding(milliseconds: Int64(tick) * 36_000) }

    /// When something that takes so long, as the step's habit counts, ends.
    mutating func end(of length: Int, from tick: Int, byHour: Bool) -> Int {
        if unit == .workingDays || byHour || length == 0 { return tick + length }
        // So many hundredths of working days, in a count that has nights and holidays in it.
        var left = length * Self.aroundTheClock / Self.dayLength
        var now = tick
        while true {
            let day = now / Self.aroundTheClock
            let next = (day + 1) * Self.aroundTheClock
            if isWorking(day) {
                if left < next - now { return now + left }
                left -= next - now
            }
            now = next
        }
    }

    private mutating func isWorking(_ place: Int) -> Bool {
        while place >= counts.count { grow(days: 800) }
        return counts[place] > (place == 0 ? 0 : counts[place - 1])
    }

    /// As ``Term/end(from:in:)`` has it: the term's last day, the opening day not counted.
    mutating func end(of term: Term, from day: Day) -> Day {
        switch term {
        // Where days are counted, hours end with the day in which they do.
        case .hours(let count): return day.adding((count + 23) / 24)
        case .days(let count): return day.adding(count)
        case .workingDays(let count):
            let place = self.count(upTo: day) + count - 1
            while place >= working.count { grow(days: 800) }
            return place < 0 ? day : working[place]
        }
    }

    private mutating func count(upTo day: Day) -> Int {
        let place = day.number - first.number
        guard place >= 0 else { return 0 }
        while place >= counts.count { grow(days: 800) }
        return counts[place]
    }
}

/// What happens when: the earliest first, and of the same moment what was planned first.
struct SimulationQueue {
    struct Event {
        let tick: Int
        let order: Int
        let task: SimulationTask
        /// The task's work is done; else it arrives at its role.
        let isEnd: Bool
    }

    private var heap: [Event] = []
    private var planned = 0

    mutating func plan(_ task: SimulationTask, at tick: Int, isEnd: Bool) {
        planned += 1
        heap.append(Event(tick: tick, order: planned, task: task, isEnd: isEnd))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard Self.isBefore(heap[child], heap[parent]) else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    mutating func next() -> Event? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            let (left, right) = (2 * parent + 1, 2 * parent + 2)
            if left < heap.count && Self.isBefore(heap[left], heap[least]) { least = left }
            if right < heap.count && Self.isBefore(heap[right], heap[least]) { least = right }
            guard least != parent else { return first }
            heap.swapAt(least, parent)
            parent = least
        }
    }

    private static func isBefore(_ left: Event, _ right: Event) -> Bool {
        left.tick == right.tick ? left.order < right.order : left.tick < right.tick
    }
}

/// One person's part in one step of one dossier.
struct SimulationTask {
    let dossier: Int
    let step: Int
    /// Which of those who must contribute.
    let slot: Int
    /// Of the step's opening it belongs to: what was opened anew since no longer counts.
    let opening: Int
    /// In ticks.
    let work: Int
    /// When it reached the role.
    var arrived = 0
}

/// What is counted while a simulation runs; rounds are added up.
struct SimulationTally {
    struct OfStep {
        /// Dossiers that came here at all.
        var reached = 0
        /// How often it opened, after returns again.
        var opened = 0
        var done = 0
        var returned = 0
        var refused = 0
        var missed = 0
        /// Dossiers that never got on from here.
        var stuck = 0
        /// Ticks that its tasks waited for a person.
        var waited = 0
        /// Calendar days from opening to done, of each time it was done or refused; hours where its term is hours.
        var took: [Int] = []
    }

    struct OfRole {
        var tasks = 0
        /// Ticks somebody was busy.
        var busy = 0
        /// Ticks that each task waited.
        var waits: [Int] = []

        mutating func begin(waiting: Int, work: Int) {
            tasks += 1
            busy += work
            waits.append(waiting)
        }
    }

    var steps: [OfStep]
    var roles: [Role: OfRole] = [:]
    var finished = 0
    var refused = 0
    var late = 0
    var stuck = 0
    /// Calendar days from the beginning to the last step, of what came to it.
    var took: [Int] = []
    /// Hours from the publication to the last of the steps that are counted from there, of what came so far.
    var hours: [Int] = []
    /// When the last task ended; over rounds, the sum.
    var lastTick = 0

    init(steps: Int) { self.steps = Array(repeating: OfStep(), count: steps) }

    mutating func add(_ other: SimulationTally) {
        for step in steps.indices {
            let more = other.steps[step]
            steps[step].reached += more.reached
            steps[step].opened += more.opened
            steps[step].done += more.done
            steps[step].returned += more.returned
            steps[step].refused += more.refused
            steps[step].missed += more.missed
            steps[step].stuck += more.stuck
            steps[step].waited += more.waited
            steps[step].took += more.took
        }
        for (role, more) in other.roles {
            roles[role, default: OfRole()].tasks += more.tasks
            roles[role, default: OfRole()].busy += more.busy
            roles[role, default: OfRole()].waits += more.waits
        }
        finished += other.finished
        refused += other.refused
        late += other.late
        stuck += other.stuck
        took += other.took
        hours += other.hours
        lastTick += other.lastTick
    }
}

import Foundation
import Lifecycle
import Matching
import Store

/// The job that makes a plan: reads the call, scores, solves, and keeps what came of it.
enum PlanMaking {
    static let kind = JobKind("assignment-plan", seenBy: [.programmeOfficer]) { run in try work(run) }

    /// What an officer asked for.
    struct Wanted: Sendable, Codable, Hashable {
        let objective: AssignmentPlan.Objective
        /// No application below it, in points, where its candidates allow; nil seeks the highest.
        let floor: Int64?
        let keepsInvited: Bool
        /// A signed plan to begin from, after invitations were declined; nil begins anew.
        var beginning: ID<AssignmentPlan>?
    }

    private static func work(_ run: JobRun) throws -> String? {
        let call = ID<Call>(run.job.subjectId)
        let wanted = try JSONDecoder().decode(Wanted.self, from: Data(run.job.input.utf8))
        let plan = run.house.world.id(AssignmentPlan.self)
        let now = run.house.now
        let ground = try PlanGround.read(call, at: now, run.house) {
            try run.tell(Int64($0), of: Int64($1), stage: "reading")
        }
        let made = try PairingProblem(ground, keepsInvited: wanted.keepsInvited) {
            try run.tell(Int64($0), of: Int64($1), stage: "scoring")
        }
        let problem = try made.stated()
        let left = try wanted.beginning.flatMap { plan in
            try run.house.database.readNow { try PlanLeftOver.read(plan, made, problem, $0) }
        }
        let solution = try solved(problem, wanted, from: left, run)
        try run.tell(0, of: 0, stage: "keeping")
        let salt = Canonical.hex(run.house.world.secretBytes(16))
        let documents = try PlanDocuments(
            made, problem, solution, salt: salt, isCancelled: { run.isCancelled })
        let lines = PlanLines(made, problem, solution)
        try run.house.database.writeNow { store in
            try lines.keep(
                plan, wanted, documents, salt: salt, by: run.job.askedBy, at: now, store)
        }
        return "/office/assign/\(call)/plans/\(plan)"
    }

    /// The share of the highest total that the next worst may cost; the form says so.
    private static let mostGivenUp = 0.01

    private static func solved(
        _ problem: MatchingProblem, _ wanted: Wanted, from left: Solution?, _ run: JobRun
    ) throws -> Solution {
        let objective: Objective =
            switch wanted.objective {
            case .total: .total
            case .fair: .fair(floor: wanted.floor)
            case .leximin: .leximin(givingUp: mostGivenUp)
            }
        do throws(MatchingRefused) {
            return try solve(
                problem, objective: objective, from: left,
                progress: { progress in
                    // Whether to stop is asked apart.
                    try? run.tell(
                        Int64(progress.done), of: Int64(progress.of), stage: progress.phase.rawValue)
                }, isCancelled: { run.isCancelled })
        } catch .cancelled {
            throw JobRun.Cancelled()
        }
    }
}

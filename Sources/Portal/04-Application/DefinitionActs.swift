package import Lifecycle
import PlanFiles
import Store

/// How a new definition of a programme comes into force: one person proposes it, another activates it (ADR 0026).
package enum DefinitionActs {
    static let leastGrounds = 8
    static let mostGrounds = 2_000

    /// Puts a definition forward.
    ///
    /// - Parameters:
    ///   - files: its texts by file name.
    ///   - moving: the calls that run and are to go over to it; all others keep what they pinned.
    package static func propose(
        _ programme: String, files: [String: String], moving: [ID<Call>], grounds: String, by viewer: Viewer,
        _ change: Change, _ house: House
    ) throws {
        try check(grounds)
        guard let inForce = try house.definitions.inForce(programme, change.store) else { throw Missing() }
        guard try DefinitionQueries.waiting(programme, change.store) == nil else {
            throw Refused("definition.waiting")
        }
        let new = try read(files, of: programme, house)
        guard new.digest != inForce.digest else { throw Refused("definition.same") }
        try checkMoves(moving, to: new, by: viewer, change, house)
        try change.append(
            DefinitionProposed(
                programme: new, replaces: inForce.digest, files: files, moving: moving.map(\.rawValue)),
            about: .programme(programme), as: .programmeOfficer, reason: grounds.trimmed,
            clause: new.clauses.first)
    }

    /// Brings a proposed definition into force and takes the named calls over, all of it or nothing.
    package static func activate(
        _ proposal: Int64, reason: String, by viewer: Viewer, _ change: Change, _ house: House
    ) throws {
        let record = try open(proposal, change.store)
        try check(reason)
        guard record.proposer != viewer.person else { throw Refused("definition.two") }
        guard let inForce = try house.definitions.inForce(record.programme, change.store),
            let new = try house.definitions.programme(record.digest, change.store)
        else { throw Missing() }
        guard inForce.digest == record.replaces else { throw Refused("definition.replaced") }
        let moving = try record.movingCalls()
        let calls = try checkMoves(moving, to: new, by: viewer, change, house)
        try settle(record, .activated, as: .commissionLeader, reason: reason, change)
        for call in calls { try CallMoving.move(call, to: new, change) }
    }

    package static func decline(
        _ proposal: Int64, reason: String, by viewer: Viewer, _ change: Change
    ) throws {
        let record = try open(proposal, change.store)
        try check(reason)
        guard record.proposer != viewer.person else { throw Refused("definition.two") }
        try settle(record, .declined, as: .commissionLeader, reason: reason, change)
    }

    /// Takes one's own proposal back.
    package static func withdraw(
        _ proposal: Int64, reason: String, by viewer: Viewer, _ change: Change
    ) throws {
        let record = try open(proposal, change.store)
        try check(reason)
        guard record.proposer == viewer.person else { throw Refused("definition.not-yours") }
        try settle(record, .withdrawn, as: .programmeOfficer, reason: reason, change)
    }

    /// The programme these texts define. Refuses what `jiebang plan check` finds an error in.
    static func read(_ files: [String: String], of programme: String, _ house: House) throws -> Programme {
        let problems = problems(in: files, house).count(where: \.isError)
        guard problems == 0 else { throw Refused("definition.problems", ["count": "\(problems)"]) }
        // What the check found no error in can be read; if not, the fault is the house's, and is said aloud.
        let new = try PlanFolder.programme(files: files)
        guard new.id == programme else {
            throw Refused("definition.other-id", ["id": programme, "other": new.id])
        }
        return new
    }

    /// What `jiebang plan check` finds in these texts: the same reader, the same checks.
    static func problems(in files: [String: String], _ house: House) -> [PlanProblem] {
        PlanCheck.check(files: files, clauses: Set(house.plan.clauses.map(\.id)))
    }

    @discardableResult
    private static func checkMoves(
        _ moving: [ID<Call>], to new: Programme, by viewer: Viewer, _ change: Change, _ house: House
    ) throws -> [Call] {
        let running = try CallMoving.running(new.id, at: change.at, change.store)
        var refusals: [Refusal] = []
        var calls: [Call] = []
        for id in moving {
            guard let call = running.first(where: { $0.id == id }) else {
                refusals.append(Refusal("definition.not-running"))
                continue
            }
            calls.append(call)
            // Who has an interest in a dossier does not change the rules it runs under.
            if try WhatIfRounds.isBarred(viewer, from: id, change.store) {
                refusals.append(Refusal("definition.conflict", ["number": call.number]))
            }
            refusals += try CallMoving.obstacles(call, to: new, at: change.at, house, change.store)
        }
        guard refusals.isEmpty else { throw Refused(shortened(refusals)) }
        return calls
    }

    /// Not more than a person reads at one time.
    private static func shortened(_ refusals: [Refusal]) -> [Refusal] {
        let most = 20
        guard refusals.count > most else { return refusals }
        return refusals.prefix(most) + [Refusal("definition.more", ["count": "\(refusals.count - most)"])]
    }

    private static func open(_ proposal: Int64, _ store: Transaction) throws -> DefinitionRecord {
        guard let record = try DefinitionQueries.find(proposal, store) else { throw Missing() }
        guard record.isWaiting else { throw Refused("definition.settled") }
        return record
    }

    private static func settle(
        _ record: DefinitionRecord, _ answer: DefinitionAnswer, as role: Role, reason: String,
        _ change: Change
    ) throws {
        try change.append(
            DefinitionSettled(proposal: record.fact, digest: record.digest, answer: answer),
            about: .programme(record.programme), as: role, reason: reason.trimmed)
    }

    private static func check(_ reason: String) throws {
        guard reason.trimmedCount >= leastGrounds else {
            throw Refused("reason.short", ["least": "\(leastGrounds)"])
        }
        guard reason.count <= mostGrounds else {
            throw Refused("definition.reason-long", ["most": "\(mostGrounds)"])
        }
    }
}

extension Subject {
    package static func programme(_ id: String) -> Subject { Subject(kind: "programme", id: id) }
}

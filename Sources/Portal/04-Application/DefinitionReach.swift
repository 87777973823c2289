import Lifecycle
import Store

/// What a proposed definition would touch: the calls that go over, those that stay, and the closed rounds that can be
/// asked what it would have changed.
struct DefinitionReach: Sendable {
    struct Moving: Sendable {
        let call: Call
        let told: Told
    }

    /// What is told of a call's dossiers.
    enum Told: Sendable {
        /// Nobody asked, there are too many, or the proposal was answered.
        case nothing
        /// The viewer has an interest in one of them: then the page says nothing of any.
        case barred
        case shifts([CallShift])
    }

    /// So many dossiers a page replays while its reader waits; `jiebang plan check --data` looks at any number.
    static let mostReplayed = 20_000

    let moving: [Moving]
    /// They were asked for, and the calls that go over have more dossiers than are replayed.
    let isTooMany: Bool
    /// Calls that run and keep what they pinned.
    let staying: [Call]
    /// Closed calls of the programme, for who may judge them again. Whether an interest keeps the viewer from one is
    /// looked at when it is opened: here that would be a search through every dossier of each.
    let rounds: [Call]

    /// - Parameter replaying: whether the dossiers of the calls that go over are asked for. Of a proposal that was
    ///   answered nothing is replayed: its calls went over, or stay.
    init(
        _ record: DefinitionRecord, to new: Programme, replaying: Bool, _ ask: Ask, _ store: Transaction
    ) throws {
        let named = try record.movingCalls()
        let calls = try named.compactMap { try Calls.find($0, store) }
        let isAsked = replaying && record.isWaiting
        isTooMany = try isAsked && Self.exceed(Self.mostReplayed, calls, store)
        let replays = isAsked && !isTooMany
        moving = try calls.map { call in
            guard replays else { return Moving(call: call, told: .nothing) }
            if try WhatIfRounds.isBarred(ask.viewer, from: call.id, store) {
                return Moving(call: call, told: .barred)
            }
            let dossiers = try CallMoving.replayed(call, to: new, ask.house, store)
            return Moving(call: call, told: .shifts(CallShift.all(dossiers)))
        }
        guard record.isWaiting else {
            staying = []
            rounds = []
            return
        }
        staying = try CallMoving.running(new.id, at: ask.now, store).filter { !named.contains($0.id) }
        let mayAsk = ask.viewer.holds(.programmeOfficer) || ask.viewer.holds(.commissionLeader)
        rounds = mayAsk ? try CallMoving.closed(new.id, at: ask.now, store) : []
    }

    /// Whether the calls have more dossiers than so many, counted no further than it takes to know.
    static func exceed(_ most: Int, _ calls: [Call], _ store: Transaction) throws -> Bool {
        var left = most
        for call in calls where left >= 0 {
            left -=
                try store.value(
                    "SELECT COUNT(*) FROM (SELECT 1 FROM application WHERE call = \(call.id) LIMIT \(left + 1))",
                    as: Int.self) ?? 0
        }
        return left < 0
    }
}

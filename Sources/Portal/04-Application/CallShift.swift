import Lifecycle
import Store

/// What becomes of the dossiers of a call that goes over: how many stand at one step and where they then stand. It
/// replays what the check of ``CallMoving`` replays.
struct CallShift: Sendable, Hashable {
    /// Where a dossier stands: the first step that is open, else what it came to last.
    struct Place: Sendable, Hashable {
        let step: String
        let label: Label
        let isOver: Bool

        init?(_ standing: Standing) {
            let open = standing.open.first
            guard let state = open ?? standing.steps.last(where: \.isSettled) else { return nil }
            step = state.step.id
            label = state.step.label
            isOver = open == nil
        }
    }

    /// Nil where nothing of the procedure was begun.
    let now: Place?
    /// Nil where the dossier would have no place.
    let then: Place?
    let count: Int

    /// In the order of the dossiers' numbers.
    static func all(_ dossiers: [CallMigration.Dossier]) -> [CallShift] {
        struct Pair: Hashable {
            let now: Place?
            let then: Place?
        }
        var order: [Pair] = []
        var counts: [Pair: Int] = [:]
        for dossier in dossiers {
            let pair = Pair(now: Place(dossier.now), then: Place(dossier.then))
            if counts[pair] == nil { order.append(pair) }
            counts[pair, default: 0] += 1
        }
        return order.map { CallShift(now: $0.now, then: $0.then, count: counts[$0] ?? 0) }
    }
}

/// What a proposed definition would touch: the calls that go over, those that stay, and the closed rounds that can be
/// asked what it would have changed.
struct DefinitionReach: Sendable {
    struct Moving: Sendable {
        let call: Call
        /// Nil where the viewer has an interest in a dossier of the call: then the page says nothing of it.
        let shifts: [CallShift]?
    }

    let moving: [Moving]
    /// Calls that run and keep what they pinned.
    let staying: [Call]
    /// Closed calls of the programme that the viewer may judge again.
    let rounds: [Call]

    /// Of a proposal that was answered nothing is replayed: its calls went over, or stay.
    init(_ record: DefinitionRecord, to new: Programme, _ ask: Ask, _ store: Transaction) throws {
        let named = try record.movingCalls()
        let calls = try named.compactMap { try Calls.find($0, store) }
        guard record.isWaiting else {
            moving = calls.map { Moving(call: $0, shifts: []) }
            staying = []
            rounds = []
            return
        }
        func isFree(_ call: Call) throws -> Bool {
            try !WhatIfRounds.isBarred(ask.viewer, from: call.id, store)
        }
        moving = try calls.map { call in
            guard try isFree(call) else { return Moving(call: call, shifts: nil) }
            return Moving(
                call: call, shifts: CallShift.all(try CallMoving.replayed(call, to: new, ask.house, store)))
        }
        staying = try CallMoving.running(new.id, at: ask.now, store).filter { !named.contains($0.id) }
        let mayAsk = ask.viewer.holds(.programmeOfficer) || ask.viewer.holds(.commissionLeader)
        rounds = mayAsk ? try CallMoving.closed(new.id, at: ask.now, store).filter(isFree) : []
    }
}

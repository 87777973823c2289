import Lifecycle
import Store

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

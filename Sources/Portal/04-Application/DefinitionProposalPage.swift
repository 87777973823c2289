import Lifecycle

/// `/office/plan/proposals/{fact}`: what a proposed definition changes, and the answer to it.
struct DefinitionProposalPage: Sendable {
    let title: String
    let homeHref: String
    let replaces: String
    let digest: String
    let proposer: String
    let at: String
    let grounds: String
    let state: String
    let badge: String
    let isSettled: Bool
    let settler: String
    let settledAt: String
    let settledReason: String
    let areas: [DefinitionArea]
    let hasAreas: Bool
    let moving: [Moving]
    let hasMoving: Bool
    /// The page with what becomes of the dossiers, which takes a replay; nil where it was asked for, or nothing goes over.
    let shiftsHref: String?
    /// Says that there are more dossiers than a page replays; nil where there are not, or nobody asked.
    let tooMany: String?
    /// Says which calls that run keep their definition; nil where none does.
    let staying: String?
    let rounds: [Round]
    let hasRounds: Bool
    let mayAnswer: Bool
    let mayWithdraw: Bool
    let activateAction: String
    let declineAction: String
    let withdrawAction: String
    let reason: String
    let errors: [String]
    let hasErrors: Bool
    let factHref: String

    struct Moving: Sendable {
        let href: String
        let number: String
        let title: String
        /// What becomes of its dossiers, a line for each place where some stand.
        let shifts: [String]
        let hasShifts: Bool
    }

    /// A closed round that can be judged again by the proposed rules.
    struct Round: Sendable {
        let href: String
        let number: String
        let title: String
    }

    init(
        _ record: DefinitionRecord, _ seen: Seen<DefinitionRecord>, from old: Programme, to new: Programme,
        reach: DefinitionReach, isReplayed: Bool, refusals: [Refusal], _ ask: Ask
    ) {
        title = new.title.text(in: ask.language)
        homeHref = "/office/plan/definitions/\(new.id)"
        replaces = DefinitionPages.short(seen[DefinitionSight.replaces] ?? "")
        digest = DefinitionPages.short(seen[DefinitionSight.digest] ?? "")
        proposer = seen[DefinitionSight.proposer] ?? ""
        at = seen[DefinitionSight.at]?.text ?? ""
        grounds = seen[DefinitionSight.grounds] ?? ""
        let answer = seen[DefinitionSight.answer]
        state = DefinitionPages.state(answer, ask.words)
        badge = DefinitionPages.badge(answer)
        isSettled = answer != nil
        settler = seen[DefinitionSight.settler] ?? ""
        settledAt = seen[DefinitionSight.settledAt]?.text ?? ""
        settledReason = seen[DefinitionSight.settledReason] ?? ""
        areas = DefinitionArea.all(ProgrammeDiff(from: old, to: new), ask.words)
        hasAreas = !areas.isEmpty
        moving = reach.moving.map { Moving($0, ask.words) }
        hasMoving = !moving.isEmpty
        let here = "/office/plan/proposals/\(record.fact)"
        shiftsHref = record.isWaiting && hasMoving && !isReplayed ? "\(here)?shifts=1" : nil
        tooMany =
            reach.isTooMany
            ? ask.words.filled("definition.shift.tooMany", ["most": "\(DefinitionReach.mostReplayed)"]) : nil
        let numbers = reach.staying.map(\.number).joined(separator: ask.language == .zh ? "、" : ", ")
        staying = numbers.isEmpty ? nil : ask.words.filled("definition.staying", ["numbers": numbers])
        rounds = reach.rounds.map { call in
            // What a new version of a rule changes shows from the day on which it begins.
            let day = DefinitionPages.newDay(from: old.rules, to: new.rules, besides: call.rulesDay)
            return Round(
                href: "/office/plan/what-if/\(call.id)?rules=\(WhatIfSource.proposal(record.fact).text)"
                    + (day.map { "&day=\($0.text)" } ?? ""),
                number: call.number, title: call.title)
        }
        hasRounds = !rounds.isEmpty
        let isMine = record.proposer == ask.viewer.person
        mayAnswer = record.isWaiting && ask.viewer.holds(.commissionLeader) && !isMine
        mayWithdraw = record.isWaiting && ask.viewer.holds(.programmeOfficer) && isMine
        activateAction = "\(here)/activate"
        declineAction = "\(here)/decline"
        withdrawAction = "\(here)/withdraw"
        reason = ask.form["reason"] ?? ""
        errors = refusals.map(ask.words.sentence)
        hasErrors = !errors.isEmpty
        factHref = "/journal/facts/\(record.fact)"
    }
}

extension DefinitionProposalPage.Moving {
    fileprivate init(_ moving: DefinitionReach.Moving, _ words: Words.Catalogue) {
        href = "/calls/\(moving.call.id)"
        number = moving.call.number
        title = moving.call.title
        switch moving.told {
        case .nothing: shifts = []
        case .barred: shifts = [words["definition.shift.barred"]]
        case .shifts(let told):
            let lines = told.map { shift in
                words.filled(
                    shift.now == shift.then ? "definition.shift.same" : "definition.shift.other",
                    [
                        "n": "\(shift.count)", "now": Self.place(shift.now, words),
                        "then": Self.place(shift.then, words),
                    ])
            }
            shifts = lines.isEmpty ? [words["definition.shift.none"]] : lines
        }
        hasShifts = !shifts.isEmpty
    }

    private static func place(_ place: CallShift.Place?, _ words: Words.Catalogue) -> String {
        guard let place else { return words["definition.shift.nowhere"] }
        let label = place.label.text(in: words.language)
        return place.isOver ? words.filled("definition.shift.over", ["step": label]) : label
    }
}

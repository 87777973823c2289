package import Lifecycle
import Store

/// What an expert does with a seat.
package enum AppraiserActs {
    /// The expert's own seat in a panel that still sits.
    static func sitting(
        _ id: ID<AppraiserSeat>, _ person: ID<Person>, _ house: House, _ store: Transaction
    ) throws -> (SeatRecord, AppraisalActs.Opened) {
        let seat = try AppraiserSeats.mine(id, person, store)
        let opened = try AppraisalActs.opened(seat.step, of: seat.application, house, store)
        guard opened.panel.contains(where: { $0.id == id }) else { throw Refused("appraisal.over") }
        return (seat, opened)
    }

    package static func accept(
        _ id: ID<AppraiserSeat>, by person: ID<Person>, _ change: Change, _ house: House
    ) throws {
        let (seat, _) = try sitting(id, person, house, change.store)
        guard seat.state == .invited else { throw Refused("review.answered") }
        try change.append(
            AppraiserAccepted(seat: id), about: .application(seat.application), as: .expert)
    }

    package static func decline(
        _ id: ID<AppraiserSeat>, by person: ID<Person>, reason: String, _ change: Change, _ house: House
    ) throws {
        let (seat, _) = try sitting(id, person, house, change.store)
        guard seat.state == .invited || seat.state == .accepted else { throw Refused("review.answered") }
        guard reason.trimmedCount >= 2 else { throw Refused("reason.short", ["least": "2"]) }
        try change.append(
            AppraiserDeclined(seat: id), about: .application(seat.application), as: .expert, reason: reason)
        try AppraisalDrafts.discard(id, change.store)
    }

    /// Declares a relation to the dossier and leaves the panel; the time of it stands in the fact.
    package static func recuse(
        _ id: ID<AppraiserSeat>, by person: ID<Person>, nature: String, _ change: Change, _ house: House
    ) throws {
        let (seat, _) = try sitting(id, person, house, change.store)
        guard seat.state.counts else { throw Refused("review.answered") }
        guard nature.trimmedCount >= 2 else { throw Refused("conflict.nature", ["least": "2"]) }
        try AppraisalActs.recuse(seat, as: .expert, reason: nature, change)
    }

    /// Hands the appraisal in, under seal. From here on nobody can alter it.
    package static func write(
        _ id: ID<AppraiserSeat>, _ answers: [String: String], by person: ID<Person>, _ change: Change,
        _ house: House
    ) throws {
        let store = change.store
        let (seat, opened) = try sitting(id, person, house, store)
        guard seat.state == .accepted else {
            throw Refused(seat.state == .written ? "appraisal.written-already" : "appraisal.not-accepted")
        }
        guard let lens = opened.instrument.lens(seat.lens) else { throw Missing() }
        // Nobody appraises under a conflict that became known, or after acting on an earlier step kept apart.
        let against = Candidates.conflicts(
            of: person, entity: try AppraisalQueries.entity(of: person, store),
            parties: try Parties.withRivals(seat.application, among: person, store), in: opened.programme,
            step: opened.step, standing: opened.standing, sat: opened.sat)
        guard against.isEmpty else { throw Refused(against) }
        let appraisal = try ExpertAppraisal.reading(answers, for: lens, of: opened.instrument).get()
        try change.append(
            AppraisalWritten(seat: id, appraisal: appraisal), about: .application(seat.application),
            as: .expert, move: Move(seat.step, .contributed))
        try AppraisalDrafts.discard(id, store)
    }
}

import Foundation
package import Lifecycle
package import Store

/// What the pages of appraisal read.
package enum AppraisalQueries {
    /// In an order that tells nothing: by a hash of the seat.
    static func shuffled(_ seats: [SeatRecord]) -> [SeatRecord] {
        seats.sorted {
            ReviewQueries.shuffleKey(ID($0.id.rawValue)) < ReviewQueries.shuffleKey(ID($1.id.rawValue))
        }
    }

    /// The legal entity that a person belongs to.
    static func entity(of person: ID<Person>, _ store: Transaction) throws -> ID<Organisation>? {
        try store.value(
            """
            SELECT organisation.legal_entity FROM person
            JOIN organisation ON organisation.id = person.organisation WHERE person.id = \(person)
            """)
    }

    /// One closing of a step.
    package struct ClosedRecord: Sendable, Decodable {
        package let fact: Int64
        package let step: String
        package let at: Instant
        package let positive: Bool
        /// The dossier's number.
        package let dossier: String
        /// Which closing of the dossier it is, from 1 on.
        package let place: Int

        /// Of its opinion on paper: `2026-BL-00001-LZ2` is the second of the dossier. The order of facts gives it, so
        /// that none is skipped or given twice, and no definition that comes into force later changes it.
        package var number: String { "\(dossier)-LZ\(place)" }
    }

    /// Every closing of a dossier's steps, newest first: a step that opened again may have been closed before.
    package static func closed(_ application: ID<Application>, _ store: Transaction) throws -> [ClosedRecord]
    {
        try store.rows(
            """
            SELECT appraisal_result.fact, appraisal_result.step, appraisal_result.at, appraisal_result.positive,
              application.number AS dossier, (SELECT COUNT(*) FROM appraisal_result AS earlier
                WHERE earlier.application = appraisal_result.application
                  AND earlier.fact <= appraisal_result.fact) AS place
            FROM appraisal_result JOIN application ON application.id = appraisal_result.application
            WHERE appraisal_result.application = \(application) ORDER BY appraisal_result.fact DESC
            """)
    }

    /// What a closing brought out, with the opinions it counted.
    package static func outcome(
        _ closed: ClosedRecord, instrument: Appraisal, _ store: Transaction
    ) throws -> AppraisalOutcome? {
        guard
            let text = try store.value(
                "SELECT body FROM payload WHERE number = \(closed.fact)", as: String.self)
        else { return nil }
        let body = try JSONDecoder().decode(AppraisalClosed.self, from: Data(text.utf8))
        let opinions = try body.seats.compactMap { id -> AppraisalOpinion? in
            let seat = try AppraiserSeats.find(id, store)
            guard let appraisal = try AppraiserSeats.appraisal(seat, store) else { return nil }
            return AppraisalOpinion(seat: try panelSeat(seat, store), appraisal: appraisal)
        }
        let votes = opinions.map { AppraisalVote(lens: $0.seat.record.lens, answers: $0.appraisal.answers) }
        return AppraisalOutcome(
            closedAt: closed.at, result: body.result, opinions: opinions,
            sensitivity: votes.count == body.seats.count ? instrument.sensitivity(of: votes) : [])
    }

    /// A panel that was ended before it was closed, with what had been handed in by then.
    struct EndedPanel: Sendable {
        let step: String
        let at: Instant
        /// The step whose move ended it, and what that was.
        let ender: String
        let outcome: Move.Outcome
        let opinions: [AppraisalOpinion]
    }

    private struct EndedRow: Decodable, Sendable {
        let fact: Int64
        let step: String
        let at: Instant
        let ender: String
        let outcome: Move.Outcome
    }

    /// Newest first.
    static func ended(_ application: ID<Application>, _ store: Transaction) throws -> [EndedPanel] {
        try store.rows(
            """
            SELECT DISTINCT appraiser_seat.ended_fact AS fact, appraiser_seat.step AS step, fact.at AS at,
              fact.step AS ender, fact.outcome AS outcome
            FROM appraiser_seat JOIN fact ON fact.number = appraiser_seat.ended_fact
            WHERE appraiser_seat.application = \(application)
            ORDER BY appraiser_seat.ended_fact DESC, appraiser_seat.step
            """, as: EndedRow.self
        ).map { row in
            let seats = try AppraiserSeats.of(application, row.step, store).filter {
                $0.endedFact == row.fact
            }
            return EndedPanel(
                step: row.step, at: row.at, ender: row.ender, outcome: row.outcome,
                opinions: try shuffled(seats.filter { $0.state == .written }).compactMap { seat in
                    try AppraiserSeats.appraisal(seat, store).map {
                        AppraisalOpinion(seat: try panelSeat(seat, store), appraisal: $0)
                    }
                })
        }
    }

    package static func panelSeat(_ seat: SeatRecord, _ store: Transaction) throws -> PanelSeat {
        let who = try ReviewQueries.name(of: seat.expert, store)
        return PanelSeat(record: seat, expertName: who.name, expertOrganisation: who.organisation)
    }

    /// A dossier at a step of appraisal, for the officers' list.
    package struct Waiting: Sendable {
        package let dossier: DossierRecord
        package let step: String
        package let stepLabel: Label
        package let due: Instant?
        package let experts: Int
        package let live: Int
        package let written: Int
        package let mayClose: Bool
    }

    package static let pageSize = 100

    /// Steps of appraisal that are open in a call, dossier by dossier. An official's conflicts hide rows.
    package static func waiting(
        in call: ID<Call>, for officer: ID<Person>, after: String, _ house: House, _ store: Transaction
    ) throws -> [Waiting] {
        let records = try store.rows(
            """
            SELECT \(sql: DossierRecord.columns)
            FROM \(sql: OpenSteps.waiting(at: .appraise, in: call)) CROSS JOIN application
            WHERE application.id = waiting.application AND application.state = 'open'
              AND application.number > \(after)
              AND \(sql: Parties.free(officer))
            ORDER BY application.number LIMIT \(pageSize)
            """, as: DossierRecord.self)
        let (found, programme) = try Calls.found(call, house, store)
        return try records.flatMap { dossier -> [Waiting] in
            let standing = try Dossiers.standing(of: dossier.id, in: found, programme, house, store)
            return try standing.open.filter { $0.step.kind == .appraise }.map { state in
                let opened = try AppraisalActs.opened(state.step.id, of: dossier.id, house, store)
                let lenses = opened.instrument.lenses
                return Waiting(
                    dossier: dossier, step: state.step.id, stepLabel: state.step.label, due: state.due,
                    experts: lenses.reduce(0) { $0 + $1.experts },
                    live: lenses.reduce(0) { $0 + opened.live($1).count },
                    written: lenses.reduce(0) { $0 + opened.written($1) }, mayClose: opened.lacking.isEmpty)
            }
        }
    }

    /// One of an expert's seats, with what an invited expert may know of the dossier.
    package struct MySeat: Sendable {
        package let seat: SeatRecord
        package let dossier: DossierRecord
        package let step: Step?
        package let lens: Appraisal.Lens?
        /// The panel still sits, and by when it should have answered.
        package let isSitting: Bool
        package let due: Instant?
        package let hasDraft: Bool
    }

    /// Newest first.
    package static func mine(_ expert: ID<Person>, _ house: House, _ store: Transaction) throws -> [MySeat] {
        let seats = try store.rows(
            """
            SELECT \(sql: SeatRecord.columns) FROM appraiser_seat WHERE expert = \(expert)
            ORDER BY seated_at DESC, id
            """, as: SeatRecord.self)
        return try seats.compactMap { try mySeat($0, house, store) }
    }

    package static func mySeat(_ seat: SeatRecord, _ house: House, _ store: Transaction) throws -> MySeat? {
        guard
            let dossier = try store.row(
                "SELECT \(sql: DossierRecord.columns) FROM application WHERE id = \(seat.application)",
                as: DossierRecord.self)
        else { return nil }
        let (call, programme) = try Calls.found(dossier.call, house, store)
        let standing = try Dossiers.standing(of: dossier.id, in: call, programme, house, store)
        let state = standing.steps.first { $0.step.id == seat.step }
        let isSitting = seat.isUnsettled && (state?.since).map { seat.seatedAt >= $0 } ?? false
        return MySeat(
            seat: seat, dossier: dossier, step: state?.step,
            lens: state.flatMap { programme.appraisal(of: $0.step)?.lens(seat.lens) }, isSitting: isSitting,
            due: isSitting ? state?.due : nil, hasDraft: try AppraisalDrafts.find(seat.id, store) != nil)
    }

    /// Calls with open steps of appraisal, for the to-do.
    package static func queues(for officer: ID<Person>, _ store: Transaction) throws -> [OpenStep] {
        try OpenStep.beside(.appraise, for: officer, store)
    }

    /// Whether what an expert handed in is still under its seal: nothing has closed or ended the panel it belongs to.
    static func isSealed(_ fact: Fact, _ store: Transaction) throws -> Bool {
        guard fact.kind == AppraisalWritten.kind else { return false }
        return try store.value(
            """
            SELECT 1 FROM appraiser_seat WHERE application = \(fact.subject.id) AND written_fact = \(fact.number)
              AND (closed_fact IS NOT NULL OR ended_fact IS NOT NULL)
            """, as: Int.self) == nil
    }
}

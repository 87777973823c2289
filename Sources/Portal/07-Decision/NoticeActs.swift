import Foundation
package import Lifecycle
package import Store

package struct NoticeRecord: Sendable, Decodable {
    package let id: ID<Notice>
    package let call: ID<Call>
    package let openedAt: Instant
    package let endsAt: Instant
    package let closedAt: Instant?
}

/// 公示: opened by an officer, objected to by anyone, closed when every objection has its answer.
package enum NoticeActs {
    package static func find(_ id: ID<Notice>, _ store: Transaction) throws -> NoticeRecord {
        guard
            let found = try store.row(
                "SELECT id, call, opened_at, ends_at, closed_at FROM notice WHERE id = \(id)",
                as: NoticeRecord.self)
        else { throw Missing() }
        return found
    }

    /// Funded applications that are on no notice yet.
    package static func waiting(_ call: ID<Call>, _ store: Transaction) throws -> [ID<Application>] {
        try store.values(
            """
            SELECT application.id FROM open_step CROSS JOIN application
            JOIN decision ON decision.application = application.id
            WHERE open_step.call = \(call) AND open_step.kind = 'publicise'
              AND application.id = open_step.application
              AND NOT EXISTS (SELECT 1 FROM notice_application WHERE notice_application.application = application.id)
            ORDER BY open_step.number
            """, as: ID<Application>.self)
    }

    /// Puts every funded application that waits for it on notice.
    package static func open(
        _ callID: ID<Call>, id: ID<Notice>, by person: ID<Person>, _ change: Change, _ house: House
    ) throws {
        let store = change.store
        let (call, programme) = try Calls.found(callID, house, store)
        let waiting = try waiting(callID, store)
        guard !waiting.isEmpty else { throw Refused("notice.nothing") }
        let barred = try Recusal.barred(person, store)
        if waiting.contains(where: barred.contains) { throw Refused("notice.conflict") }
        let days = call.number("noticeWorkingDays", in: programme) ?? 5
        let ends = Term.workingDays(days).end(from: change.at, in: try house.definitions.calendar(store))
        try change.append(
            NoticeOpened(notice: id, call: callID, applications: waiting, ends: ends),
            about: Subject(kind: "notice", id: id.rawValue), as: .programmeOfficer)
    }

    /// Anyone may object while the notice lies open.
    ///
    /// - Parameter evidence: files that are on the disk already.
    /// - Returns: by when the objection has to be answered.
    @discardableResult
    package static func object(
        _ statement: ObjectionStated, evidence: [AttachmentReference] = [],
        to application: ID<Application>, in id: ID<Notice>, as objection: ID<Objection>, _ change: Change,
        _ house: House
    ) throws -> Instant {
        let store = change.store
        let notice = try find(id, store)
        guard
            try store.value(
                "SELECT 1 FROM notice_application WHERE notice = \(id) AND application = \(application)",
                as: Int.self) != nil
        else { throw Missing() }
        guard notice.closedAt == nil, change.at <= notice.endsAt else {
            throw Refused("notice.over", ["ends": notice.endsAt.text])
        }
        guard statement.obstacles.isEmpty else { throw Refused(statement.obstacles) }
        let due = try due(notice, at: change.at, house, store)
        let subject = Subject(kind: "objection", id: objection.rawValue)
        try change.append(
            ObjectionFiled(objection: objection, notice: id, application: application, due: due),
            about: subject)
        try change.append(statement, about: subject)
        if !evidence.isEmpty {
            try change.append(EvidenceAttached(objection: objection, attachments: evidence), about: subject)
        }
        return due
    }

    /// Whether an objection to it was upheld already.
    package static func isOverturned(_ application: ID<Application>, _ store: Transaction) throws -> Bool {
        try store.value(
            "SELECT 1 FROM decision WHERE application = \(application) AND overturned_at IS NOT NULL",
            as: Int.self) != nil
    }

    /// By when an objection filed at `at` has to be answered.
    package static func due(_ notice: NoticeRecord, at: Instant, _ house: House, _ store: Transaction) throws
        -> Instant
    {
        let (call, programme) = try Calls.found(notice.call, house, store)
        let days = call.number("objectionAnswerDays", in: programme) ?? 15
        return Term.days(days).end(from: at, in: try house.definitions.calendar(store))
    }

    package static func answer(
        _ objection: ID<Objection>, in notice: ID<Notice>, upheld: Bool, text: String,
        by person: ID<Person>, _ change: Change, _ house: House
    ) throws {
        let store = change.store
        struct Row: Decodable, Sendable {
            let application: ID<Application>
            let answeredAt: Instant?
        }
        guard
            let row = try store.row(
                "SELECT application, answered_at FROM objection WHERE id = \(objection) AND notice = \(notice)",
                as: Row.self)
        else { throw Missing() }
        if row.answeredAt != nil { throw Refused("objection.answered") }
        if text.trimmedCount < 10 { throw Refused("reason.short", ["least": "10"]) }
        // Another objection may have been upheld meanwhile. This one gets its answer all the same, and moves nothing.
        let isOverturned = try isOverturned(row.application, store)
        let step =
            try isOverturned
            ? Dossiers.requireSettled(.publicise, of: row.application, by: person, house: house, store)
            : Dossiers.require(
                .publicise, of: row.application, by: person, as: .programmeOfficer, house: house, store
            ).0
        try change.append(
            ObjectionAnswered(objection: objection, upheld: upheld),
            about: Subject(kind: "objection", id: objection.rawValue), as: .programmeOfficer, reason: text)
        guard upheld, !isOverturned else { return }
        try change.append(
            ApplicationOverturned(objection: objection, entries: try givenBack(row.application, store)),
            about: .application(row.application), as: .programmeOfficer, move: Move(step.id, .refused),
            reason: text)
    }

    /// What of a project's money comes back to the round. Where the notice comes after the contract, what was paid
    /// stays paid, and so does what is on its way.
    private static func givenBack(_ application: ID<Application>, _ store: Transaction) throws -> [Entry] {
        let (project, call) = (
            application.rawValue,
            try store.value("SELECT call FROM application WHERE id = \(application)", as: String.self) ?? ""
        )
        return try [Account.reserved(project: project), .obligated(project: project)].compactMap { account in
            Entry(
                from: account, to: .budget(call: call), amount: try Bookkeeping.balance(of: account, store))
        }
    }

    /// Ends the notice: what stands becomes final, and each project gets its contract's draft.
    package static func close(_ id: ID<Notice>, by person: ID<Person>, _ change: Change, _ house: House)
        throws
    {
        let store = change.store
        let notice = try find(id, store)
        guard notice.closedAt == nil else { throw Refused("notice.closed") }
        guard change.at > notice.endsAt else { throw Refused("notice.running", ["ends": notice.endsAt.text]) }
        let open =
            try store.value(
                "SELECT COUNT(*) FROM objection WHERE notice = \(id) AND answered_at IS NULL", as: Int.self)
            ?? 0
        if open > 0 { throw Refused("notice.objections", ["count": "\(open)"]) }
        let standing = try store.values(
            """
            SELECT application.id FROM notice_application
            JOIN application ON application.id = notice_application.application
            WHERE notice_application.notice = \(id) AND application.state = 'open'
              AND \(sql: OpenSteps.has(.publicise)) ORDER BY application.number
            """, as: ID<Application>.self)
        try change.append(
            NoticeClosed(), about: Subject(kind: "notice", id: id.rawValue), as: .programmeOfficer)
        for application in standing {
            let (step, _, _, programme) = try Dossiers.require(
                .publicise, of: application, by: person, as: .programmeOfficer, house: house, store)
            try change.append(
                ApplicationConfirmed(), about: .application(application), as: .programmeOfficer,
                move: Move(step.id, .done))
            if !programme.procedure.drawsUpAtDecision { try house.onConfirmed(application, change) }
        }
    }

    /// Fewer characters are no grounds.
    package static let leastGrounds = 20

    /// Lets the decision stand without a public notice, where the programme allows it, and says why.
    package static func withhold(
        _ application: ID<Application>, grounds: String, by person: ID<Person>, _ change: Change,
        _ house: House
    ) throws {
        let store = change.store
        let (step, _, _, programme) = try Dossiers.require(
            .publicise, of: application, by: person, as: .programmeOfficer, house: house, store)
        guard step.mayWithhold == true else { throw Refused("notice.no-withholding", citation: step.cites) }
        if try store.value(
            "SELECT 1 FROM notice_application WHERE application = \(application)", as: Int.self) != nil
        {
            throw Refused("notice.out-already")
        }
        guard grounds.trimmedCount >= leastGrounds else {
            throw Refused("reason.short", ["least": "\(leastGrounds)"])
        }
        try change.append(
            NoticeWithheld(), about: .application(application), as: .programmeOfficer,
            move: Move(step.id, .done), reason: grounds, clause: step.cites?.clause)
        if !programme.procedure.drawsUpAtDecision { try house.onConfirmed(application, change) }
    }
}

extension ObjectionStated {
    init(body text: String) throws {
        self = try JSONDecoder().decode(ObjectionStated.self, from: Data(text.utf8))
    }
}

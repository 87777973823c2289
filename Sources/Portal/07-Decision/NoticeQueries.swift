package import Lifecycle
package import Store

/// A notice as anybody may read it.
package struct PublicNotice: Sendable {
    package let record: NoticeRecord
    package let callNumber: String
    package let callTitle: String
    package let lines: [NoticeLine]
    /// Working days of the period, with the ground on which there are so many.
    package let days: Int
    package let ground: Default?
    package let counted: [Day]
    /// Years in the period whose holidays are not published: weekends only were left out.
    package let unpublished: [Int]
    /// With a lane on it.
    package let races: [RaceRecord]
    /// Objections answered; read by the public only after the notice closed.
    package let objections: Int
    package let upheld: Int
    /// False where what is given is a prize or a place.
    package let givesMoney: Bool
    /// The route by which some of it was chosen, as the programme has it.
    package let nonConsensus: NonConsensusRules?
}

package enum Notices {
    package struct Outline: Sendable, Decodable {
        package let id: ID<Notice>
        package let callNumber: String
        package let callTitle: String
        package let openedAt: Instant
        package let endsAt: Instant
        package let closedAt: Instant?
        package let count: Int
    }

    static let pageSize = 50

    /// A page of the notices that match, with how many match.
    static func page(_ filter: NoticeFilter, at now: Instant, _ store: Transaction) throws -> (
        page: Paged<Outline>, count: Int
    ) {
        let conditions = filter.conditions(at: now)
        let page = try store.page(
            """
            SELECT notice.id, call.number AS call_number, call.title AS call_title, notice.opened_at,
              notice.ends_at, notice.closed_at,
              (SELECT COUNT(*) FROM notice_application WHERE notice_application.notice = notice.id) AS count
            FROM notice JOIN call ON call.id = notice.call
            """, where: conditions, in: filter.order, after: filter.after, size: pageSize, keys: filter.keys)
        let count = try store.value(
            """
            SELECT COUNT(*) FROM notice JOIN call ON call.id = notice.call
            WHERE \(sql: conditions.joined(" AND "))
            """, as: Int.self)
        return (page, count ?? 0)
    }

    /// The years in which notices were opened, latest first.
    static func years(_ store: Transaction) throws -> [Int] {
        struct Ends: Decodable, Sendable {
            let first: Instant?
            let last: Instant?
        }
        let ends = try store.row(
            "SELECT MIN(opened_at) AS first, MAX(opened_at) AS last FROM notice", as: Ends.self)
        guard let first = ends?.first, let last = ends?.last else { return [] }
        return (first.day.year...last.day.year).reversed()
    }

    package static func find(_ id: ID<Notice>, _ house: House, _ store: Transaction) throws -> PublicNotice {
        let record = try NoticeActs.find(id, store)
        let (call, programme) = try Calls.found(record.call, house, store)
        let calendar = try house.definitions.calendar(store)
        let lines = try store.rows(
            """
            SELECT \(sql: NoticeLine.columns)
            FROM notice_application JOIN application ON application.id = notice_application.application
            JOIN decision ON decision.application = application.id
            WHERE notice_application.notice = \(id) ORDER BY application.number
            """, as: NoticeLine.self)
        let days =
            (record.openedAt.day.number + 1)...max(record.openedAt.day.number + 1, record.endsAt.day.number)
        let counted = days.map(Day.init(number:)).filter(calendar.isWorking)
        let years = Set(days.map { Day(number: $0).year }).sorted()
        return PublicNotice(
            record: record, callNumber: call.number, callTitle: call.title, lines: lines,
            days: counted.count, ground: programme.defaults.first { $0.id == "noticeWorkingDays" },
            counted: counted, unpublished: years.filter { !calendar.isPublished($0) },
            races: try Races.noticed(id, store),
            objections: try store.value(
                "SELECT COUNT(*) FROM objection WHERE notice = \(id)", as: Int.self) ?? 0,
            upheld: try store.value(
                "SELECT COUNT(*) FROM objection WHERE notice = \(id) AND upheld = \(true)", as: Int.self)
                ?? 0, givesMoney: programme.givesMoney,
            nonConsensus: lines.contains { $0.route != nil } ? programme.nonConsensus : nil)
    }

    package static func objections(_ id: ID<Notice>, _ store: Transaction) throws -> [ObjectionRecord] {
        try store.rows(
            """
            SELECT \(sql: ObjectionRecord.columns) FROM objection WHERE objection.notice = \(id)
            ORDER BY objection.filed_at, objection.id
            """)
    }

    package static func objections(to id: ID<Application>, _ store: Transaction) throws -> [ObjectionRecord] {
        try store.rows(
            """
            SELECT \(sql: ObjectionRecord.columns) FROM objection WHERE objection.application = \(id)
            ORDER BY objection.filed_at, objection.id
            """)
    }

    /// What the objector wrote; a stand-in once it was erased.
    package static func statement(of id: ID<Objection>, _ store: Transaction) throws -> ObjectionStated {
        let text = try store.value(
            """
            SELECT payload.body FROM fact JOIN payload ON payload.number = fact.number
            WHERE fact.subject_kind = 'objection' AND fact.subject_id = \(id)
              AND fact.kind = \(ObjectionStated.kind)
            """, as: String.self)
        return try text.map(ObjectionStated.init(body:)) ?? .erased
    }
}

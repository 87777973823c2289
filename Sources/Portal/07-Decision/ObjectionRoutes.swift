import Lifecycle
import Store

/// Anybody may object, without an account.
enum ObjectionRoutes {
    static func add(to routes: Routes) {
        let rate = ObjectionRate()
        routes.get("/notices/{notice}/objections/{application}") { ask in
            let (notice, line) = try await target(ask)
            try refuseAfterTheEnd(notice, ask)
            return try await form(notice, line, nil, [], ask)
        }
        routes.post("/notices/{notice}/objections/{application}", limit: 64 << 10) { ask in
            let (notice, line) = try await target(ask)
            try refuseAfterTheEnd(notice, ask)
            let statement = ObjectionStated(
                name: String(ask.form.text("name").prefix(100)),
                contact: String(ask.form.text("contact").prefix(200)),
                text: String(ask.form.text("text").prefix(5000)))
            guard statement.obstacles.isEmpty else {
                return try await form(notice, line, statement, statement.obstacles, ask, status: 422)
            }
            guard rate.admits(ask.address, at: ask.house.world.now()) else {
                let refusal = Refusal("objection.too-many", ["most": "\(ObjectionRate.mostAnHour)"])
                return try await form(notice, line, statement, [refusal], ask, status: 429)
            }
            let id = ask.house.world.id(Objection.self)
            // In nobody's name, also where an account is signed in: the statement says who objects.
            _ = try await ask.house.change(by: nil, at: ask.now) { change in
                try NoticeActs.object(
                    statement, to: line.application, in: notice.id, as: id, change, ask.house)
            }
            return .see("/notices/\(notice.id)/objections/\(line.application)/received?number=\(id)")
        }
        // Says only what the objector was told already; the number cannot be guessed.
        routes.get("/notices/{notice}/objections/{application}/received") { ask in
            let (notice, line) = try await target(ask)
            let id = ID<Objection>(ask.query["number"] ?? "")
            let objections = try await ask.read { store in
                try Notices.objections(to: line.application, store)
            }
            guard let objection = objections.first(where: { $0.id == id }) else { throw Missing() }
            let seen = Seen(line, as: [])
            return try await ask.page(
                "notice/received",
                ObjectionReceiptPage(
                    objection: id.rawValue, filedAt: objection.filedAt.text, due: objection.dueAt.day.text,
                    number: seen[NoticeSight.number] ?? "", title: seen[NoticeSight.title] ?? "",
                    noticeHref: "/notices/\(notice.id)"))
        }
    }

    private static func target(_ ask: Ask) async throws -> (NoticeRecord, NoticeLine) {
        let notice = try await NoticeRoutes.notice(ask)
        let application = ask.id("application", Application.self)
        guard let line = notice.lines.first(where: { $0.application == application }) else { throw Missing() }
        return (notice.record, line)
    }

    private static func refuseAfterTheEnd(_ notice: NoticeRecord, _ ask: Ask) throws {
        guard notice.closedAt == nil, ask.now <= notice.endsAt else {
            throw Refused("notice.over", ["ends": notice.endsAt.text])
        }
    }

    private static func form(
        _ notice: NoticeRecord, _ line: NoticeLine, _ statement: ObjectionStated?, _ refusals: [Refusal],
        _ ask: Ask, status: Int = 200
    ) async throws -> Answer {
        let due = try await ask.read { store in
            try NoticeActs.due(notice, at: ask.now, ask.house, store)
        }
        return try await ask.page(
            "notice/object",
            ObjectionPage(notice, line, due: due, statement: statement, refusals: refusals, ask),
            status: status)
    }
}

import Lifecycle
import Store

/// Anybody may object, without an account.
enum ObjectionRoutes {
    static func add(to routes: Routes) {
        let rate = ObjectionRate()
        routes.get("/notices/{notice}/objections/{application}") { ask in
            let (notice, line) = try await target(ask)
            try refuseAfterTheEnd(notice, ask)
            return try await form(notice, line, nil, ask)
        }
        routes.post("/notices/{notice}/objections/{application}", limit: Evidence.largestBody) { ask in
            try await file(ask, rate)
        }
        // Says only what the objector was told already; the number cannot be guessed.
        routes.get("/notices/{notice}/objections/{application}/received") { ask in
            let (notice, line) = try await target(ask)
            let id = ID<Objection>(ask.query["number"] ?? "")
            let found = try await ask.read { store in
                try Notices.objections(to: line.application, store).first { $0.id == id }.map {
                    ($0, try Evidence.of(id, store))
                }
            }
            guard let (objection, evidence) = found else { throw Missing() }
            return try await ask.page(
                "notice/received", ObjectionReceiptPage(objection, evidence, notice, line, ask))
        }
    }

    private static func file(_ ask: Ask, _ rate: ObjectionRate) async throws -> Answer {
        let (notice, line) = try await target(ask)
        try refuseAfterTheEnd(notice, ask)
        let statement = ObjectionStated(
            name: ask.form.text("name"), contact: ask.form.text("contact"), text: ask.form.text("text"))
        let files = ask.files.filter { $0.field == "evidence" }
        var refusals = statement.obstacles
        var evidence: [AttachmentStore.Judged] = []
        do {
            evidence = try await Evidence.judge(files)
        } catch let refused as Refused {
            refusals += refused.refusals
        }
        var status = 422
        // Only what would be taken in counts, so that mending a form costs nobody their turn.
        if refusals.isEmpty, !rate.admits(ask.address, at: ask.house.world.now()) {
            refusals = [Refusal("objection.too-many", ["most": "\(ObjectionRate.mostAnHour)"])]
            status = 429
        }
        guard refusals.isEmpty else {
            let typed = ObjectionPage.Typed(
                statement: statement, hadFiles: !files.isEmpty, refusals: refusals)
            return try await form(notice, line, typed, ask, status: status)
        }
        try await AttachmentStore(folder: ask.house.attachmentFolder).keep(evidence)
        let id = ask.house.world.id(Objection.self)
        // In nobody's name, also where an account is signed in: the statement says who objects.
        _ = try await ask.house.change(by: nil, at: ask.now) {
            [references = evidence.map(\.reference)] change in
            try NoticeActs.object(
                statement, evidence: references, to: line.application, in: notice.id, as: id, change,
                ask.house)
        }
        return .see("/notices/\(notice.id)/objections/\(line.application)/received?number=\(id)")
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
        _ notice: NoticeRecord, _ line: NoticeLine, _ typed: ObjectionPage.Typed?, _ ask: Ask,
        status: Int = 200
    ) async throws -> Answer {
        let due = try await ask.read { store in
            try NoticeActs.due(notice, at: ask.now, ask.house, store)
        }
        return try await ask.page(
            "notice/object", ObjectionPage(notice, line, due: due, typed: typed, ask), status: status)
    }
}

import Lifecycle
import Store

/// The public list, objections to it, and what the office does with them.
enum NoticeRoutes {
    static func add(to routes: Routes) {
        routes.get("/notices") { ask in
            let filter = NoticeFilter(ask.query)
            let page = try await ask.read { store in
                let (page, count) = try Notices.page(filter, at: ask.now, store)
                return NoticesPage(page, count: count, filter, years: try Notices.years(store), ask)
            }
            return try await ask.page("notice/list", page)
        }
        routes.get("/notices/{notice}") { ask in
            let notice = try await notice(ask)
            return try await ask.page("notice/notice", NoticePage(notice, ask))
        }
        routes.post("/rounds/{call}/notice") { ask in
            try ask.require(.programmeOfficer)
            let call = ask.id("call", Call.self)
            let person = try ask.signedIn()
            let id = ask.house.world.id(Notice.self)
            try await ask.change { change in
                try NoticeActs.open(call, id: id, by: person, change, ask.house)
            }
            return .see("/notices/\(id)?done=notice-opened")
        }
        ObjectionRoutes.add(to: routes)
        routes.get("/notices/{notice}/office") { ask in
            try await office(ask, typed: nil)
        }
        routes.get("/notices/{notice}/office/{objection}/evidence/{hash}") { try await Evidence.download($0) }
        routes.post("/notices/{notice}/office/{objection}") { ask in
            try ask.require(.programmeOfficer)
            let person = try ask.signedIn()
            let notice = ask.id("notice", Notice.self)
            let objection = ask.id("objection", Objection.self)
            let text = ask.form.text("answer")
            let upheld: Bool? =
                switch ask.form.text("upheld") {
                case "yes": true
                case "no": false
                default: nil
                }
            do {
                guard let upheld else { throw Refused("objection.outcome") }
                try await ask.change { change in
                    try NoticeActs.answer(
                        objection, in: notice, upheld: upheld, text: text, by: person, change, ask.house)
                }
            } catch let refused as Refused {
                return try await office(
                    ask,
                    typed: NoticeOfficePage.Typed(
                        objection: objection, upheld: upheld, text: text, refusals: refused.refusals))
            }
            return .see("/notices/\(notice)/office?done=objection-answered")
        }
        routes.post("/notices/{notice}/close") { ask in
            try ask.require(.programmeOfficer)
            let person = try ask.signedIn()
            let notice = ask.id("notice", Notice.self)
            try await ask.change { change in
                try NoticeActs.close(notice, by: person, change, ask.house)
            }
            return .see("/notices/\(notice)/office?done=notice-closed")
        }
    }

    static func notice(_ ask: Ask) async throws -> PublicNotice {
        let id = ask.id("notice", Notice.self)
        return try await ask.read { store in try Notices.find(id, ask.house, store) }
    }

    private static func office(_ ask: Ask, typed: NoticeOfficePage.Typed?) async throws -> Answer {
        try ask.require(.programmeOfficer, .commissionLeader, .auditor, .integrity)
        let notice = try await notice(ask)
        let entries = try await ask.read { store in
            let barred = try ask.viewer.person.map { try Recusal.barred($0, store) } ?? []
            let objections = try Notices.objections(notice.record.id, store)
                .filter { !barred.contains($0.application) }
            let dossiers = try Rounds.dossiers(objections.map(\.application), store)
            return
                try objections
                .compactMap { objection -> NoticeOfficePage.Entry? in
                    guard let dossier = dossiers[objection.application] else { return nil }
                    return NoticeOfficePage.Entry(
                        objection: objection, statement: try Notices.statement(of: objection.id, store),
                        evidence: try Evidence.of(objection.id, store), dossier: dossier)
                }
        }
        if !entries.isEmpty {
            try await Reads.note(
                .objections, about: Subject(kind: "notice", id: notice.record.id.rawValue), ask)
        }
        return try await ask.page(
            "notice/office", NoticeOfficePage(notice, entries, typed: typed, ask),
            status: typed == nil ? 200 : 422)
    }
}

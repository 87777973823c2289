import Lifecycle
import Store

/// The list of applications and the pages of one case.
enum CaseRoutes {
    private static let insiders: Set<Relation> = [
        .owner, .teamMember, .researchOffice, .programmeOfficer, .commissionLeader, .integrity, .auditor,
    ]
    private static let withFinance = insiders.union([.finance])
    private static let readers = insiders.union([.expert]).union(DossierSight.asked)
    private static let reasoned = insiders.subtracting([.teamMember])

    static let tabs = [
        CaseTab("", for: withFinance), CaseTab("proposal", for: readers),
        CaseTab("statements", for: withFinance.union(readers), where: [.statement]),
        CaseTab("timeline", for: withFinance), CaseTab("why", for: reasoned),
    ]

    static func add(to routes: Routes) {
        let firstLevels = (try? DataFiles.disciplines().filter { $0.level == 1 }) ?? []
        routes.get("/cases") { ask in try await list(ask, firstLevels) }
        routes.get("/cases.csv") { ask in try await export(ask) }
        SavedViews.add(
            SavedViews.List(path: "/cases") { ask, store in
                _ = try CaseScope(ask.viewer, store)
            } address: {
                CaseFilter($0).address
            }, to: routes)
        routes.get("/cases/{id}") { ask in try await overview(ask) }
        routes.get("/cases/{id}/proposal") { ask in try await proposal(ask) }
        routes.get("/cases/{id}/timeline") { ask in try await timeline(ask) }
        routes.get("/cases/{id}/why") { ask in try await why(ask) }
        routes.get("/cases/{id}/receipt") { ask in try await receipt(ask) }
        routes.get("/cases/{id}/receipt/received.json") { ask in try await received(ask) }
        routes.get("/attachments/{application}/{hash}") { ask in try await CaseFiles.download(ask) }
    }

    private static func list(_ ask: Ask, _ firstLevels: [DisciplineRecord]) async throws -> Answer {
        let filter = CaseFilter(ask.query)
        let page = try await ask.read { store in
            CaseListPage(
                try CaseQueries.page(filter, for: ask.viewer, store), filter,
                try CaseChoices(filter, ask.viewer, store), firstLevels, ask)
        }
        return try await ask.page("case/list", page)
    }

    private static func export(_ ask: Ask) async throws -> Answer {
        let filter = CaseFilter(ask.query)
        let bytes = try await ask.read { store in
            guard let rows = try CaseQueries.all(filter, for: ask.viewer, most: CaseExport.most, store) else {
                throw Refused("table.too-many", ["most": "\(CaseExport.most)"])
            }
            return CaseExport.file(rows, ask.words)
        }
        return .download(
            bytes, name: "\(ask.words["case.listTitle"])-\(ask.now.day.text).csv",
            type: "text/csv; charset=utf-8")
    }

    private static func overview(_ ask: Ask) async throws -> Answer {
        let id: ID<Application> = ask.id("id")
        let (open, exceptions, papers, findings) = try await ask.read { store in
            let open = try OpenCase.find(id, for: ask.viewer, ask.house, store)
            return (
                open, try open.exceptions(ask.house, store),
                try ask.house.slices.flatMap { try $0.papers(store, id, open.seen.relations) },
                try OwedFinding.all(of: id, store)
            )
        }
        // An expert's part of a case is the proposal, and that of who was asked in what they write.
        guard !open.seen.relations.isDisjoint(with: withFinance) else {
            return .see(
                open.seen.relations.isDisjoint(with: DossierSight.asked)
                    ? "/cases/\(id)/proposal" : "/cases/\(id)/statements")
        }
        try await open.note(.dossier, of: DossierSight.born, ask)
        return try await ask.page("case/overview", CaseOverviewPage(open, exceptions, papers, findings, ask))
    }

    private static func proposal(_ ask: Ask) async throws -> Answer {
        let id: ID<Application> = ask.id("id")
        let (open, page) = try await ask.read { store in
            let open = try OpenCase.find(id, for: ask.viewer, as: readers, ask.house, store)
            let application = try ApplicationSubmitted.find(fact: open.record.fact, store)?.application
            let page = CaseProposalPage(
                open, application, try Exclusion.of(id, store),
                try ContinuationLine.all(of: open, application, ask, store), ask)
            return (open, page)
        }
        try await open.note(.proposal, of: ProposalSight.members, ask)
        return try await ask.page("case/proposal", page)
    }

    private static func timeline(_ ask: Ask) async throws -> Answer {
        let id: ID<Application> = ask.id("id")
        let (open, page) = try await ask.read { store in
            let open = try OpenCase.find(id, for: ask.viewer, as: withFinance, ask.house, store)
            let facts = try TimelineFact.of(id, as: open.seen.relations, store)
            return (open, CaseTimelinePage(open, facts, try Reason.of(facts.map(\.number), store), ask))
        }
        try await open.note(.timeline, of: DossierSight.standing, ask)
        return try await ask.page("case/timeline", page)
    }

    private static func why(_ ask: Ask) async throws -> Answer {
        let id: ID<Application> = ask.id("id")
        let (open, page) = try await ask.read { store in
            let open = try OpenCase.find(id, for: ask.viewer, as: reasoned, ask.house, store)
            return (open, CaseWhyPage(open, try CaseGrounds.of(open, ask.house, store), ask))
        }
        try await open.note(.dossier, of: ProposalSight.verdicts, ask)
        return try await ask.page("case/why", page)
    }

    private static func receipt(_ ask: Ask) async throws -> Answer {
        let id: ID<Application> = ask.id("id")
        let page = try await ask.read { store in
            let open = try OpenCase.find(id, for: ask.viewer, as: [.owner], ask.house, store)
            let files = try ApplicationSubmitted.find(fact: open.record.fact, store)?.application.attachments
            return CaseReceiptPage(open, try Received.of(open.record, store), files ?? [], ask)
        }
        return try await ask.page("case/receipt", page)
    }

    /// The very bytes whose SHA-256 the receipt gives.
    private static func received(_ ask: Ask) async throws -> Answer {
        let id: ID<Application> = ask.id("id")
        let (number, text) = try await ask.read { store -> (String, String) in
            let open = try OpenCase.find(id, for: ask.viewer, as: [.owner], ask.house, store)
            guard let received = try Received.of(open.record, store) else { throw Missing() }
            return (open.record.number, received.body)
        }
        return .download(Array(text.utf8), name: "\(number).json", type: "application/json; charset=utf-8")
    }
}

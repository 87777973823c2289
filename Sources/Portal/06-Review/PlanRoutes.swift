import Lifecycle
import Store

/// Plans: made by a job, looked at, changed by wishes, compared, signed.
enum PlanRoutes {
    static func add(to routes: Routes) {
        routes.get("/office/assign/{call}/plans") { ask in try await list(ask, errors: []) }
        routes.post("/office/assign/{call}/plans") { ask in try await make(ask) }
        routes.post("/office/assign/{call}/wishes") { ask in try await wish(ask) }
        routes.get("/office/assign/{call}/compare") { ask in try await compare(ask) }
        routes.get("/office/assign/{call}/plans/{plan}") { ask in try await show(ask, errors: []) }
        routes.post("/office/assign/{call}/plans/again") { ask in try await again(ask) }
        routes.get("/office/assign/{call}/plans/{plan}/applications/{application}") { ask in
            try await application(ask)
        }
        routes.get("/office/assign/{call}/plans/{plan}/files/{file}") { ask in try await file(ask) }
        routes.post("/office/assign/{call}/plans/{plan}/sign") { ask in try await sign(ask) }
    }

    /// The plan, if the viewer may know of it.
    static func find(_ id: ID<AssignmentPlan>, _ ask: Ask, _ store: Transaction) throws -> PlanRecord {
        guard !PlanSight.relations(ask.viewer).isEmpty else { throw Missing() }
        let plan = try PlanQueries.find(id, store)
        guard plan.call == ask.id("call"), try !PlanSight.isBarred(ask.viewer, from: id, store) else {
            throw Missing()
        }
        return plan
    }

    private static func list(_ ask: Ask, errors: [String]) async throws -> Answer {
        try ask.require(.programmeOfficer, .auditor)
        let person = try ask.signedIn()
        let id = ask.id("call", Call.self)
        let picture = try await ask.read { store in
            let (call, programme) = try Calls.found(id, ask.house, store)
            let under = try store.value(
                "SELECT COUNT(*) FROM open_step WHERE call = \(id) AND kind = 'review'",
                as: Int.self)
            let barred = try !PlanSight.mayPlan(person, id, store)
            return PlanListPage.Picture(
                call: call, rules: programme.review.matching ?? .ours,
                needed: ReviewActs.needed(call, programme), under: under ?? 0,
                plans: try PlanQueries.all(in: id, store).filter {
                    try !PlanSight.isBarred(ask.viewer, from: $0.id, store)
                }, wishes: try WishRecord.all(in: id, store), isBarred: barred,
                bids: try BidQueries.count(in: id, store),
                gap: barred
                    ? nil
                    : try PlanGap.last(in: id, needed: ReviewActs.needed(call, programme), store))
        }
        // Wishes and gaps name experts.
        try await Reads.note(.reviewers, about: .call(id), ask)
        return try await ask.page(
            "plan/list", try PlanListPage(picture, errors: errors, ask), status: errors.isEmpty ? 200 : 422)
    }

    private static func make(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let person = try ask.signedIn()
        let call = ask.id("call", Call.self)
        let job: ID<Job>
        do {
            guard let objective = AssignmentPlan.Objective(rawValue: ask.form.text("objective")) else {
                _ = try await ask.read { store in try Calls.found(call, ask.house, store) }
                throw Refused("plan.objective")
            }
            let floor = ask.form.text("floor")
            if !floor.isEmpty, Int64(floor) == nil { throw Refused("plan.floor") }
            let keeps = ask.form.text("keeps") == "1"
            job = try await ask.change { change in
                try PlanActs.ask(
                    call, objective: objective, floor: Int64(floor), keepsInvited: keeps, by: person, change,
                    ask.house)
            }
        } catch let refused as Refused {
            return try await list(ask, errors: refused.refusals.map(ask.words.sentence))
        }
        return .see("/jobs/\(job)")
    }

    /// One click after invitations were declined.
    private static func again(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let person = try ask.signedIn()
        let call = ask.id("call", Call.self)
        let job: ID<Job>
        do {
            job = try await ask.change { change in
                try PlanActs.askAgain(call, by: person, change, ask.house)
            }
        } catch let refused as Refused {
            return try await list(ask, errors: refused.refusals.map(ask.words.sentence))
        }
        return .see("/jobs/\(job)")
    }

    /// Buttons carry a pair: `lock`, `forbid` or `free`. Goes back to the page of a plan the form came from.
    private static func wish(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let person = try ask.signedIn()
        let call = ask.id("call", Call.self)
        let named = ask.form["lock"] ?? ask.form["forbid"] ?? ask.form["free"] ?? ""
        let wish: AssignmentPlan.Wish? =
            ask.form["lock"] != nil ? .lock : ask.form["forbid"] != nil ? .forbid : nil
        guard let (application, expert) = PlanForm.pair(named) else { throw Missing() }
        try await ask.change { change in
            guard try PlanSight.mayPlan(person, call, change.store) else { throw Missing() }
            try PlanActs.wish(wish, application, expert, in: call, by: person, change, ask.house)
        }
        let base = "/office/assign/\(call)/plans"
        let back = ask.form.text("back")
        let place = back.hasPrefix(base) && !back.contains("\\") && !back.contains("//") ? back : base
        return .see("\(place)\(place.contains("?") ? "&" : "?")done=plan-wish")
    }

    private static func picture(_ ask: Ask) async throws -> PlanPage.Picture {
        let id = ask.id("plan", AssignmentPlan.self)
        let asked = PlanQueries.Show(rawValue: ask.query.text("show"))
        let after = ask.query.text("after")
        return try await ask.read { store in
            let plan = try find(id, ask, store)
            let (call, _) = try Calls.found(plan.call, ask.house, store)
            let diff = try PlanDiff.of(plan, store)
            // Beside a signed plan, what changes is what there is to look at.
            let show = asked ?? (diff == nil ? .all : .changes)
            let lines = try PlanQueries.lines(of: id, show, after: after, store)
            let holes = try PlanQueries.lines(of: id, .holes, after: "", store)
            let others = try holes.flatMap { line -> [ID<Application>] in
                if case .loadsExhausted(let applications, _, _, _, _)? = try line.reason() {
                    return applications
                }
                return []
            }
            let shown = lines.map(\.application)
            let changed = (diff?.gone ?? []).map(\.pair.application) + (diff?.come ?? []).map(\.application)
            return PlanPage.Picture(
                plan: plan, call: call, lines: lines, holes: holes,
                dossiers: try PlanQueries.dossiers(
                    Array(Set(shown + holes.map(\.application) + others + changed)), store),
                pairs: try PlanQueries.pairs(of: shown, in: id, store),
                loads: try PlanQueries.loads(of: id, store),
                documents: try PlanQueries.documents(of: id, isPublic: false, store),
                wishes: try WishRecord.all(in: plan.call, store), show: show, diff: diff)
        }
    }

    private static func show(_ ask: Ask, errors: [String]) async throws -> Answer {
        let picture = try await picture(ask)
        try await Reads.note(.assignmentPlan, about: AssignmentPlan.subject(picture.plan.id), ask)
        return try await ask.page(
            "plan/plan", try PlanPage(picture, errors: errors, ask), status: errors.isEmpty ? 200 : 422)
    }

    private static func application(_ ask: Ask) async throws -> Answer {
        let id = ask.id("plan", AssignmentPlan.self)
        let picture = try await ask.read { store in
            try PlanApplicationPage.picture(
                try find(id, ask, store), ask.id("application"), at: ask.now, ask.house, store)
        }
        try await Reads.note(.assignmentPlan, about: AssignmentPlan.subject(id), ask)
        return try await ask.page(
            "plan/application", PlanApplicationPage(picture, search: ask.query.text("q").trimmed, ask))
    }

    private static func compare(_ ask: Ask) async throws -> Answer {
        let ids: [ID<AssignmentPlan>] = [ID(ask.query.text("a")), ID(ask.query.text("b"))]
        let picture = try await ask.read { store in
            let plans = try ids.map { try find($0, ask, store) }
            let pairs = try ids.map { try PlanQueries.allPairs(in: $0, store) }
            let applications = Set(pairs.joined().map(\.application))
            return PlanComparePage.Picture(
                call: try Calls.found(plans[0].call, ask.house, store).0, plans: plans, pairs: pairs,
                dossiers: try PlanQueries.dossiers(Array(applications), store))
        }
        for id in ids { try await Reads.note(.assignmentPlan, about: AssignmentPlan.subject(id), ask) }
        return try await ask.page("plan/compare", try PlanComparePage(picture, ask))
    }

    private static func file(_ ask: Ask) async throws -> Answer {
        let id = ask.id("plan", AssignmentPlan.self)
        let name = ask.parameter("file")
        let bytes = try await ask.read { store in
            try PlanQueries.bytes(of: name, in: try find(id, ask, store).id, isPublic: false, store)
        }
        try await Reads.note(.assignmentPlan, about: AssignmentPlan.subject(id), ask)
        return .planFile(bytes, name)
    }

    private static func sign(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let officer = try ask.signedIn()
        let id = ask.id("plan", AssignmentPlan.self)
        do {
            try await ask.change { change in
                _ = try find(id, ask, change.store)
                try PlanActs.sign(id, by: officer, change, ask.house)
            }
        } catch let refused as Refused {
            return try await show(ask, errors: refused.refusals.map(ask.words.sentence))
        }
        return .see("/office/assign/\(ask.parameter("call"))/plans/\(id)?done=plan-signed")
    }
}

extension Answer {
    static func planFile(_ bytes: [UInt8], _ name: String) -> Answer {
        let type = name.hasSuffix(".json") ? "application/json" : "text/csv"
        return .download(bytes, name: name, type: "\(type); charset=utf-8")
    }
}

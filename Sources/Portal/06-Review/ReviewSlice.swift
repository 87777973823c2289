import Lifecycle

/// Experts, their reviews and their appraisals.
enum ReviewSlice {
    /// - Parameter definitions: kept definitions, for the number of reviewers a call needs.
    static func slice(_ definitions: Definitions) -> Slice {
        var slice = Slice("review")
        slice.tables =
            ReviewFacts.tables + SignedPlanFacts.tables + BidFacts.tables + AppraisalFacts.tables
            + MeetingFacts.tables + ChampionFacts.tables
        slice.projections =
            ReviewFacts.projections + SignedPlanFacts.projections + BidFacts.projections
            + AppraisalFacts.projections + MeetingFacts.projections + ChampionFacts.projections
        slice.afterEveryFact = { store, fact in try AppraisalFacts.endPanels(store, fact) }
        slice.seals = { fact, store in
            try MeetingQueries.isSealed(fact) || AppraisalQueries.isSealed(fact, store)
        }
        slice.jobs = [PlanMaking.kind]
        slice.factView = { _, viewer, fact in
            PlanSight.view(viewer, fact) ?? MeetingSight.view(viewer, fact)
        }
        slice.routes = {
            AssignRoutes.add(to: $0)
            ReviewRoutes.add(to: $0)
            ChampionRoutes.add(to: $0)
            BidRoutes.add(to: $0)
            PlanRoutes.add(to: $0)
            SignedPlanRoutes.add(to: $0)
            AppraisalRoutes.add(to: $0)
            AppraiserRoutes.add(to: $0)
            AppraisalDocuments.add(to: $0)
            MeetingRoutes.add(to: $0)
        }
        slice.tabs = [
            CaseTab("assign", for: ReviewSight.assigning, where: [.review]),
            CaseTab("reviews", for: ReviewSight.tab, where: [.review]),
            CaseTab("appraisals", for: AppraisalSight.tab, where: [.appraise]),
            CaseTab("meetings", for: MeetingSight.tab, where: [.meet]),
        ]
        slice.sights =
            ReviewSight.rows + PlanSight.rows + BidSight.rows + AppraisalSight.rows
            + MeetingSight.rows + ChampionSight.rows
        slice.pool = { store, purpose, about, now in try PanelPool.of(purpose, about, at: now, store) }
        slice.papers = { store, application, relations in
            try AppraisalDocuments.papers(of: application, for: relations, store)
        }
        slice.navigation = { viewer in
            var links: [NavigationLink] = []
            if viewer.holds(.programmeOfficer) {
                links.append(NavigationLink("assign", "/office/assign"))
                links.append(NavigationLink("office-appraisals", "/office/appraisals"))
            }
            if !PlanSight.relations(viewer).isEmpty {
                links.append(NavigationLink("matchings", "/matchings"))
            }
            if viewer.holds(.expert) || DrawSight.isOfficial(viewer) {
                links.append(NavigationLink("meetings", "/meetings"))
            }
            if viewer.holds(.expert) {
                links.append(NavigationLink("reviews", "/reviews"))
                links.append(NavigationLink("appraisals", "/appraisals"))
            }
            return links
        }
        slice.tasks = { store, viewer, _ in
            guard let person = viewer.person else { return [] }
            var tasks: [PendingTask] = []
            if viewer.holds(.programmeOfficer) {
                for lack in try ReviewQueries.lacks(for: person, definitions, store) where lack.lacking > 0 {
                    tasks.append(
                        PendingTask(
                            verb: "assign", title: lack.title,
                            href: "/office/assign?call=\(lack.call.rawValue.percentEncoded)", due: lack.due,
                            count: lack.lacking))
                }
            }
            if viewer.holds(.expert) {
                for item in try ReviewQueries.mine(person, store) where item.stepKind == "review" {
                    switch item.state {
                    case .invited, .accepted:
                        tasks.append(
                            PendingTask(
                                verb: item.state == .invited ? "review-answer" : "review-write",
                                title: item.title, href: "/reviews/\(item.id)", due: item.dueAt))
                    case .declined, .released, .submitted: break
                    }
                }
            }
            return tasks + (try ChampionTasks.of(viewer, definitions, store))
                + (try AppraisalTasks.of(viewer, store)) + (try MeetingTasks.of(viewer, store))
        }
        return slice
    }
}

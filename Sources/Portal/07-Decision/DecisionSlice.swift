import Lifecycle

/// Ranking, selection, notice, objection.
enum DecisionSlice {
    /// - Parameter definitions: kept definitions, for the order of a call's steps.
    static func slice(_ definitions: Definitions) -> Slice {
        var slice = Slice("decision")
        slice.tables = DecisionFacts.tables + RaceFacts.tables
        slice.projections = DecisionFacts.projections + RaceFacts.projections
        slice.sights = DecisionSight.rows + RaceSight.rows + RollSight.rows + EndorsedListSight.rows
        slice.factView = DecisionFactView.of
        slice.tabs = [CaseTab("decision", for: DecisionPage.relations, where: [.decide])]
        slice.tasks = { store, viewer, now in try DecisionTasks.all(store, viewer, now, definitions) }
        slice.unitRecord = { store, indicator, earlier in
            try DecidedRounds.record(of: indicator, in: earlier, definitions, store)
        }
        slice.past = { store, people in try DecidedRecords.all(of: people, definitions, store) }
        slice.navigation = { viewer in
            var links = [NavigationLink("notices", "/notices")]
            let officials: [Role] = [
                .programmeOfficer, .commissionLeader, .jointFunder, .auditor, .integrity,
            ]
            if officials.contains(where: viewer.holds) { links.append(NavigationLink("rounds", "/rounds")) }
            return links
        }
        slice.routes = { routes in
            RoundRoutes.add(to: routes)
            RaceRoutes.add(to: routes)
            SignRoutes.add(to: routes)
            NoticeRoutes.add(to: routes)
            RollRoutes.add(to: routes)
            DecisionPage.add(to: routes)
        }
        return slice
    }
}

import Lifecycle

/// Drafts, dossiers, endorsement, the case page.
enum ApplicationSlice {
    /// - Parameter definitions: kept definitions, for the replay of standings.
    static func slice(_ definitions: Definitions) -> Slice {
        var slice = Slice("application")
        slice.tables =
            ApplicationProjections.tables + PartyFacts.tables + StatementFacts.tables
            + OpenSteps.tables + RollFacts.tables
        slice.projections =
            ApplicationProjections.projections + PartyFacts.projections + StatementFacts.projections
            + RollFacts.projections + [CallMoving.projection(definitions)]
        slice.afterEveryFact = { store, fact in try Dossiers.refresh(store, fact, definitions) }
        slice.sights =
            DossierSight.rows + ProposalSight.rows + ExceptionSight.rows + ConsentSight.rows
            + PartySight.rows + StatementSight.rows + CriterionSight.rows
            + WhatIfSight.rows + DefinitionSight.rows + CallOwedSight.rows
            + OwedFinding.rows + RollInviteSight.rows
        slice.factView = { store, viewer, fact in
            try DefinitionSight.view(viewer, fact) ?? DossierFactView.of(store, viewer, fact)
        }
        slice.outlook = CaseOutlook.find
        slice.tabs = CaseRoutes.tabs
        slice.navigation = { viewer in
            let roles: Set<Role> = [
                .applicant, .teamMember, .researchOffice, .universityLeader, .programmeOfficer,
                .commissionLeader,
                .finance, .financeApprover, .integrity, .auditor,
            ]
            return (viewer.roles.isDisjoint(with: roles) ? [] : [NavigationLink("cases", "/cases")])
                + (viewer.holds(.researchOffice) ? [NavigationLink("lists", "/lists")] : [])
                + (viewer.holds(.programmeOfficer) || viewer.holds(.commissionLeader)
                    ? [NavigationLink("office-plan", "/office/plan")] : [])
        }
        slice.routes = { routes in
            CaseRoutes.add(to: routes)
            DraftRoutes.add(to: routes)
            ListRoutes.add(to: routes)
            PartyRoutes.add(to: routes)
            StatementRoutes.add(to: routes)
            WhatIfRoutes.add(to: routes)
            DefinitionOfficeRoutes.add(to: routes)
            CallOwedRoutes.add(to: routes)
        }
        slice.tasks = { store, viewer, now in
            try DraftTasks.waiting(store, viewer, now) + ListTasks.waiting(store, viewer, now)
                + PartyQueries.tasks(for: viewer, now, store) + StatementQueries.tasks(for: viewer, store)
                + DefinitionTasks.waiting(store, viewer, now, definitions)
                + CallOwed.tasks(for: viewer, now, definitions, store)
        }
        return slice
    }
}

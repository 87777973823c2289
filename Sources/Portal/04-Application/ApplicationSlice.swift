import Lifecycle

/// Drafts, dossiers, endorsement, the case page.
enum ApplicationSlice {
    /// - Parameter definitions: kept definitions, for the replay of standings.
    static func slice(_ definitions: Definitions) -> Slice {
        var slice = Slice("application")
        slice.tables = ApplicationProjections.tables
        slice.projections = ApplicationProjections.projections
        slice.afterEveryFact = { store, fact in try Dossiers.refresh(store, fact, definitions) }
        slice.sights = DossierSight.rows + ProposalSight.rows
        slice.outlook = CaseOutlook.find
        slice.tabs = CaseRoutes.tabs
        slice.navigation = { viewer in
            let roles: Set<Role> = [
                .applicant, .teamMember, .researchOffice, .universityLeader, .programmeOfficer, .commissionLeader,
                .finance, .financeApprover, .integrity, .auditor,
            ]
            return viewer.roles.isDisjoint(with: roles) ? [] : [NavigationLink("cases", "/cases")]
        }
        slice.routes = { routes in
            CaseRoutes.add(to: routes)
        }
        return slice
    }
}

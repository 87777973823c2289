import Lifecycle

/// Organisations, people, roles, sign-in, and the house's own pages.
enum PeopleSlice {
    static var slice: Slice {
        var slice = Slice("people")
        slice.tables = PeopleFacts.tables
        slice.projections = PeopleFacts.projections
        slice.sights = PersonSight.rows + TrackSight.rows
        slice.routes = { routes in
            HomeRoutes.add(to: routes)
            AssetRoutes.add(to: routes)
            SignInRoutes.add(to: routes)
            InvitationRoutes.add(to: routes)
            AccountRoutes.add(to: routes)
            PeopleRoutes.add(to: routes)
            TrackRoutes.add(to: routes)
            AdminRoutes.add(to: routes)
            DemoRoutes.add(to: routes)
        }
        slice.navigation = { viewer in
            var links: [NavigationLink] = []
            if viewer.person != nil { links.append(NavigationLink("todo", "/todo")) }
            if viewer.roles.contains(where: \.isAdministrator) {
                links.append(NavigationLink("admin", "/admin"))
            }
            if PeopleRoutes.readers.contains(where: viewer.holds) {
                links.append(NavigationLink("people", "/people"))
            }
            return links
        }
        slice.tasks = { store, viewer, _ in
            try AdminQueries.proposals(store).filter { $0.proposal.isConfirmable(by: viewer) }.map {
                PendingTask(verb: "confirm-proposal", title: $0.name, href: "/admin", due: nil)
            }
        }
        return slice
    }
}

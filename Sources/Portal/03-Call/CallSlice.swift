import Lifecycle

/// Calls for applications.
enum CallSlice {
    static var slice: Slice {
        var slice = Slice("call")
        slice.tables = CallFacts.tables
        slice.projections = CallFacts.projections
        slice.routes = { routes in
            CallRoutes.add(to: routes)
            OfficeCallRoutes.add(to: routes)
            DefinitionRoutes.add(to: routes)
        }
        slice.navigation = { viewer in
            var links = [NavigationLink("calls", "/calls")]
            if viewer.holds(.programmeOfficer) {
                links.append(NavigationLink("office-calls", "/office/calls"))
            }
            return links
        }
        return slice
    }
}

import Lifecycle

/// Long work: queued by other slices, followed here.
enum JobsSlice {
    /// Whose work asks for it.
    private static let asking: [Role] = [.programmeOfficer, .auditor]

    static var slice: Slice {
        var slice = Slice("jobs")
        slice.routes = JobRoutes.add
        slice.navigation = { viewer in
            asking.contains(where: viewer.holds) ? [NavigationLink("jobs", "/jobs")] : []
        }
        return slice
    }
}

import Lifecycle

/// Long work: queued by other slices, followed here.
enum JobsSlice {
    static var slice: Slice {
        var slice = Slice("jobs")
        slice.routes = JobRoutes.add
        slice.tasks = { _, _, _ in [] }
        return slice
    }
}

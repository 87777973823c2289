/// Seeding belongs to the demo; that it was done is seen wherever the house is served.
enum DemoSlice {
    static var slice: Slice {
        var slice = Slice("demo")
        slice.jobs = DemoSeeding.jobs
        return slice
    }
}

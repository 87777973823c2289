/// Organisations, people, roles, sign-in.
enum PeopleSlice {
    static var slice: Slice {
        var slice = Slice("people")
        slice.tables = PeopleFacts.tables
        slice.projections = PeopleFacts.projections
        return slice
    }
}

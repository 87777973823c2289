/// Every slice of the house, in the order of the life cycle: the one place that lists them.
package enum Slices {
    package static func all(_ definitions: Definitions) -> [Slice] {
        [
            JournalSlice.slice, JobsSlice.slice, PeopleSlice.slice, PlanSlice.slice, IntegritySlice.slice,
            CallSlice.slice,
            ApplicationSlice.slice(definitions), ScreeningSlice.slice, ReviewSlice.slice(definitions),
            DecisionSlice.slice(definitions),
            ProjectSlice.slice(definitions), FundsSlice.slice, DemoSlice.slice,
        ]
    }
}

package import Lifecycle

/// How a deadline is shown, the same on every page: with 待公布 where it lies in, or is reached through, a year whose
/// holidays are not published.
extension Ask {
    /// A deadline in finished words; a dash where there is none.
    package func due(_ due: Instant?, none: String = "—") -> String {
        guard let due else { return none }
        return due.text + mark(until: due)
    }

    /// The same where only the day is told.
    package func dueDay(_ due: Instant) -> String { due.day.text + mark(until: due) }

    /// The whole sentence, where there is room for it; empty where the holidays are published.
    package func calendarGap(until due: Instant?) -> String {
        due.flatMap { calendar.unpublishedYear(until: $0, from: now) }
            .map { words.filled("calendar.gap", ["year": "\($0)"]) } ?? ""
    }

    private func mark(until due: Instant) -> String {
        calendar.unpublishedYear(until: due, from: now)
            .map { words.filled("calendar.mark", ["year": "\($0)"]) } ?? ""
    }
}

/// Statutory holidays and make-up working days, by year.
///
/// A year the State Council has not yet published counts weekends only, and says so: see ``isPublished(_:)``.
package struct WorkCalendar: Sendable, Equatable, Codable {
    private let holidays: Set<Day>
    private let makeUpDays: Set<Day>
    private let published: Set<Int>

    package init(holidays: Set<Day>, makeUpDays: Set<Day>, published: Set<Int>) {
        self.holidays = holidays
        self.makeUpDays = makeUpDays
        self.published = published
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        holidays = try values.decode(Set<Day>.self, forKey: .holidays)
        makeUpDays = try values.decode(Set<Day>.self, forKey: .makeUpDays)
        published = try values.decode(Set<Int>.self, forKey: .published)
    }

    /// In order: one calendar has one spelling, wherever it is written.
    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(holidays.sorted(), forKey: .holidays)
        try values.encode(makeUpDays.sorted(), forKey: .makeUpDays)
        try values.encode(published.sorted(), forKey: .published)
    }

    private enum CodingKeys: String, CodingKey { case holidays, makeUpDays, published }

    /// Weekends only.
    package static let weekendsOnly = WorkCalendar(holidays: [], makeUpDays: [], published: [])

    package func isPublished(_ year: Int) -> Bool { published.contains(year) }

    /// The first year that a deadline lies in, or that it is reached through from now on, whose holidays are not
    /// published: the deadline is shown as 待公布 then. Nil where all of them are.
    package func unpublishedYear(until due: Instant, from now: Instant) -> Int? {
        (min(now, due).day.year...due.day.year).first { !isPublished($0) }
    }

    package func isWorking(_ day: Day) -> Bool {
        if makeUpDays.contains(day) { return true }
        return day.weekday <= 5 && !holidays.contains(day)
    }

    /// The `count`-th working day after `day` (the day itself is not counted).
    package func day(_ count: Int, workingDaysAfter day: Day) -> Day {
        var current = day
        var left = count
        while left > 0 {
            current = current.adding(1)
            if isWorking(current) { left -= 1 }
        }
        return current
    }
}

/// How long a step may take. 日, 工作日 and hours are different things and stay so in the type.
package enum Term: Hashable, Sendable, Codable {
    /// Counted from the very moment, day and night: for what is urgent.
    case hours(Int)
    case days(Int)
    case workingDays(Int)

    /// The term's last moment: so many hours on, or the end of the last day, where the opening day is not counted.
    package func end(from start: Instant, in calendar: WorkCalendar) -> Instant {
        switch self {
        case .hours(let count): return start.adding(seconds: Int64(count) * 3600)
        case .days(let count): return Instant(start.day.adding(count + 1)).adding(milliseconds: -1)
        case .workingDays(let count):
            let last = calendar.day(count, workingDaysAfter: start.day)
            return Instant(last.adding(1)).adding(milliseconds: -1)
        }
    }
}

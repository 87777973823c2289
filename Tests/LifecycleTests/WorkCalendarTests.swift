import Lifecycle
import PlanFiles
import Testing

@Suite struct WorkCalendarTests {
    let calendar: WorkCalendar

    init() throws { calendar = try Repository.loaded().calendar }

    @Test func `five working days after 30 September 2025 skip the holiday and count the make-up Saturday`()
        throws
    {
        let start = try #require(Day(text: "2025-09-30"))
        // 1–8 October are off; 9 and 10, Saturday 11 (made up), 13 and 14 are worked.
        #expect(calendar.day(5, workingDaysAfter: start).text == "2025-10-14")
        #expect(WorkCalendar.weekendsOnly.day(5, workingDaysAfter: start).text == "2025-10-07")
    }

    @Test func `Sunday 28 September 2025 is worked in exchange`() throws {
        let sunday = try #require(Day(text: "2025-09-28"))
        #expect(sunday.weekday == 7)
        #expect(calendar.isWorking(sunday))
        #expect(!calendar.isWorking(sunday.adding(-1)))
    }

    @Test func `a term ends with the last moment of its last day`() throws {
        let start = try #require(Instant(text: "2025-09-30 16:00"))
        #expect(Term.workingDays(5).end(from: start, in: calendar).iso == "2025-10-14T23:59:59.999+08:00")
        #expect(Term.days(10).end(from: start, in: calendar).iso == "2025-10-10T23:59:59.999+08:00")
    }

    @Test func `an unpublished year counts weekends only`() throws {
        let monday = try #require(Day(text: "2027-10-04"))
        #expect(calendar.isWorking(monday))
        #expect(!calendar.isPublished(2027))
    }

    @Test func `a deadline hangs on every year from now to its end, and the first unpublished one is told`()
        throws
    {
        let years = WorkCalendar(holidays: [], makeUpDays: [], published: [2025, 2027])
        func told(_ now: String, _ due: String) throws -> Int? {
            years.unpublishedYear(
                until: try #require(Instant(text: due)), from: try #require(Instant(text: now)))
        }
        #expect(try told("2025-12-20 09:00", "2025-12-31 16:00") == nil)
        // In it, and through it.
        #expect(try told("2025-12-20 09:00", "2026-01-08 16:00") == 2026)
        #expect(try told("2026-12-20 09:00", "2027-01-08 16:00") == 2026)
        // What is overdue hangs on its own year alone.
        #expect(try told("2026-03-01 09:00", "2025-12-31 16:00") == nil)
        #expect(try told("2028-03-01 09:00", "2026-12-31 16:00") == 2026)
    }
}

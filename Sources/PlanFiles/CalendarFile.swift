import Lifecycle

/// `calendar/<year>.yaml`: what the State Council's notice for one year says.
struct CalendarFile {
    let year: Int
    let holidays: Set<Day>
    let makeUpDays: Set<Day>

    static func read(_ text: String, path: String, log: ProblemLog) -> CalendarFile? {
        guard let item = YAMLItem.document(text, path: path, log: log),
            let fields = Fields(
                item, known: ["year", "source", "verified", "holidays", "makeUpDays"], log: log)
        else { return nil }
        guard let year = fields.int("year", in: 1949...9999) else { return nil }
        if path.split(separator: "/").last.map(String.init) != "\(year).yaml" {
            log.add(fields.place(of: "year"), "calendar.year", "年份与文件名不符", "the year is not the file's")
        }
        // Nothing shows it yet; it has to be one of the words all the same.
        if fields.has("verified") { _ = fields.check("verified") }
        let holidays = days(fields, "holidays", year, log)
        let makeUpDays = days(fields, "makeUpDays", year, log)
        if let both = holidays.intersection(makeUpDays).min() {
            log.add(
                fields.place(of: "makeUpDays"), "calendar.both", "\(both) 既放假又上班",
                "\(both) is both off and worked")
        }
        return CalendarFile(year: year, holidays: holidays, makeUpDays: makeUpDays)
    }

    private static func days(_ fields: Fields, _ key: String, _ year: Int, _ log: ProblemLog) -> Set<Day> {
        var days: Set<Day> = []
        for item in fields.list(key) ?? [] {
            guard let entry = Fields(item, known: ["day", "festival"], log: log) else { continue }
            _ = entry.text("festival")
            guard let day = entry.day("day") else { continue }
            let place = entry.place(of: "day")
            if day.year != year {
                log.add(place, "calendar.year", "\(day) 不在 \(year) 年", "\(day) is not in \(year)")
            }
            if !days.insert(day).inserted {
                log.add(place, "id.duplicate", "\(day) 重复", "\(day) stands twice")
            }
        }
        return days
    }
}

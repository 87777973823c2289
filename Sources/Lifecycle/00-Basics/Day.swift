/// A civil day of the Gregorian calendar; `number` counts from 1970-01-01.
package struct Day: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    package let number: Int

    package init(number: Int) { self.number = number }

    /// Nil when there is no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), (1...9999).contains(year), day >= 1,
            day <= Self.length(ofMonth: month, year: year)
        else { return nil }
        number = Self.number(year: year, month: month, day: day)
    }

    /// Reads `2026-03-20`; nothing else.
    package init?(text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
            text.utf8.allSatisfy({ $0 == 45 || (48...57).contains($0) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    package static func < (left: Self, right: Self) -> Bool { left.number < right.number }

    package func adding(_ days: Int) -> Self { Self(number: number + days) }

    /// The same day `years` later; 29 February becomes 28 February where there is none.
    package func adding(years: Int) -> Self {
        let (year, month, day) = components
        let last = Self.length(ofMonth: month, year: year + years)
        return Self(number: Self.number(year: year + years, month: month, day: min(day, last)))
    }

    /// 1 is Monday, 7 is Sunday.
    package var weekday: Int { (((number + 3) % 7) + 7) % 7 + 1 }

    package var text: String {
        let (year, month, day) = components
        return "\(String(String(year + 10_000).dropFirst()))-\(twoDigits(month))-\(twoDigits(day))"
    }

    package var description: String { text }
    package var year: Int { components.year }

    /// Years lived on `day` by one born on this day (周岁: a year is full on the birthday itself).
    package func age(on day: Day) -> Int {
        let (year, month, dayOfMonth) = components
        let (otherYear, otherMonth, otherDay) = day.components
        return otherYear - year - ((otherMonth, otherDay) < (month, dayOfMonth) ? 1 : 0)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let day = Day(text: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a day: \(text)")
        }
        self = day
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    /// Days-to-civil by eras of 400 years (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    package var components: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func number(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: return 30
        default: return 31
        }
    }
}

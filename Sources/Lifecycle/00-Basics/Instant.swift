/// A moment in time: milliseconds since 1970-01-01T00:00:00Z.
package struct Instant: Hashable, Comparable, Sendable, Codable, RawRepresentable {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
    package init(milliseconds: Int64) { rawValue = milliseconds }

    /// The moment of a civil time in the commission's zone.
    package init(_ day: Day, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        let seconds = Int64(day.number) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        rawValue = (seconds - Zone.offset) * 1000
    }

    package init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    package func adding(seconds: Int64) -> Self { Self(milliseconds: rawValue + seconds * 1000) }
    package func adding(milliseconds: Int64) -> Self { Self(milliseconds: rawValue + milliseconds) }

    /// The civil day this moment falls on in the commission's zone.
    package var day: Day { Day(number: Int(localSeconds.flooredDivision(by: 86_400))) }

    /// `2026-03-20 16:00`, in the commission's zone.
    package var text: String { "\(day.text) \(clock)" }

    /// `16:00`, in the commission's zone.
    package var clock: String {
        let second = localSeconds - localSeconds.flooredDivision(by: 86_400) * 86_400
        return "\(twoDigits(Int(second / 3600))):\(twoDigits(Int(second / 60 % 60)))"
    }

    /// RFC 3339 with the zone's offset and milliseconds: `2026-03-20T16:00:00.000+08:00`.
    package var iso: String {
        let second = localSeconds - localSeconds.flooredDivision(by: 86_400) * 86_400
        let fraction = Int(rawValue - rawValue.flooredDivision(by: 1000) * 1000)
        let padded = String(String(fraction + 1000).dropFirst())
        return "\(day.text)T\(clock):\(twoDigits(Int(second % 60))).\(padded)+08:00"
    }

    /// Reads `2026-03-20`, `2026-03-20 16:00` or `2026-03-20T16:00[:00]`, in the commission's zone.
    package init?(text: String) {
        let parts = text.split(whereSeparator: { $0 == " " || $0 == "T" }).map(String.init)
        guard let first = parts.first, let day = Day(text: first), parts.count <= 2 else { return nil }
        guard parts.count == 2 else { self.init(day); return }
        let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard (2...3).contains(clock.count), let hour = clock[0], let minute = clock[1],
            (0...23).contains(hour), (0...59).contains(minute)
        else { return nil }
        let second = clock.count == 3 ? clock[2] : 0
        guard let second, (0...59).contains(second) else { return nil }
        self.init(day, hour: hour, minute: minute, second: second)
    }

    private var localSeconds: Int64 { rawValue.flooredDivision(by: 1000) + Zone.offset }
}

/// The zone in which days begin and deadlines strike.
///
/// Beijing has kept one offset without summer time since 1991-09-15; every instant this system records
/// is later, so the offset is a constant and needs no zone database on the machine.
package enum Zone {
    package static let name = "Asia/Shanghai"
    static let offset: Int64 = 8 * 3600
}

extension Int64 {
    func flooredDivision(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return (self % divisor < 0) ? quotient - 1 : quotient
    }
}

func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

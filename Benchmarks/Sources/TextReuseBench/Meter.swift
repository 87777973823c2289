import Glibc

/// CPU and wall time since it was made.
struct Meter {
    private let cpuStart = Self.clock(CLOCK_PROCESS_CPUTIME_ID)
    private let wallStart = Self.clock(CLOCK_MONOTONIC)

    /// User and system time of all threads.
    var cpu: Double { Self.clock(CLOCK_PROCESS_CPUTIME_ID) - cpuStart }
    var wall: Double { Self.clock(CLOCK_MONOTONIC) - wallStart }

    private static func clock(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The most megabytes that were resident at once since the start, pages of mapped files among them.
    static var peakMegabytes: Double {
        guard let file = fopen("/proc/self/status", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, 256, file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            guard text.hasPrefix("VmHWM:") else { continue }
            return Double(text.filter(\.isNumber)).map { $0 / 1024 } ?? 0
        }
        return 0
    }
}

import Foundation
import Lifecycle
import Store

/// Measures the journal on a database of its own.
package enum JournalBench {
    package struct Result: Sendable, Codable {
        package let facts: Int
        /// One fact with its payload as two plain inserts, without hashing, numbering or projecting.
        package let bareMicroseconds: Double
        /// The same through ``Change/append(_:about:as:move:reason:clause:)``, with a checkpoint about once a second.
        package let appendMicroseconds: Double
        package let ratio: Double
        /// Of the last checkpoint.
        package let sealSeconds: Double
        package let verifySeconds: Double
        package let wrong: Int
        package let residentMegabytes: Int
    }

    /// Facts in a transaction: about what a busy second brings.
    private static let batch = 1_000

    package static func run(
        facts: Int, folder: String, progress: (String) -> Void
    ) throws -> Result {
        let migrations = try Migrator(House.migrations())
        let slices = Slices.all(Definitions())
        let projections = Projections(slices)
        let clock = ContinuousClock()

        progress("bare inserts")
        let bare = try Database.open(path: "\(folder)/bare.sqlite")
        try migrations.migrate(bare)
        let sample = min(facts, 100_000)
        let bareTime = try clock.measure {
            for start in stride(from: 0, to: sample, by: batch) {
                try bare.writeNow { store in
                    for number in start..<min(start + batch, sample) { try insertBare(number, store) }
                }
            }
        }
        try bare.close()

        progress("appends")
        let database = try Database.open(path: "\(folder)/journal.sqlite")
        try migrations.migrate(database)
        let keys = try JournalKeys.create(folder: "\(folder)/keys", world: .real)
        let sealer = Sealer(database: database, keys: keys, now: World.real.now)
        var sampleTime = Duration.zero
        let begin = clock.now
        var sealed = begin
        for start in stride(from: 0, to: facts, by: batch) {
            try database.writeNow { store in
                for number in start..<min(start + batch, facts) {
                    try append(
                        number,
                        Change(
                            store: store, at: instant(number), actor: person(number % 1_000), world: .real,
                            projections: projections))
                }
            }
            // A checkpoint is signed about once a second, as in a house at work; its time counts.
            if clock.now - sealed >= .seconds(1) {
                _ = try sealer.seal()
                sealed = clock.now
            }
            if start + batch == sample { sampleTime = clock.now - begin }
        }

        progress("seal")
        let sealTime = try clock.measure { _ = try sealer.seal() }

        progress("verify")
        let report = try JournalVerifier(
            database: database, projections: projections, keys: keys, attachments: "\(folder)/attachments"
        ).verify()
        try database.close()
        for finding in report.findings { progress(finding.line(in: .en)) }
        let perBare = microseconds(bareTime) / Double(sample)
        let perAppend = microseconds(sampleTime == .zero ? clock.now - begin : sampleTime) / Double(sample)
        return Result(
            facts: facts, bareMicroseconds: perBare, appendMicroseconds: perAppend,
            ratio: perAppend / perBare,
            sealSeconds: microseconds(sealTime) / 1e6, verifySeconds: report.seconds, wrong: report.wrong,
            residentMegabytes: residentMegabytes())
    }

    /// Nine of ten are readings, as in a house at work; the others register people, records and, with a reason,
    /// roles.
    private static func append(_ number: Int, _ change: Change) throws {
        let who = person(number % 1_000)
        switch number % 20 {
        case 0 where number < 20_000:
            try change.append(
                PersonRegistered(
                    Person(
                        id: person(number), name: "测试\(number)", pinyin: "ceshi",
                        email: "p\(number)@bench.example",
                        organisation: ID("bench"), demo: true)), about: .person(person(number)))
        case 0:
            try change.append(
                RoleGranted(
                    Tenure(person: who, role: .expert, organisation: ID("bench"), from: instant(number))),
                about: .person(who), as: .systemAdmin, reason: "接替离任者")
        case 10:
            try change.append(
                TrackRecorded(
                    TrackRecord(
                        person: who, kind: .led, family: "bench", level: .city, title: "课题\(number)",
                        from: Day(number: 18_000 + number % 1_000), until: nil)), about: .person(who))
        default:
            try change.append(
                RecordRead(what: "reviews"),
                about: Subject(kind: "application", id: "bench\(number % 5_000)"),
                as: .programmeOfficer)
        }
    }

    private static func insertBare(_ number: Int, _ store: Transaction) throws {
        let salt = [UInt8](repeating: 7, count: 16)
        let hash = [UInt8](repeating: 9, count: 32)
        let actor = person(number % 1_000)
        _ = try store.run(
            """
            INSERT INTO fact (number, at, kind, subject_kind, subject_id, actor, role, step, outcome, target,
              clause, salt, payload_hash, reason_hash, entry)
            VALUES (\(number), \(instant(number)), 'record.read', 'application', \("bench\(number % 5_000)"), \(actor),
              'programme-officer', NULL, NULL, NULL, NULL, \(salt), \(hash), NULL, \(hash))
            """)
        _ = try store.run(
            "INSERT INTO payload (number, salt, body) VALUES (\(number), \(salt), '{\"what\":\"reviews\"}')")
    }

    private static func person(_ number: Int) -> ID<Person> { ID("benchperson\(10_000 + number)") }
    private static func instant(_ number: Int) -> Instant {
        Instant(milliseconds: 1_780_000_000_000 + Int64(number) * 40)
    }

    private static func microseconds(_ duration: Duration) -> Double { duration / .microseconds(1) }

    private static func residentMegabytes() -> Int {
        let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (Int(line.filter(\.isNumber)) ?? 0) / 1024
    }
}

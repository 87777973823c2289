import Lifecycle
import Testing

/// An empty record is met only as far back as the record is known to go.
@Suite struct KnownPastTests {
    private let today = Day(number: 20_605)  // 2026-06-01

    private func result(
        _ demand: Demand, _ known: [KnownPast]?, record: [TrackRecord] = [], year: Int = 2026
    ) throws -> Verdict {
        let version = RuleVersion(
            from: try #require(Day(text: "2021-05-01")), demand: demand, standing: .binding,
            cites: Citation(document: "通知"), verified: true)
        return Rule(id: "r", label: Label("规则", "rule"), scope: .application, versions: [version]).verdict(
            on: today, applicant: Applicant(record: record, known: known), settings: Settings(),
            callYear: year, projectEnd: nil)
    }

    private func known(
        _ scope: KnownPast.Scope = .family("f"), _ kinds: [TrackRecord.Kind] = TrackRecord.Kind.allCases,
        since: String? = nil
    ) throws -> KnownPast {
        KnownPast(scope, kinds: kinds, since: try since.map { try #require(Day(text: $0)) })
    }

    private func entry(_ kind: TrackRecord.Kind, from: String, until: String? = nil) throws -> TrackRecord {
        TrackRecord(
            person: ID("p"), kind: kind, family: "f", level: .city, title: "旧项目",
            from: try #require(Day(text: from)), until: until.flatMap(Day.init(text:)))
    }

    private static let all: [Demand] = [
        .noActiveProject(family: "f"), .notRevokedSince(family: "f", day: Day(number: 16_071)),
        .yearsSinceLateClosing(family: "f", years: 2), .neverLed(family: "f"), .neverLedLevel(.provincial),
        .notUnfundedRunning(family: "f", years: 2), .notBarred,
    ]

    @Test(arguments: all) func `where nothing is known nothing is met, and the verdict says so`(
        demand: Demand
    )
        throws
    {
        let verdict = try result(demand, [])
        #expect(verdict.result == .unknown)
        #expect(verdict.looked.contains { $0.label.zh == "记录可查自" && $0.value == "unknown" })
        let other = try result(demand, [known(.family("other")), known(.level(.national))])
        #expect(other.result == .unknown)
    }

    @Test(arguments: all) func `where everything is known an empty record is clean`(demand: Demand) throws {
        #expect(try result(demand, [known(), known(.level(.city))]).result == .met)
        // A case of a programme states the whole record.
        #expect(try result(demand, nil).result == .met)
    }

    @Test func `what is found counts however little is known`() throws {
        let runs = try entry(.led, from: "2025-01-01", until: "2027-12-31")
        #expect(try result(.noActiveProject(family: "f"), [], record: [runs]).result == .unmet)
        let late = try entry(.closedLate, from: "2023-01-01", until: "2025-06-01")
        #expect(
            try result(.yearsSinceLateClosing(family: "f", years: 2), [], record: [late]).result == .unmet)
        #expect(try result(.neverLed(family: "f"), [], record: [late]).result == .unmet)
    }

    @Test func `a bar counts while it runs, whoever it is of, and makes nobody one who led`() throws {
        func bar(_ from: String, until: String?) throws -> TrackRecord {
            TrackRecord(
                person: ID("p"), kind: .barred, family: "", level: .national, title: "处理决定",
                from: try #require(Day(text: from)), until: until.flatMap(Day.init(text:)))
        }
        let all = [try known(), try known(.family("")), try known(.level(.city))]
        func result(_ demand: Demand, _ record: TrackRecord) throws -> Verdict.Result {
            try self.result(demand, all, record: [record]).result
        }
        #expect(try result(.notBarred, bar("2024-06-01", until: "2026-06-01")) == .unmet)
        #expect(try result(.notBarred, bar("2020-01-01", until: nil)) == .unmet)
        #expect(try result(.notBarred, bar("2024-06-01", until: "2026-05-31")) == .met)
        #expect(try result(.notBarred, bar("2026-06-02", until: nil)) == .met)
        #expect(try result(.neverLed(family: ""), bar("2020-01-01", until: nil)) == .met)
        #expect(try result(.neverLedLevel(.city), bar("2020-01-01", until: nil)) == .met)
        #expect(try result(.noActiveProject(family: ""), bar("2020-01-01", until: nil)) == .met)
        // Known of one family only says nothing of what others decided.
        #expect(try self.result(.notBarred, [known()]).result == .unknown)
    }

    @Test func `a record reaches as far as the demand looks, or it does not`() throws {
        func at(_ demand: Demand, _ since: String) throws -> Verdict.Result {
            try result(demand, [known(since: since)]).result
        }
        let active = Demand.noActiveProject(family: "f")
        #expect(try at(active, "2026-06-01") == .met)
        #expect(try at(active, "2026-06-02") == .unknown)
        let revoked = Demand.notRevokedSince(family: "f", day: Day(number: 16_071))  // 2014-01-01
        #expect(try at(revoked, "2014-01-01") == .met)
        #expect(try at(revoked, "2014-01-02") == .unknown)
        let late = Demand.yearsSinceLateClosing(family: "f", years: 2)
        #expect(try at(late, "2024-06-01") == .met)
        #expect(try at(late, "2024-06-02") == .unknown)
        // “Never” needs the beginning.
        #expect(try at(.neverLed(family: "f"), "1990-01-01") == .unknown)
    }

    @Test func `each kind is known by itself`() throws {
        let led = try known(.family("f"), [.led])
        #expect(try result(.noActiveProject(family: "f"), [led]).result == .met)
        let never = try result(.neverLed(family: "f"), [led])
        #expect(never.result == .unknown, "a project that was revoked was led too")
        let rest = try known(.family("f"), [.revoked, .closedLate])
        #expect(try result(.neverLed(family: "f"), [led, rest]).result == .met)
        #expect(try result(.notUnfundedRunning(family: "f", years: 2), [led, rest]).result == .unknown)
    }

    @Test func `one year known to be free is enough against two years running`() throws {
        let demand = Demand.notUnfundedRunning(family: "f", years: 2)
        #expect(try result(demand, [known(since: "2025-01-01")]).result == .met)
        #expect(try result(demand, [known(since: "2025-01-02")]).result == .unknown)
        let last = try entry(.unfunded, from: "2025-01-01", until: "2025-01-01")
        #expect(try result(demand, [known(since: "2025-01-01")], record: [last]).result == .unknown)
        #expect(try result(demand, [known(since: "2024-01-01")], record: [last]).result == .met)
        let before = try entry(.unfunded, from: "2024-03-01", until: "2024-03-01")
        #expect(try result(demand, [], record: [last, before]).result == .unmet)
    }

    @Test func `what is known from a level on is known of the levels above`() throws {
        #expect(try result(.neverLedLevel(.national), [known(.level(.provincial))]).result == .met)
        #expect(try result(.neverLedLevel(.provincial), [known(.level(.national))]).result == .unknown)
    }
}

import Foundation
import Lifecycle
import Portal
import Testing

@testable import Store

/// What somebody changes behind our back is found, in each table.
struct JournalTamperTests {
    @Test func `an untouched journal verifies and says what is outside it`() async throws {
        let city = try await JournalCity.copy()
        let report = try city.verify()
        #expect(report.isSound, "\(report.findings)")
        #expect(report.facts > 500 && report.sealed == UInt64(report.facts))
        #expect(report.attachments == 2)
        #expect(report.outside.en.contains("sessions"))
    }

    @Test func `a changed column is found in every projected table`() async throws {
        let city = try await JournalCity.copy()
        var changed: [String: String] = [:]
        for table in city.projections.tables {
            let name = "\(table.name)"
            let row = try #require(try Self.row(table, city), "no row of \(name) to change")
            let keys = Self.keys(table)
            let columns = zip(row.columns, row.values).filter { $0.1 != .null }
            let column = try #require(columns.last { !keys.contains($0.0) } ?? columns.last)
            changed[name] = column.0
            try city.tamper(
                "UPDATE \(name) SET \(column.0) = \(Self.other(column.1)) WHERE \(Self.condition(row, keys));"
            )
        }
        let report = try city.verify()
        for (table, column) in changed {
            let found = report.findings.filter { $0.place == table }
            #expect(!found.isEmpty, "the change in \(table).\(column) was not found")
            if found.first?.code == "row.differs" { #expect(found.first?.column == column) }
        }
        #expect(report.findings.allSatisfy { changed[$0.place] != nil }, "\(report.findings)")
    }

    @Test func `a deleted row is found in every projected table`() async throws {
        let city = try await JournalCity.copy()
        for table in city.projections.tables {
            let row = try #require(try Self.row(table, city))
            try city.tamper("DELETE FROM \(table.name) WHERE \(Self.condition(row, Self.keys(table)));")
        }
        let report = try city.verify()
        for table in city.projections.tables {
            #expect(
                report.findings.contains { $0.place == "\(table.name)" && $0.code == "row.missing" },
                "\(table.name)")
        }
    }

    @Test func `an added row is found in every projected table`() async throws {
        let city = try await JournalCity.copy()
        for table in city.projections.tables {
            let row = try #require(try Self.row(table, city))
            // Unique columns have to differ too, so that every value is another one.
            let values = row.values.map(Self.other).joined(separator: ", ")
            try city.tamper(
                "INSERT INTO \(table.name) (\(row.columns.joined(separator: ", "))) VALUES (\(values));")
        }
        let report = try city.verify()
        for table in city.projections.tables {
            #expect(
                report.findings.contains { $0.place == "\(table.name)" && $0.code == "row.extra" },
                "\(table.name)")
        }
    }

    @Test func `no table of the schema is left out of both the journal and the list of what is outside it`()
        async throws
    {
        let city = try await JournalCity.copy()
        let journal = ["fact", "payload", "reason", "tile", "checkpoint", "schema_migration"]
        let outside = [
            "credential", "invitation", "invitation_code", "session", "attempt", "house_setting",
            "call_draft", "call_asked", "definition_draft", "draft",
            "draft_section", "draft_asked", "draft_continuation", "party_address",
            "draft_member", "draft_attachment", "draft_exclusion", "review_draft", "appraisal_draft",
            "saved_view",
            "job", "reuse_check", "reuse_pair", "reuse_part", "reuse_file", "reuse_archive",
            "assignment_plan", "assignment_plan_application", "assignment_plan_expert",
            "assignment_plan_pair", "assignment_plan_document", "assignment_wish",
        ]
        let all = try city.database.readNow { store in
            try store.values("SELECT name FROM sqlite_master WHERE type = 'table'", as: String.self)
        }
        let known = Set(journal + outside + city.projections.tables.map { "\($0.name)" })
        #expect(all.filter { !known.contains($0) && !$0.hasPrefix("sqlite_") } == [])
    }

    @Test(arguments: [
        "UPDATE fact SET at = at + 1 WHERE number = 40", "UPDATE fact SET kind = 'x' WHERE number = 40",
        "UPDATE fact SET subject_id = 'x' WHERE number = 40", "UPDATE fact SET actor = 'x' WHERE number = 40",
        "UPDATE fact SET reason_hash = x'00' WHERE number = 40",
        "UPDATE fact SET target = 'x' WHERE number = 40", "UPDATE fact SET clause = '9.9' WHERE number = 40",
        "UPDATE fact SET role = 'auditor' WHERE number = 40",
        "UPDATE fact SET subject_kind = 'x' WHERE number = 40",
        "UPDATE fact SET salt = x'00' WHERE number = 40", "UPDATE fact SET entry = x'00' WHERE number = 40",
        "UPDATE fact SET payload_hash = x'00' WHERE number = 40",
        "UPDATE fact SET role = 'emperor' WHERE number = 40",
        "UPDATE fact SET step = 'x', outcome = 'done' WHERE number = 40",
    ])
    func `a changed fact is named`(statement: String) async throws {
        let city = try await JournalCity.copy()
        try city.tamper(statement)
        let report = try city.verify()
        #expect(report.findings.contains { $0.place == "fact" && $0.row == "40" }, "\(report.findings)")
    }

    @Test func `a changed payload is named, and so is one removed without a fact that says so`() async throws
    {
        let city = try await JournalCity.copy()
        try city.tamper("UPDATE payload SET body = replace(body, '\"', '\" ') WHERE number = 41;")
        try city.tamper(
            "UPDATE payload SET salt = x'01' WHERE number = 43; DELETE FROM payload WHERE number = 42;")
        let report = try city.verify()
        #expect(report.findings.contains { $0.code == "payload.hash" && $0.row == "41" })
        #expect(report.findings.contains { $0.code == "payload.missing" && $0.row == "42" })
        #expect(report.findings.contains { $0.code == "payload.hash" && $0.row == "43" })
    }

    @Test func `a fact taken out, and the last ones cut off, leave a gap and contradict the checkpoint`()
        async throws
    {
        let city = try await JournalCity.copy()
        try city.tamper("DELETE FROM payload WHERE number = 44; DELETE FROM fact WHERE number = 44;")
        #expect(try city.verify().findings.contains { $0.code == "fact.gap" && $0.row == "44" })

        let cut = try await JournalCity.copy()
        try cut.tamper(
            """
            DELETE FROM payload WHERE number > 400; DELETE FROM reason WHERE number > 400;
            DELETE FROM fact WHERE number > 400;
            """)
        #expect(try cut.verify().findings.contains { $0.code == "checkpoint.beyond" })
    }

    @Test func `a fact rewritten with all its hashes still contradicts what was signed`() async throws {
        let city = try await JournalCity.copy()
        let (number, entry) = try city.database.writeNow { store in
            let row = try #require(try JournalRow.find(45, store))
            let changed = Fact(
                number: 45, at: row.fact.at, kind: row.fact.kind, subject: row.fact.subject,
                actor: row.fact.actor,
                role: row.fact.role, move: row.fact.move, reason: row.fact.reason,
                clause: ClauseID("9.9"))
            let envelope = Canonical.envelope(
                changed, payloadHash: row.payloadHash, reasonHash: row.reasonHash)
            return (changed.number, Canonical.entry(salt: row.salt, envelope: envelope))
        }
        try city.tamper(
            "UPDATE fact SET clause = '9.9', entry = x'\(Canonical.hex(entry))' WHERE number = \(number);")
        let report = try city.verify()
        #expect(report.findings.contains { $0.code == "checkpoint.root" && $0.place == "checkpoint" })
        #expect(report.findings.contains { $0.place == "tile" })
    }

    @Test func `tiles that are changed, missing or too many are found`() async throws {
        let city = try await JournalCity.copy()
        try city.tamper("UPDATE tile SET hashes = zeroblob(length(hashes)) WHERE level = 0 AND place = 1;")
        #expect(try city.verify().findings.contains { $0.place == "tile" && $0.row == "0, 1" })
        for statement in [
            "DELETE FROM tile WHERE level = 0 AND place = 0", "DELETE FROM tile WHERE level = 1",
            "UPDATE tile SET hashes = zeroblob(length(hashes)) WHERE level = 1",
            "UPDATE tile SET width = width - 1 WHERE level = 1",
            "INSERT INTO tile (level, place, width, hashes) VALUES (2, 0, 1, zeroblob(32))",
        ] {
            let city = try await JournalCity.copy()
            try city.tamper(statement)
            #expect(try city.verify().findings.contains { $0.place == "tile" }, "\(statement)")
        }
    }

    @Test func `a checkpoint signed by another key, cut or moved is found`() async throws {
        let city = try await JournalCity.copy()
        let other = try JournalKeys.create(folder: JournalCity.temporaryFolder(), world: .real)
        defer { try? FileManager.default.removeItem(atPath: other.folder) }
        try city.tamper("UPDATE checkpoint SET note = replace(note, '— ', '— x');")
        #expect(try city.verify().findings.contains { $0.code == "checkpoint.signature" })
        let moved = try await JournalCity.copy()
        try moved.tamper("UPDATE checkpoint SET size = size - 1;")
        #expect(try moved.verify().findings.contains { $0.place == "checkpoint" || $0.place == "head" })
        let gone = try await JournalCity.copy()
        try gone.tamper("DELETE FROM checkpoint;")
        #expect(try gone.verify().findings.contains { $0.code == "head.ahead" })
        let thinned = try await JournalCity.copy()
        try thinned.append(RecordRead(what: "reviews"), about: Subject(kind: "application", id: "a"))
        try thinned.seal()
        try thinned.tamper("DELETE FROM checkpoint WHERE size = (SELECT MIN(size) FROM checkpoint);")
        let missed = try thinned.verify()
        #expect(missed.findings.map(\.code) == ["checkpoint.missing"], "\(missed.findings)")
        // Another key beside the database verifies nothing of it.
        let foreign = try await JournalCity.copy()
        let report = try JournalVerifier(
            database: foreign.database, projections: foreign.projections, keys: other,
            attachments: "\(foreign.folder)/attachments"
        ).verify()
        #expect(report.findings.contains { $0.code == "checkpoint.signature" })
    }

    @Test(arguments: [
        (
            "CREATE TRIGGER quiet AFTER INSERT ON payment BEGIN UPDATE account_balance SET balance = 0; END",
            "schema.extra", "trigger quiet"
        ),
        ("CREATE TABLE aside (what TEXT)", "schema.extra", "table aside"),
        ("DROP TABLE saved_view", "schema.missing", "table saved_view"),
        ("ALTER TABLE saved_view ADD COLUMN more TEXT", "schema.differs", "table saved_view"),
    ])
    func `a schema that the house did not make is found`(statement: String, code: String, object: String)
        async throws
    {
        let city = try await JournalCity.copy()
        try city.tamper(statement)
        let report = try city.verify()
        #expect(report.findings.contains { $0.code == code && $0.row == object }, "\(report.findings)")
    }

    @Test func `an attachment that is changed or missing is found`() async throws {
        for file in [JournalCity.attachment, JournalCity.evidence] {
            let city = try await JournalCity.copy()
            let path = file.path(in: city.folder)
            try Data("换过的材料".utf8).write(to: URL(fileURLWithPath: path))
            let changed = try city.verify().findings
            #expect(changed.map(\.code) == ["attachment.changed"] && changed.map(\.row) == [file.hash])
            try FileManager.default.removeItem(atPath: path)
            #expect(try city.verify().findings.map(\.code) == ["attachment.missing"])
        }
    }

    @Test
    func `a database put back to an older state is found by the published head, and is not sealed over`()
        async throws
    {
        let city = try await JournalCity.copy()
        let older = "\(city.folder)/older.sqlite"
        try city.database.backup(to: older)
        try city.append(RecordRead(what: "reviews"), about: Subject(kind: "application", id: "a"))
        try city.seal()
        let database = try Database.open(path: older)
        let report = try JournalVerifier(
            database: database, projections: city.projections, keys: city.keys,
            attachments: "\(city.folder)/attachments"
        ).verify()
        #expect(report.findings.contains { $0.code == "head.ahead" })
        #expect(throws: Sealer.Refused.self) {
            try Sealer(database: database, keys: city.keys, now: World.real.now).seal()
        }
    }

    private static func keys(_ table: ProjectedTable) -> [String] {
        "\(table.key)".split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// The middle row: not the one a cursor begins or ends with.
    private static func row(_ table: ProjectedTable, _ city: JournalCity) throws -> Row? {
        try city.database.readNow { store in
            let rows = try store.rawRows(
                "SELECT * FROM \(identifier: table.name) ORDER BY \(sql: SQL(stringLiteral: table.key))")
            return rows.isEmpty ? nil : rows[rows.count / 2]
        }
    }

    private static func condition(_ row: Row, _ keys: [String]) -> String {
        zip(row.columns, row.values).filter { keys.contains($0.0) }.map { "\($0.0) = \(literal($0.1))" }
            .joined(separator: " AND ")
    }

    private static func literal(_ value: SQLValue) -> String {
        switch value {
        case .null: "NULL"
        case .integer(let number): "\(number)"
        case .real(let number): "\(number)"
        case .text(let text): "'\(text.replacingOccurrences(of: "'", with: "''"))'"
        case .blob(let bytes): "x'\(Canonical.hex(bytes))'"
        }
    }

    /// A value of the same type that is not the same.
    private static func other(_ value: SQLValue) -> String {
        switch value {
        case .null: "NULL"
        case .integer(let number): "\(number + 1_000_003)"
        case .real(let number): "\(number + 1)"
        case .text: "\(literal(value)) || 'x'"
        case .blob: "x'0102'"
        }
    }
}

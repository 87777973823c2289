import Foundation
import Lifecycle
import Portal
import Store
import Testing
import TransparencyLog

/// Reasons stand under a commitment of their own: changed they are found, erased they leave no word behind.
struct ErasedReasonTests {
    /// Kinds whose reason a projection copies, with the place of the copy.
    static let copies = [
        Copy(kind: "conflict.declared", table: "declared_conflict", column: "nature"),
        Copy(kind: "exclusion.asked", table: "application_exclusion", column: "reason"),
        Copy(kind: "selection.departure", table: "selection_departure", column: "reason"),
        Copy(kind: "call.not-joined", table: "call_joined", column: "reason"),
        Copy(kind: "adoption.recorded", table: "adoption", column: "evidence"),
        Copy(kind: "roll.invited", table: "roll_invite", column: "agreed"),
        Copy(kind: "criterion.found", table: "criterion_finding", column: "words"),
        Copy(kind: "proposal.championed", table: "champion_case", column: "words"),
        Copy(kind: "application.screened", table: "screening", column: "reason"),
    ]

    struct Copy: Sendable, CustomTestStringConvertible {
        let kind: String
        let table: String
        let column: String
        var testDescription: String { kind }
    }

    // MARK: Refusals

    @Test func `a reason that is not there is not erased, nor one erased before, nor one that only vanished`()
        async throws
    {
        let city = try await JournalCity.copy()
        let (declared, excluded) = (try city.first("conflict.declared"), try city.first("exclusion.asked"))
        let bare = try city.first("application.submitted")
        let before = try city.database.readNow { try $0.value("SELECT COUNT(*) FROM reason", as: Int.self) }
        #expect(throws: Erasure.Refused.noReason(bare)) { try city.erase([.reason], of: [declared, bare]) }
        #expect(throws: Erasure.Refused.kind(declared, "conflict.declared")) {
            try city.erase([.reason, .payload], of: [declared])
        }
        let after = try city.database.readNow { try $0.value("SELECT COUNT(*) FROM reason", as: Int.self) }
        #expect(before == after, "a refused erasure erased something")
        try city.erase([.reason], of: [declared])
        #expect(throws: Erasure.Refused.alreadyErased(declared, .reason)) {
            try city.erase([.reason], of: [declared])
        }
        try city.tamper("DELETE FROM reason WHERE number = \(excluded);")
        #expect(throws: Erasure.Refused.missing(excluded, .reason)) {
            try city.erase([.reason], of: [excluded])
        }
    }

    // MARK: Tampering

    @Test func `a reason changed, taken away or added behind our back is named`() async throws {
        let city = try await JournalCity.copy()
        let declared = try city.first("conflict.declared")
        let excluded = try city.first("exclusion.asked")
        let departure = try city.first("selection.departure")
        let bare = try city.first("application.submitted")
        try city.tamper(
            """
            UPDATE reason SET text = '同学' WHERE number = \(declared);
            UPDATE reason SET salt = x'01' WHERE number = \(excluded);
            DELETE FROM reason WHERE number = \(departure);
            INSERT INTO reason (number, salt, text) VALUES (\(bare), zeroblob(16), '添上的理由');
            """)
        let found = try city.verify().findings
        for (code, number) in [
            ("reason.hash", declared), ("reason.hash", excluded), ("reason.missing", departure),
            ("reason.orphan", bare),
        ] {
            #expect(
                found.contains { $0.code == code && $0.place == "reason" && $0.row == "\(number)" },
                "\(code): \(found)")
        }
    }

    @Test func `an erased reason that comes back is found`() async throws {
        let city = try await JournalCity.copy()
        let number = try city.first("conflict.declared")
        try city.tamper("CREATE TABLE kept AS SELECT * FROM reason WHERE number = \(number);")
        try city.erase([.reason], of: [number])
        try city.tamper("INSERT INTO reason SELECT * FROM kept; DROP TABLE kept;")
        #expect(try city.verify().findings.contains { $0.code == "reason.kept" && $0.row == "\(number)" })
    }

    @Test func `an erasure that names no earlier fact, or a reason never given, is found`() async throws {
        let city = try await JournalCity.copy()
        let bare = try city.first("application.submitted")
        try city.append(
            JournalErased(payloads: [], reasons: [bare, 999_999]), about: Subject(kind: "journal", id: "x"))
        let found = try city.verify().findings
        #expect(found.contains { $0.code == "reason.kept" && $0.row == "\(bare)" })
        #expect(found.contains { $0.code == "erasure.target" })
    }

    // MARK: Erasing

    @Test(arguments: copies)
    func `an erased reason leaves a journal that verifies, and its stand-in where it was copied`(copy: Copy)
        async throws
    {
        let city = try await JournalCity.copy()
        let number = try #require(
            try city.database.readNow { store in
                try store.value(
                    """
                    SELECT MAX(fact.number) FROM fact JOIN reason ON reason.number = fact.number
                    WHERE fact.kind = \(copy.kind)
                    """, as: Int64.self)
            }, "no fact of the kind has a reason")
        let before = try city.verify()
        #expect(before.isSound, "\(before.findings)")
        #expect(try Self.count(copy, "（已删除", city) == 0)
        try city.erase([.reason], of: [number])
        try city.seal()
        let after = try city.verify()
        #expect(after.isSound, "\(after.findings)")
        #expect(after.erasedReasons == before.erasedReasons + 1 && after.erasedPayloads == 0)
        #expect(try Self.count(copy, "（已删除 erased #\(after.facts - 1)）", city) == 1)
        try city.database.writeNow { _ = try Replay.rebuild(city.projections, $0) }
        #expect(try city.verify().isSound)
    }

    @Test
    func `no byte of an erased reason stays in the database's file, and whoever erases learns of copies`()
        async throws
    {
        let city = try await JournalCity.copy()
        let words = "某某因肺病住院，不能到会说明情况"
        func append() throws -> Int64 {
            try city.database.writeNow { store in
                let person = try #require(try store.value("SELECT MIN(id) FROM person", as: ID<Person>.self))
                return try Change(
                    store: store, at: World.real.now(), actor: nil, world: .real,
                    projections: city.projections
                ).append(
                    ConflictDeclared(person: person, about: .organisation(ID("y"))), about: .person(person),
                    reason: words
                ).number
            }
        }
        let (first, second) = (try append(), try append())
        try city.database.close()
        #expect(try Self.file(of: city).range(of: Data(words.utf8)) != nil)
        let again = try Database.open(path: "\(city.folder)/jiebang.sqlite")
        func erase(_ number: Int64) throws -> [Int64] {
            try again.writeNow { store in
                let change = Change(
                    store: store, at: World.real.now(), actor: nil, world: .real,
                    projections: city.projections)
                return try Erasure.erase(
                    [.reason], of: [number], reason: "本人申请", change, city.projections
                ).sameReason
            }
        }
        #expect(try erase(first) == [second])
        #expect(try erase(second) == [])
        try again.close()
        let file = try Self.file(of: city)
        #expect(file.range(of: Data(words.utf8)) == nil)
        #expect(file.range(of: Data("肺病".utf8)) == nil)
    }

    // MARK: Proofs

    @Test func `a proof shows the reason, and after the erasure that there was one and what erased it`()
        async throws
    {
        let city = try await JournalCity.copy()
        let number = try city.first("conflict.declared")
        let vkey = city.keys.verifier.vkey
        let open = try FactProof.check(try Self.proof(number, city), vkey: vkey)
        #expect(open.reason == "亲属，同患一病" && open.hasReason && open.reasonErasedBy == nil)
        try city.erase([.reason], of: [number])
        try city.seal()
        let proof = try Self.proof(number, city)
        #expect(!(try Self.extra(of: proof)).contains("亲属"))
        let erased = try FactProof.check(proof, vkey: vkey)
        let erasure = try #require(erased.reasonErasedBy)
        #expect(erased.reason == nil && erased.hasReason && erased.payload != nil)
        let says = try FactProof.check(try Self.proof(erasure, city), vkey: vkey)
        #expect(says.kind == "journal.erased" && says.reason == "本人申请")
        #expect(says.payload == "{\"payloads\":[],\"reasons\":[\(number)]}")
        let bare = try FactProof.check(try Self.proof(try city.first("person.registered"), city), vkey: vkey)
        #expect(!bare.hasReason && bare.reason == nil)
    }

    /// A proof's extra data changed in one way, and whether it still proves.
    private static var forgeries: [(name: String, proves: Bool, change: ([String: Any]) -> [String: Any])] {
        [
            ("untouched", true, { $0 }),
            ("the reason left out", true, { $0.filter { !["reason", "reasonSalt"].contains($0.key) } }),
            ("another reason", false, { $0.merging(["reason": "同学"]) { $1 } }),
            ("no salt of the reason", false, { $0.filter { $0.key != "reasonSalt" } }),
            ("a wrong salt", false, { $0.merging(["reasonSalt": String(repeating: "0", count: 32)]) { $1 } }),
            (
                "the first words counted to the salt", false,
                { opening in
                    let words = "亲属，"
                    let salt = opening["reasonSalt"] as? String ?? ""
                    let rest = (opening["reason"] as? String ?? "").dropFirst(words.count)
                    return opening.merging([
                        "reasonSalt": salt + Canonical.hex(words.utf8), "reason": String(rest),
                    ]) { $1 }
                }
            ),
            (
                "payload and reason exchanged", false,
                { opening in
                    opening.merging([
                        "reason": opening["payload"] ?? "", "reasonSalt": opening["payloadSalt"] ?? "",
                        "payload": opening["reason"] ?? "", "payloadSalt": opening["reasonSalt"] ?? "",
                    ]) { $1 }
                }
            ),
        ]
    }

    @Test func `what a proof shows of a reason cannot be changed, and the stand-alone script agrees`()
        async throws
    {
        let city = try await JournalCity.copy()
        let script = URL(fileURLWithPath: Season.planFolder).deletingLastPathComponent()
            .appendingPathComponent("Sources/Portal/Data/verify_proof.py").path
        let (vkey, file) = (city.keys.verifier.vkey, "\(city.folder)/proof")
        func python(_ proof: String) throws -> Run {
            try DurableFile.write(Array(proof.utf8), to: file)
            return try Run("/usr/bin/env", ["python3", script, file, vkey])
        }
        let number = try city.first("conflict.declared")
        let proof = try Self.proof(number, city)
        for forgery in Self.forgeries {
            let forged = try Self.forged(proof, forgery.change)
            let swift = (try? FactProof.check(forged, vkey: vkey)) != nil
            let run = try python(forged)
            #expect(swift == forgery.proves, "\(forgery.name)")
            #expect(run.status == (forgery.proves ? 0 : 1), "\(forgery.name): \(run.errors)")
        }
        // A reason given to a fact that has none.
        let bare = try Self.forged(try Self.proof(try city.first("person.registered"), city)) {
            $0.merging(["reason": "添上", "reasonSalt": String(repeating: "0", count: 32)]) { $1 }
        }
        #expect(throws: FactProof.Refused.self) { try FactProof.check(bare, vkey: vkey) }
        #expect(try python(bare).status == 1)
        #expect(try python(proof).output.contains("reason: \"亲属，同患一病\""))
        try city.erase([.reason], of: [number])
        try city.seal()
        let erased = try python(try Self.proof(number, city))
        #expect(erased.status == 0, "\(erased.errors)")
        #expect(erased.output.contains("reason: (erased, by fact "))
    }

    // MARK: Pages

    @Test func `timeline, fact and draft show the stand-in with the number of the erasure`() async throws {
        let season = try await Season()
        let house = season.house
        let applicant = season.cast.person("applicant")
        let words = "家中老人重病，无力承担"
        var round = DemoRound(
            house: house, register: season.register, kind: .humanities, chance: SplitMix64(seed: 3))
        let (id, withdrawn) = try house.changeNow(by: applicant, at: season.now) { change in
            let id = try round.apply(
                season.call, season.programme, by: applicant, at: season.now, store: change)
            try ApplicationActs.withdraw(id, by: applicant, reason: words, change, house)
            let last = try change.store.value("SELECT MAX(number) FROM fact", as: Int64.self)
            return (id, try #require(last))
        }
        let browser = try season.browser(as: "applicant")
        let paths = ["/cases/\(id)/timeline", "/journal/facts/\(withdrawn)"]
        for path in paths { #expect(try await browser.get(path).contains(words), "\(path)") }
        try house.changeNow(by: nil, at: season.now) { change in
            _ = try Erasure.erase(
                [.reason], of: [withdrawn], reason: "本人申请", change, house.projections)
        }
        let erasure = try #require(
            try house.database.readNow { try $0.value("SELECT MAX(number) FROM fact", as: Int64.self) })
        for path in paths {
            let page = try await browser.get(path)
            #expect(page.status == 200 && !page.contains(words), "\(path)")
            #expect(page.contains("（已删除 erased #\(erasure)）"), "\(path)")
        }
        let log = try await season.browser(as: "audit-admin").get("/admin/facts?kind=journal.erased")
        #expect(log.contains("本人申请"))
    }

    @Test
    func `why somebody is not to review is for who asked and who chooses reviewers, until it is erased`()
        async throws
    {
        let season = try await Season()
        let house = season.house
        let (applicant, excluded) = (season.cast.person("applicant"), season.cast.person("expert-3"))
        let words = "曾因学术争议失和"
        var round = DemoRound(
            house: house, register: season.register, kind: .humanities, chance: SplitMix64(seed: 3))
        let id = try house.changeNow(by: applicant, at: season.now) { change in
            let id = try round.begin(season.call, by: applicant, at: season.now, change)
            try round.fill(
                id, season.programme, sections: season.programme.form.sections.count, by: applicant,
                at: season.now, change)
            _ = try change.store.run(
                "INSERT INTO draft_exclusion (draft, person, reason) VALUES (\(id), \(excluded), \(words))")
            try ApplicationActs.submit(try Drafts.find(id, of: applicant, change.store), change, house)
            return id
        }
        let paths = ["/cases/\(id)/proposal", "/cases/\(id)/timeline"]
        let office = try season.browser(as: "research-office")
        for path in paths {
            let page = try await office.get(path)
            #expect(page.status == 200 && !page.contains(words), "\(path)")
            #expect(!page.contains("请求某位专家回避"), "\(path)")
        }
        let owner = try season.browser(as: "applicant")
        for path in paths { #expect(try await owner.get(path).contains(words), "\(path)") }
        try house.changeNow(by: nil, at: season.now) { change in
            let asked = try change.store.value(
                "SELECT MAX(number) FROM fact WHERE kind = 'exclusion.asked'", as: Int64.self)
            _ = try Erasure.erase(
                [.reason], of: [try #require(asked)], reason: "本人申请", change, house.projections)
        }
        for path in paths {
            let page = try await owner.get(path)
            #expect(!page.contains(words) && page.contains("（已删除 erased #"), "\(path)")
        }
    }

    // MARK: Helpers

    private static func count(_ copy: Copy, _ text: String, _ city: JournalCity) throws -> Int {
        let table = try #require(city.projections.tables.first { "\($0.name)" == copy.table })
        return try city.database.readNow { store in
            try store.rawRows("SELECT * FROM \(identifier: table.name)").count { row in
                zip(row.columns, row.values).contains { column, value in
                    guard column == copy.column, case .text(let held) = value else { return false }
                    return held.hasPrefix(text)
                }
            }
        }
    }

    private static func file(of city: JournalCity) throws -> Data {
        var data = try Data(contentsOf: URL(fileURLWithPath: "\(city.folder)/jiebang.sqlite"))
        let log = URL(fileURLWithPath: "\(city.folder)/jiebang.sqlite-wal")
        if FileManager.default.fileExists(atPath: log.path) { data += try Data(contentsOf: log) }
        return data
    }

    private static func proof(_ number: Int64, _ city: JournalCity) throws -> String {
        try city.database.readNow { try FactProof.make(number, $0) }
    }

    private static func extra(of proof: String) throws -> String {
        let bytes = try #require(try TlogProof(text: proof).extra)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func forged(
        _ proof: String, _ change: ([String: Any]) -> [String: Any]
    ) throws -> String {
        let line = try #require(proof.split(separator: "\n").first { $0.hasPrefix("extra ") })
        let extra = try #require(Data(base64Encoded: String(line.dropFirst(6))))
        let opening = try #require(try JSONSerialization.jsonObject(with: extra) as? [String: Any])
        let data = try JSONSerialization.data(withJSONObject: change(opening))
        return proof.replacingOccurrences(of: line, with: "extra \(data.base64EncodedString())")
    }
}

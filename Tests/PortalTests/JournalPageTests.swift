import Foundation
import HTTPTypes
import Lifecycle
import Portal
import Store
import Testing
import TransparencyLog

/// The journal over HTTP: for monitors, for the public, and for those whose facts they are.
struct JournalPageTests {
    private func sealed() async throws -> Season {
        let season = try await Season()
        try Sealer(database: season.house.database, keys: season.house.keys, now: { season.now }).seal()
        return season
    }

    private func submit(_ season: Season, by person: ID<Person>) throws -> (ID<Application>, Int64) {
        var round = DemoRound(
            house: season.house, register: season.register, kind: .humanities, chance: SplitMix64(seed: 3))
        let at = season.now
        let application = try season.house.database.writeNow { store in
            try round.apply(
                season.call, season.programme, by: person, at: at,
                store: Change(
                    store: store, at: at, actor: person, world: season.house.world,
                    projections: season.house.projections))
        }
        let fact = try season.house.database.readNow { store in
            try store.value("SELECT fact FROM application WHERE id = \(application)", as: Int64.self)
        }
        try Sealer(database: season.house.database, keys: season.house.keys, now: { season.now }).seal()
        return (application, try #require(fact))
    }

    @Test func `a monitor rebuilds the signed root from the tiles and entries served to everybody`()
        async throws
    {
        let season = try await sealed()
        let browser = season.publicBrowser
        let note = try await browser.get("/checkpoint")
        #expect(note.status == 200)
        let vkey = try await browser.get("/journal/key").text.trimmed
        let log = try NoteVerifier(vkey: vkey)
        let head = try Checkpoint(note: note.text, log: log, origin: log.name)
        var tree = CompactTree()
        for index in 0...(head.size - 1) / 256 {
            let tile = try #require(TileCoordinate.tile(level: 0, index: index, size: head.size))
            let hashes = try await browser.get("/\(tile.path)")
            let entries = try await browser.get("/\(TileResource.entries(tile).path)")
            #expect(hashes.headers[.cacheControl]?.contains("immutable") == true)
            #expect(hashes.headers[.setCookie] == nil)
            let leaves = try EntryBundle(bytes: entries.bytes).leaves
            #expect(try Tile(coordinate: tile, bytes: hashes.bytes).hashes == leaves)
            for leaf in leaves { tree.append(leaf) }
        }
        #expect(tree.size == head.size && tree.root == head.rootHash)
    }

    @Test(arguments: [
        "/tile/0/x001/000", "/tile/9/000", "/tile/0/1", "/tile/0/000.p/0", "/tile/0/000.p/257",
        "/tile/entries/x999/999",
        "/tile/0/x999/x999/x999/x999/x999/x999/999", "/tile/checkpoint", "/tile/x/000",
        "/tile/0/..%2F000",
        "/tile/63/000",
    ])
    func `a tile that is not there is a plain 404, not the sign-in page`(path: String) async throws {
        let season = try await sealed()
        let page = try await season.publicBrowser.get(path, follow: false)
        #expect(page.status == 404, "\(path)")
    }

    @Test func `the journal's page tells the public what it is, and shows checkpoint and key`() async throws {
        let season = try await sealed()
        let page = try await season.publicBrowser.get("/journal")
        #expect(page.status == 200)
        #expect(page.contains(season.house.keys.origin))
        #expect(page.contains("verify_proof.py"))
        let script = try await season.publicBrowser.get("/journal/verify_proof.py")
        #expect(script.status == 200 && script.text.hasPrefix("#!/usr/bin/env python3"))
    }

    @Test func `who submitted downloads a proof that opens the submission`() async throws {
        let season = try await sealed()
        let (_, fact) = try submit(season, by: season.cast.person("applicant"))
        let browser = try season.browser(as: "applicant")
        let page = try await browser.get("/journal/facts/\(fact)")
        #expect(page.status == 200 && page.contains("application"))
        let proof = try await browser.get("/journal/facts/\(fact)/proof")
        let shown = try FactProof.check(proof.text, vkey: season.house.keys.verifier.vkey)
        #expect(shown.number == fact && shown.payload != nil)
    }

    @Test func `a research office may know of a submission, and its proof opens nothing`() async throws {
        let season = try await sealed()
        let (_, fact) = try submit(season, by: season.cast.person("applicant"))
        let browser = try season.browser(as: "research-office")
        let page = try await browser.get("/journal/facts/\(fact)")
        #expect(page.status == 200)
        #expect(!page.contains(season.cast.person("applicant").rawValue))
        let proof = try TlogProof(text: try await browser.get("/journal/facts/\(fact)/proof").text)
        #expect(proof.extra == nil)
    }

    @Test func `an auditor reads the whole fact, and that reading is journaled`() async throws {
        let season = try await sealed()
        let (application, fact) = try submit(season, by: season.cast.person("applicant"))
        let page = try await season.browser(as: "auditor").get("/journal/facts/\(fact)")
        #expect(page.status == 200 && page.contains(season.cast.person("applicant").rawValue))
        let auditor = season.cast.person("auditor")
        let reads = try season.house.database.readNow { store in
            try store.value(
                """
                SELECT COUNT(*) FROM fact WHERE kind = 'record.read' AND actor = \(auditor)
                  AND subject_id = \(application)
                """, as: Int.self)
        }
        #expect(reads == 1)
    }

    @Test(arguments: [
        "applicant-central", "expert", "finance", "finance-approver", "system-admin", "security-admin",
        "audit-admin",
    ])
    func `a fact that is not theirs to know is as if it were not there`(role: String) async throws {
        let season = try await sealed()
        let (_, fact) = try submit(season, by: season.cast.person("applicant"))
        let browser = try season.browser(as: role)
        for path in ["/journal/facts/\(fact)", "/journal/facts/\(fact)/proof"] {
            let unseen = try await browser.get(path)
            let missing = try await browser.get(path.replacingOccurrences(of: "\(fact)", with: "99999999"))
            #expect(unseen.status == 404 && missing.status == 404, "\(role) \(path)")
        }
    }

    @Test func `the public is asked to sign in for a fact, whether it exists or not`() async throws {
        let season = try await sealed()
        for number in ["0", "99999999", "-1", "x"] {
            let page = try await season.publicBrowser.get("/journal/facts/\(number)", follow: false)
            #expect(page.status == 303 && page.headers[.location]?.hasPrefix("/sign-in") == true)
        }
    }
}

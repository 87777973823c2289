import Foundation
import Lifecycle
import Store
import Synchronization
import Testing

@testable import Portal

/// A rebuild of the index that is broken off, again and again.
@Suite struct ReuseResumeTests {
    /// What ends a turn just after it kept something.
    private struct Stop: Error {}

    /// What the turns of one rebuild told.
    private final class Turns: Sendable {
        struct Heard {
            var kept: String?
            /// Keeps of the turn that are let pass before it ends.
            var grace = 0
            var reads = 0
            var keeps = 0
            /// The lowest part that the turn said it compared.
            var lowest: Int64?
        }

        private let heard = Mutex(Heard())
        var now: Heard { heard.withLock { $0 } }

        func begin(grace: Int) {
            heard.withLock {
                $0.grace = grace
                $0.lowest = nil
            }
        }

        func keep(_ text: String) throws {
            let stops = heard.withLock { heard in
                heard.kept = text
                heard.keeps += 1
                heard.grace -= 1
                return heard.grace < 0
            }
            if stops { throw Stop() }
        }

        func tell(_ done: Int64, _ stage: String) {
            heard.withLock { heard in
                if stage == "reading" { heard.reads += 1 }
                if stage == "comparing" { heard.lowest = min(heard.lowest ?? done, done) }
            }
        }
    }

    private static let archived = 90

    /// The stage's applications, and an archive of which every ninth text quotes one of them.
    private func stage() async throws -> ReuseStage {
        let stage = try await ReuseStage()
        var chance = SplitMix64(seed: 90)
        let lines = try (0..<Self.archived).map { number in
            let own = (0..<200).map { _ in
                Character(Unicode.Scalar(UInt32(0x4E00 + chance.below(0x5000))) ?? "字")
            }
            let text = String(own) + (number % 9 == 0 ? ReuseStage.passage : "")
            let line = ["id": "旧/\(number)", "text": text]
            return String(decoding: try JSONEncoder().encode(line), as: UTF8.self)
        }
        try stage.house.changeNow(by: nil, at: stage.season.now) { change in
            _ = try ReuseArchive.take(
                Data(lines.joined(separator: "\n").utf8), published: true, change)
        }
        return stage
    }

    private func work(_ stage: ReuseStage, _ turns: Turns) -> ReuseWork {
        let house = stage.house
        var work = ReuseWork(
            database: house.database, data: stage.data, definitions: house.definitions,
            now: { house.now }, tell: { done, _, stage in turns.tell(done, stage) },
            kept: turns.now.kept, keep: { try turns.keep($0) })
        work.batches.texts = 20
        work.batches.sealed = 30
        work.batches.parts = 32
        work.batches.held = 3
        work.batches.share = 2000
        return work
    }

    /// All that was found, and nothing of when.
    private func findings(_ stage: ReuseStage) throws -> [String] {
        try stage.house.database.readNow { store in
            let pairs = try store.values(
                """
                SELECT id || ' ' || relation || ' ' || containment || ' ' || reverse || ' ' || longest || ' '
                  || passages FROM reuse_pair ORDER BY id
                """, as: String.self)
            let parts = try store.values(
                """
                SELECT pair || ' ' || place || ' ' || section || ' ' || source_section || ' ' || containment
                  || ' ' || reverse || ' ' || passages FROM reuse_part ORDER BY pair, place
                """, as: String.self)
            return pairs + parts
        }
    }

    private func forget(_ stage: ReuseStage) throws {
        try stage.house.database.writeNow { store in
            try store.run("DELETE FROM reuse_part")
            _ = try store.run("DELETE FROM reuse_pair")
        }
    }

    @Test func `what was kept of another index counts for nothing`() async throws {
        let stage = try await stage()
        let turns = Turns()
        turns.begin(grace: 1)
        #expect(throws: Stop.self) { try work(stage, turns).rebuild() }
        #expect(turns.now.reads == 40)
        // As where somebody else's rebuild came between.
        try FileManager.default.removeItem(atPath: ReuseLibrary.folder(in: stage.data) + ".new")
        turns.begin(grace: .max)
        let rebuilt = try work(stage, turns).rebuild()
        #expect(rebuilt.texts == Self.archived + 3)
        #expect(turns.now.reads == 40 + Self.archived + 3, "all of it is read anew")
        #expect(turns.now.lowest == 0)
    }

    @Test func `a rebuild that ends after each thing it keeps does nothing twice, and finds the same`()
        async throws
    {
        let stage = try await stage()
        let whole = Turns()
        whole.begin(grace: .max)
        let rebuilt = try work(stage, whole).rebuild()
        let expected = try findings(stage)
        #expect(rebuilt.pairs > 10 && !expected.isEmpty)
        #expect(whole.now.reads == Self.archived + 3)

        try forget(stage)
        let turns = Turns()
        var ends = 0
        while true {
            turns.begin(grace: 0)
            let compared = try turns.now.kept.map { text in
                try JSONDecoder().decode(ReuseProgress.Kept.self, from: Data(text.utf8)).compared
            }
            do {
                try work(stage, turns).rebuild()
                break
            } catch is Stop {
                ends += 1
            }
            if let lowest = turns.now.lowest { #expect(lowest >= Int64(compared ?? 0)) }
            try #require(ends < 100, "it comes no further")
        }
        // Four full batches of texts and the rest, three of parts and the rest, shares of the findings, and that all was
        // stored.
        #expect(ends == whole.now.keeps && ends >= 10, "\(ends)")
        #expect(turns.now.reads == Self.archived + 3, "no text is read twice")
        #expect(try findings(stage) == expected)
        let inside = try FileManager.default.contentsOfDirectory(
            atPath: ReuseLibrary.folder(in: stage.data))
        #expect(inside.contains("manifest") && !inside.contains { $0.hasPrefix("rebuild") })
        #expect(try !FileManager.default.contentsOfDirectory(atPath: stage.data).contains("reuse.new"))
        #expect(ReuseLibrary.isThere(ReuseLibrary.publishedFolder(in: stage.data)))
    }

    @Test func `a job whose process was killed goes on with what it kept, and says so`() async throws {
        let stage = try await stage()
        let whole = Turns()
        whole.begin(grace: .max)
        try work(stage, whole).rebuild()
        let expected = try findings(stage)
        try forget(stage)
        let turns = Turns()
        // All texts are in, and a batch is compared.
        turns.begin(grace: 5)
        #expect(throws: Stop.self) { try work(stage, turns).rebuild() }
        let officer = stage.season.cast.person("programme-officer")
        let kept = turns.now.kept
        let job = try stage.house.changeNow(by: officer, at: stage.season.now) { change in
            let id = try ReuseActs.askRebuild(by: officer, change)
            try change.store.run(
                "UPDATE job SET state = 'running', turn = 1, started_at = asked_at, reached = \(kept) WHERE id = \(id)"
            )
            return id
        }
        let runner = JobRunner(stage.house)
        try runner.takeUp()
        try runner.runNext(ReuseActs.rebuild)
        let after = try #require(try stage.house.database.readNow { try Job.find(job, $0) })
        #expect(after.state == .done && after.turn == 2 && after.goesOn)
        #expect(try findings(stage) == expected)
        let page = try await stage.season.browser(as: "programme-officer").get("/jobs/\(job)")
        #expect(page.contains("已完成的部分没有重做"))
    }
}

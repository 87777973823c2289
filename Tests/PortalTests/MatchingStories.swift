import Foundation
import Lifecycle
import Matching
import MatchingFiles
import Store
import Testing

@testable import Portal

/// Matching as officers do it and auditors check it.
@Suite struct MatchingStories {
    private static let official = [
        "pairs.csv", "demand.csv", "load_max.csv", "lock.csv", "groups.csv", "assignment.csv",
        "certificate.json",
    ]
    private static let published = official.filter { $0 != "groups.csv" }

    /// What `jiebang match verify` does with the files of a folder.
    private static func verify(_ folder: String, groups: Bool) throws -> (total: Int64, gap: Int64) {
        let (problem, scale) = try ProblemFiles(
            scores: .pairs("\(folder)/pairs.csv"), demand: "\(folder)/demand.csv",
            maximumLoad: "\(folder)/load_max.csv", locked: "\(folder)/lock.csv",
            groups: groups ? "\(folder)/groups.csv" : nil
        ).read()
        let assignment = try AssignmentFile.read(
            path: "\(folder)/assignment.csv", proposals: problem.proposals, experts: problem.experts)
        let verified = try CertificateFile.read(path: "\(folder)/certificate.json")
            .verify(problem, assignment, scale: scale)
        return (verified.total, verified.gap)
    }

    @Test func `a plan fills every place it can, keeps every rule, and proves it`() async throws {
        let stage = try await MatchingStage()
        let path = try await stage.plan()
        let summary = try stage.summary(of: path)
        #expect(summary.applications == stage.applications.count)
        #expect(summary.wanted == 3 * stage.applications.count)
        #expect(summary.gap == 0)
        #expect(summary.assigned == summary.added && summary.kept == 0 && summary.removed == 0)
        #expect(summary.barred["conflict.same-entity"] ?? 0 > 0)
        let pairs = try stage.pairs(of: path)
        #expect(pairs.reduce(0) { $0 + $1.score } == Int(summary.total))
        for pair in pairs {
            let affinity = try JSONDecoder().decode(Affinity.self, from: Data(pair.affinity.utf8))
            #expect(affinity.score == pair.score && !affinity.parts.isEmpty)
        }
        try stage.house.database.readNow { store in
            for (application, mine) in Dictionary(grouping: pairs, by: \.application) {
                let parties = try Parties.withRivals(application, store)
                var entities: [ID<Organisation>] = []
                for pair in mine {
                    let record = try #require(
                        try Candidates.record(
                            of: pair.expert, in: stage.season.call.id, at: stage.season.now, store))
                    #expect(parties.reasonsAgainstReview(by: pair.expert, of: record.entity).isEmpty)
                    if let entity = record.entity { entities.append(entity) }
                }
                #expect(Set(entities).count == entities.count, "one of a university")
            }
        }
        let page = try await stage.officer().get(path)
        #expect(page.contains("已证明最优") && page.contains("同一二级学科") && page.contains("<rect class=\"bar\""))
        let auditor = try stage.season.browser(as: "auditor")
        let folder = try await stage.downloaded(Self.official, from: "\(path)/files", by: auditor)
        let found = try Self.verify(folder, groups: true)
        #expect(found.total == summary.total && found.gap == 0)
    }

    @Test func `a locked pair comes, a forbidden one goes, and both plans stand side by side`() async throws {
        let stage = try await MatchingStage()
        let browser = try stage.officer()
        let first = try await stage.plan()
        let chosen = try stage.pairs(of: first)
        let gone = try #require(chosen.first)
        let application = try #require(chosen.last?.application)
        let mine = Set(chosen.filter { $0.application == application }.map(\.expert))
        let wanted = try stage.house.database.readNow { store in
            try Candidates.of(application, at: stage.season.now, stage.house, store).first {
                $0.obstacles.isEmpty && $0.nearness <= .field && !mine.contains($0.expert.person)
            }
        }
        let come = try #require(wanted).expert.person
        let here = "\(first)/applications/\(application)"
        let locked = try await browser.post(
            "\(stage.base)/wishes", [("lock", "\(application).\(come)"), ("back", here)], from: here)
        #expect(locked.status == 200 && locked.contains("已锁定") && locked.contains("重新求解后生效"))
        _ = try await browser.post(
            "\(stage.base)/wishes", [("forbid", "\(gone.application).\(gone.expert)"), ("back", first)],
            from: first)
        let second = try await stage.plan()
        let pairs = try stage.pairs(of: second)
        #expect(pairs.contains { $0.application == application && $0.expert == come && $0.isLocked })
        #expect(!pairs.contains { $0.application == gone.application && $0.expert == gone.expert })
        #expect(try stage.summary(of: second).total <= stage.summary(of: first).total)
        let side = try await browser.get(
            "\(stage.base)/compare?a=\(stage.id(of: first))&b=\(stage.id(of: second))")
        #expect(side.status == 200 && side.contains("仅甲") && side.contains("仅乙"))
        let freed = try await browser.post(
            "\(stage.base)/wishes", [("free", "\(application).\(come)")], from: "\(stage.base)/plans")
        #expect(freed.status == 200)
        let wishes = try stage.house.database.readNow { try WishRecord.all(in: stage.season.call.id, $0) }
        #expect(wishes.map(\.wish) == [.forbid])
    }

    @Test func `whoever else could be asked is found by name, and no table ends unsaid`() async throws {
        let stage = try await MatchingStage()
        let browser = try stage.officer()
        let plan = try await stage.plan()
        let application = try #require(try stage.pairs(of: plan).last?.application)
        let chosen = Set(try stage.pairs(of: plan).filter { $0.application == application }.map(\.expert))
        let others = try stage.house.database.readNow { store in
            try Candidates.of(application, at: stage.season.now, stage.house, store).filter {
                $0.obstacles.isEmpty && $0.nearness <= .field && !chosen.contains($0.expert.person)
            }
        }
        let wanted = try #require(others.last).expert
        let here = "\(plan)/applications/\(application)"
        let found = try await browser.get("\(here)?q=\(wanted.name.percentEncoded)")
        #expect(found.status == 200 && found.contains("\(application).\(wanted.person)"))
        let none = try await browser.get("\(here)?q=\("查无此人".percentEncoded)")
        #expect(none.status == 200 && none.contains("没有其他候选"))
        #expect(!none.contains("\(application).\(wanted.person)"))

        let words = stage.house.words(in: .zh)
        #expect(ExpertTable.more(than: 30, of: 30, words) == nil)
        #expect(ExpertTable.more(than: 30, of: 31, words)?.contains("共 31 位") == true)
    }

    @Test func `fairness tells its price, and the worst-off is never worse off`() async throws {
        let stage = try await MatchingStage()
        let total = try stage.summary(of: try await stage.plan())
        let path = try await stage.plan("fair")
        let fair = try stage.summary(of: path)
        #expect(fair.worst >= total.worst && fair.total <= total.total)
        #expect(fair.price == total.total - fair.total)
        #expect(fair.gap == fair.price, "the certificate bounds what fairness costs")
        #expect(total.isFloorProved == nil && fair.isFloorProved != nil)
        let page = try await stage.officer().get(path)
        #expect(page.contains("先照顾最低的申请"))
        #expect(
            page.contains("已证明最优") == (fair.gap == 0 && fair.isFloorProved == true),
            "what was only searched is not called proved")
    }

    @Test func `signing sends the invitations and journals the digests in one transaction`() async throws {
        let stage = try await MatchingStage()
        let path = try await stage.plan()
        let pairs = try stage.pairs(of: path)
        let signed = try await stage.sign(path)
        #expect(signed.status == 200 && signed.contains("方案已签署"), "\(signed.text)")
        for (application, mine) in Dictionary(grouping: pairs, by: \.application) {
            #expect(try stage.active(application) == Set(mine.map(\.expert)))
        }
        let record = try stage.house.database.readNow { try PlanQueries.signed(stage.id(of: path), $0) }
        #expect(record.signed.summary == (try stage.summary(of: path).published))
        #expect(
            Set(record.signed.documents.keys) == ["key.csv"],
            "bare digests of the rest would give away barred pairs")
        #expect(Set(record.signed.published.keys) == Set(Self.published))
        let result = try stage.house.database.readNow { try ProjectionCheck.run(stage.house.projections, $0) }
        #expect(result.found.findings.isEmpty, "\(result.found.findings)")
    }

    @Test func `the public page names nobody, and its files verify without a house`() async throws {
        let stage = try await MatchingStage()
        let path = try await stage.plan()
        #expect(try await stage.sign(path).status == 200)
        let plan = stage.id(of: path)
        let outsider = stage.season.publicBrowser
        let page = try await outsider.get("/matchings/\(plan)")
        #expect(page.status == 200 && page.contains("jiebang match verify"))
        #expect(try await outsider.get("/matchings").contains("/matchings/\(plan)"))
        let folder = try await stage.downloaded(Self.published, from: "/matchings/\(plan)", by: outsider)
        let found = try Self.verify(folder, groups: false)
        let summary = try stage.summary(of: path)
        #expect(found.total == summary.total)
        let record = try stage.house.database.readNow { try PlanQueries.signed(plan, $0) }
        #expect(found.gap == record.signed.publicGap)
        let texts = try Self.published.map { try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }
        for pair in try stage.pairs(of: path) {
            for text in texts + [page.text] {
                #expect(!text.contains(pair.expertName) && !text.contains(pair.expert.rawValue))
                #expect(!text.contains(pair.application.rawValue))
            }
        }
        for name in ["key.csv", "groups.csv", "nothing.csv"] {
            #expect(
                try await outsider.get("/matchings/\(plan)/\(name)", follow: false).status != 200, "\(name)")
        }
        // Tampering shows.
        let text = try String(contentsOfFile: "\(folder)/assignment.csv", encoding: .utf8)
        let lines = text.split(separator: "\n").map(String.init)
        try (lines.dropLast().joined(separator: "\n") + "\n").write(
            toFile: "\(folder)/assignment.csv", atomically: true, encoding: .utf8)
        #expect(throws: (any Error).self) { try Self.verify(folder, groups: false) }
    }

    @Test func `a conflict is no gap in the public files`() async throws {
        let stage = try await MatchingStage()
        let path = try await stage.plan()
        #expect(try await stage.sign(path).status == 200)
        let plan = stage.id(of: path)
        struct Place: Decodable, Sendable {
            let id: String
            let place: Int
        }
        let (pairs, applications, experts) = try stage.house.database.readNow { store in
            (
                try PlanQueries.bytes(of: "pairs.csv", in: plan, isPublic: true, store),
                try store.rows(
                    "SELECT application AS id, place FROM assignment_plan_application WHERE plan = \(plan)",
                    as: Place.self),
                try store.rows(
                    "SELECT expert AS id, place FROM assignment_plan_expert WHERE plan = \(plan)",
                    as: Place.self)
            )
        }
        let listed = Set(
            String(decoding: pairs, as: UTF8.self).split(separator: "\n").dropFirst().map {
                $0.split(separator: ",").prefix(2).joined(separator: ",")
            })
        let placeOf = Dictionary(uniqueKeysWithValues: experts.map { ($0.id, $0.place) })
        var (filled, barred) = (0, 0)
        for application in applications {
            let candidates = try stage.house.database.readNow {
                try Candidates.of(ID(application.id), at: stage.season.now, stage.house, $0)
            }
            for one in candidates where one.nearness <= .field {
                guard one.obstacles.contains(where: { $0.code == "conflict.same-entity" }),
                    let place = placeOf[one.expert.person.rawValue]
                else { continue }
                barred += 1
                if listed.contains("\(application.place),\(place)") { filled += 1 }
            }
        }
        #expect(barred > 0 && filled == barred, "\(filled) of \(barred)")
    }

    @Test func `after an invitation is declined, what was accepted stays and the place is filled anew`()
        async throws
    {
        let stage = try await MatchingStage()
        #expect(try await stage.sign(try await stage.plan()).status == 200)
        let house = stage.house
        let (application, records) = try stage.complete()
        try house.changeNow(by: records[0].expert, at: stage.season.now) { change in
            try ReviewActs.decline(records[0].id, by: records[0].expert, reason: "近期没有精力", change)
        }
        try house.changeNow(by: records[1].expert, at: stage.season.now) { change in
            try ReviewActs.accept(records[1].id, by: records[1].expert, change)
        }
        let path = try await stage.plan()
        let pairs = try stage.pairs(of: path)
        let mine = pairs.filter { $0.application == application }
        #expect(mine.contains { $0.expert == records[1].expert && $0.change == .kept && $0.isLocked })
        #expect(!mine.contains { $0.expert == records[0].expert })
        #expect(mine.filter { $0.change == .added }.count == 1)
        #expect(pairs.allSatisfy { $0.application == application || $0.change == .kept })
        #expect(try await stage.sign(path).status == 200)
        #expect(try stage.active(application).count == 3)
    }

    @Test func `unanswered invitations may be taken back, with a reason, and accepted ones never`()
        async throws
    {
        let stage = try await MatchingStage()
        #expect(try await stage.sign(try await stage.plan()).status == 200)
        let house = stage.house
        let (application, records) = try stage.complete()
        try house.changeNow(by: records[0].expert, at: stage.season.now) { change in
            try ReviewActs.accept(records[0].id, by: records[0].expert, change)
        }
        let browser = try stage.officer()
        let accepted = try await browser.post(
            "\(stage.base)/wishes", [("forbid", "\(application).\(records[0].expert)")],
            from: "\(stage.base)/plans")
        #expect(accepted.status == 422 && accepted.contains("已接受评审"))
        _ = try await browser.post(
            "\(stage.base)/wishes", [("forbid", "\(application).\(records[1].expert)")],
            from: "\(stage.base)/plans")
        let path = try await stage.plan()
        let mine = try stage.pairs(of: path).filter { $0.application == application }
        #expect(mine.first { $0.expert == records[1].expert }?.change == .removed)
        #expect(mine.first { $0.expert == records[0].expert }?.change == .kept)
        #expect(try await stage.sign(path).status == 200)
        let now = try house.database.readNow { try ReviewActs.find(records[1].id, $0) }
        #expect(now.state == .released && now.reason?.contains("匹配方案") == true)
    }
}

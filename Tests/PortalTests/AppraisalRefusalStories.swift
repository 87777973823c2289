import Foundation
import Lifecycle
import Store
import Testing

@testable import Portal

/// What cannot be done in an appraisal, and how it says so.
@Suite struct AppraisalRefusalStories {
    @Test func `only an officer arranges a panel; for everybody else the forms are not there`() async throws {
        let stage = try await AppraisalStage()
        let path = stage.path("coordinate")
        for key in DemoCast.members.map(\.key) + ["s1"] where key != "programme-officer" {
            let browser = try stage.browser(of: key)
            for (form, fields) in [
                ("seat", [("lens", "science"), ("expert", stage.expert("s1").rawValue)]),
                ("release", [("seat", "x"), ("reason", "换一位专家")]),
                ("recuse", [("seat", "x"), ("reason", "师生关系")]),
                ("close", []),
            ] {
                let answer = try await browser.post("\(path)/\(form)", fields, from: "/calls")
                #expect(answer.status == 404, "\(key) \(form)")
            }
            let list = try await browser.get("/office/appraisals")
            #expect(list.status == 404, "\(key)")
        }
        #expect(try stage.facts("appraiser.seated").isEmpty)
    }

    @Test func `an expert of the applicant's university is refused with the article`() async throws {
        let stage = try await AppraisalStage()
        let browser = try stage.browser(of: "programme-officer")
        let page = try await browser.get("\(stage.path("coordinate"))?q=论证home")
        #expect(page.contains("论证home"))
        #expect(!page.contains("value=\"\(stage.expert("home"))\""), "no box to tick")
        let refused = try await browser.post(
            "\(stage.path("coordinate"))/seat",
            [("lens", "science"), ("expert", stage.expert("home").rawValue)], from: stage.path("coordinate"))
        #expect(refused.status == 422)
        #expect(refused.contains("同一法人单位"))
        #expect(refused.contains("国家自然科学基金条例（2024） 第二十条"))
        #expect(try stage.facts("appraiser.seated").isEmpty)
    }

    @Test func `an expert outside the lens, of two lenses, and one too many are refused`() async throws {
        let stage = try await AppraisalStage()
        try stage.coordinated()
        let browser = try stage.browser(of: "programme-officer")
        let path = stage.path("macro")
        func ask(_ key: String, _ lens: String) async throws -> Browser.Page {
            try await browser.post(
                "\(path)/seat", [("lens", lens), ("expert", stage.expert(key).rawValue)], from: path)
        }
        let outside = try await ask("s3", "industry")
        #expect(outside.status == 422)
        #expect(outside.contains("“产业”视角须由产业专家担任"))
        #expect(try await ask("v1", "science").contains("“科技”视角须由科技专家担任"))
        #expect(try await ask("nobody", "science").contains("不在专家库中"))
        #expect(try await ask("s3", "weather").contains("请选择论证视角"))

        // Somebody who is of both kinds still looks through one lens.
        _ = try stage.house.changeNow(by: nil, at: stage.season.now) { change in
            try change.append(
                ExpertRegistered(
                    Expert(
                        person: stage.expert("s3"), disciplines: ["1101410"], keywords: [], loadMax: 9,
                        kinds: [.science, .industry])), about: .person(stage.expert("s3")))
        }
        #expect(try await ask("s3", "science").status == 200)
        let two = try await ask("s3", "industry")
        #expect(two.status == 422)
        #expect(two.contains("该专家已在“科技”视角中；一人只能从一个视角论证"))
        #expect(try await ask("s3", "science").contains("该专家已在这一视角中"))
        #expect(try await ask("s4", "science").status == 200)
        #expect(try await ask("s5", "science").contains("需要 2 位专家，现已足数"))
    }

    @Test func `whoever answered an earlier appraisal, or applies, does not sit in the next`() async throws {
        let stage = try await AppraisalStage()
        try stage.coordinated()
        let codes = try stage.codes(by: stage.officer) { change in
            try AppraisalActs.seat(
                stage.expert("s1"), for: "science", in: "macro", of: stage.dossier, id: ID("x"),
                by: stage.officer, change, stage.house)
        }
        #expect(codes == ["step.apart"])
        #expect(
            try stage.codes(by: stage.officer) { change in
                try AppraisalActs.seat(
                    stage.expert("s3"), for: "science", in: "field", of: stage.dossier, id: ID("x"),
                    by: stage.officer, change, stage.house)
            } == ["appraisal.not-yet"])
        #expect(
            try stage.codes(by: stage.officer) { change in
                try AppraisalActs.seat(
                    stage.expert("s3"), for: "science", in: "coordinate", of: stage.dossier, id: ID("x"),
                    by: stage.officer, change, stage.house)
            } == ["appraisal.over"])
        #expect(
            try stage.codes(by: stage.officer) { change in
                try AppraisalActs.seat(
                    stage.expert("s3"), for: "science", in: "screen", of: stage.dossier, id: ID("x"),
                    by: stage.officer, change, stage.house)
            } == ["missing"])
    }

    @Test func `before the close nobody reads an answer: no official, no other expert, no applicant`()
        async throws
    {
        let stage = try await AppraisalStage()
        try stage.seat("s1", for: "science", in: "coordinate")
        try stage.seat("s2", for: "science", in: "coordinate")
        try stage.accept("s1", in: "coordinate")
        try stage.accept("s2", in: "coordinate")
        try stage.write("s1", .no, for: "science", in: "coordinate", saying: "密封之中：")
        try Sealer(
            database: stage.house.database, keys: stage.house.keys,
            now: { [season = stage.season] in season.now }
        ).seal()
        let fact = try #require(try stage.facts("appraisal.written").first)
        for key in DemoCast.members.map(\.key) + ["s2"] {
            let browser = try stage.browser(of: key)
            for path in [
                stage.path("coordinate"), "/cases/\(stage.dossier)/appraisals", "/cases/\(stage.dossier)",
                "/cases/\(stage.dossier)/timeline", "/journal/facts/\(fact)", "/journal/facts/\(fact)/proof",
                "/appraisals/seat-coordinate-s1", "/appraisals", "/admin/facts",
            ] {
                let page = try await browser.get(path)
                #expect(!page.contains("密封之中"), "\(key) \(path)")
            }
        }
        // The applicant has nothing to open yet, and another expert's seat is not there.
        #expect(try await stage.browser(of: "applicant").get(stage.path("coordinate")).status == 404)
        #expect(try await stage.browser(of: "s2").get("/appraisals/seat-coordinate-s1").status == 404)
        #expect(try await stage.browser(of: "s2").get(stage.path("coordinate")).status == 404)
        // Its author reads it, and so does the journal's proof for its author.
        #expect(try await stage.browser(of: "s1").get("/appraisals/seat-coordinate-s1").contains("密封之中"))
        #expect(try await stage.browser(of: "s1").get("/journal/facts/\(fact)").contains("密封之中"))
    }

    @Test func `without a quorum in each lens the seals hold`() async throws {
        let stage = try await AppraisalStage()
        try stage.coordinated()
        try stage.sit("macro", [("s3", "science", .yes), ("s4", "science", .yes), ("i1", "industry", .yes)])
        try stage.seat("v1", for: "investment", in: "macro")
        try stage.accept("v1", in: "macro")
        let browser = try stage.browser(of: "programme-officer")
        let page = try await browser.get(stage.path("macro"))
        #expect(page.contains("投资：已提交 0 份，至少 1 份"))
        #expect(!page.contains("/macro/close\""))
        let refused = try await browser.post("\(stage.path("macro"))/close", [], from: stage.path("macro"))
        #expect(refused.status == 422)
        #expect(refused.contains("“投资”视角已提交 0 份，至少要有 1 份才能启封"))
        #expect(try stage.facts("appraisal.closed").count == 1, "the coordination's alone")
        #expect(try stage.standing().open.map(\.step.id) == ["macro"])
    }

    @Test func `an appraisal is handed in once, by whose seat it is, while the panel sits`() async throws {
        let stage = try await AppraisalStage()
        let form = try stage.form(.yes, for: "science", in: "coordinate")
        let (first, second) = (
            try stage.seat("s1", for: "science", in: "coordinate"),
            try stage.seat("s2", for: "science", in: "coordinate")
        )
        func write(_ seat: ID<AppraiserSeat>, _ key: String, _ form: [String: String]) throws -> [String] {
            try stage.codes(by: stage.expert(key)) {
                try AppraiserActs.write(seat, form, by: stage.expert(key), $0, stage.house)
            }
        }
        #expect(try write(first, "s1", form) == ["appraisal.not-accepted"])
        try stage.accept("s1", in: "coordinate")
        #expect(try write(first, "s2", form) == ["missing"])
        #expect(
            try write(first, "s1", [:]) == ["appraisal.answer", "appraisal.grounds", "appraisal.criterion"])
        #expect(try write(first, "s1", form) == [])
        #expect(try write(first, "s1", form) == ["appraisal.written-already"])
        #expect(
            try stage.codes(by: stage.expert("s1")) {
                try AppraiserActs.decline(first, by: stage.expert("s1"), reason: "没有时间", $0, stage.house)
            } == ["review.answered"])
        try stage.accept("s2", in: "coordinate")
        #expect(
            try stage.codes(by: stage.officer) {
                try AppraisalActs.close(
                    "coordinate", of: stage.dossier, by: stage.officer, $0, stage.house)
            } == ["appraisal.no-quorum"])
        #expect(try write(second, "s2", form) == [])
        try stage.close("coordinate")
        #expect(try write(second, "s2", form) == ["appraisal.over"])
        #expect(
            try stage.codes(by: stage.officer) {
                try AppraisalActs.close(
                    "coordinate", of: stage.dossier, by: stage.officer, $0, stage.house)
            } == ["appraisal.over"])
        let again = try await stage.browser(of: "s2").post(
            "/appraisals/\(second)/write", [("base", "1")], from: "/appraisals")
        #expect(again.status == 422)
        #expect(again.contains("这一论证已经结束"))
    }

    @Test func `who did not hand in before the close can no longer do so`() async throws {
        let stage = try await AppraisalStage(changing: [
            (
                "appraisals.yaml",
                "        experts: 2\n        quorum: 2\n        criteria:\n          - {id: layout",
                "        experts: 3\n        quorum: 2\n        criteria:\n          - {id: layout"
            )
        ])
        try stage.sit("coordinate", [("s1", "science", .yes), ("s2", "science", .yes)])
        let late = try stage.seat("s3", for: "science", in: "coordinate")
        try stage.accept("s3", in: "coordinate")
        try stage.close("coordinate")
        let form = try stage.form(.no, for: "science", in: "coordinate")
        #expect(
            try stage.codes(by: stage.expert("s3")) {
                try AppraiserActs.write(late, form, by: stage.expert("s3"), $0, stage.house)
            } == ["appraisal.over"])
        let page = try await stage.browser(of: "s3").get("/appraisals/\(late)")
        #expect(page.status == 200)
        #expect(page.contains("这一论证已经结束，不再需要您办理"))
        #expect(try await stage.browser(of: "s3").get("/appraisals").contains("论证已结束，未提交"))
    }

    @Test func `a recusal is recorded with its time and takes the answers out`() async throws {
        let stage = try await AppraisalStage()
        try stage.sit("coordinate", [("s1", "science", .yes), ("s2", "science", .yes)])
        stage.season.move(to: stage.season.now.adding(seconds: 7_200))
        let browser = try stage.browser(of: "programme-officer")
        let path = stage.path("coordinate")
        let short = try await browser.post(
            "\(path)/recuse", [("seat", "seat-coordinate-s1"), ("reason", "有")], from: path)
        #expect(short.status == 422)
        let other = try await browser.post(
            "\(path)/release", [("seat", "seat-coordinate-s1"), ("reason", "换一位专家来")], from: path)
        #expect(other.contains("该专家已密封提交，不能解除"))
        let done = try await browser.post(
            "\(path)/recuse", [("seat", "seat-coordinate-s1"), ("reason", "与申请人有合作论文")], from: path)
        #expect(done.status == 200)
        #expect(done.contains("已回避"))
        #expect(done.contains("2026-07-16 12:00"))
        #expect(done.contains("与申请人有合作论文"))
        #expect(try stage.standing().actors(of: "coordinate") == [stage.expert("s2")])
        #expect(
            try stage.codes(by: stage.officer) {
                try AppraisalActs.close(
                    "coordinate", of: stage.dossier, by: stage.officer, $0, stage.house)
            } == ["appraisal.no-quorum"])
        // Not asked again, and no longer a reader of the dossier.
        #expect(
            try stage.codes(by: stage.officer) { change in
                try AppraisalActs.seat(
                    stage.expert("s1"), for: "science", in: "coordinate", of: stage.dossier, id: ID("x"),
                    by: stage.officer, change, stage.house)
            } == ["conflict.declared", "appraisal.declined-before"])
        #expect(try await stage.browser(of: "s1").get("/cases/\(stage.dossier)/proposal").status == 404)
        #expect(try await stage.browser(of: "s1").get("/appraisals/seat-coordinate-s1").contains("您已回避这一论证"))
        // The other's answer stands, and another takes the place.
        try stage.sit("coordinate", [("s3", "science", .no)])
        try stage.close("coordinate")
        #expect(try stage.standing().open.map(\.step.id) == ["macro"])
    }

    @Test func `a relation that becomes known elsewhere ends the seat, or holds up the close`() async throws {
        let stage = try await AppraisalStage()
        try stage.seat("s1", for: "science", in: "coordinate")
        try stage.accept("s1", in: "coordinate")
        let dossier = stage.dossier
        let found = try stage.house.database.readNow { store in
            try store.value("SELECT number FROM application WHERE id = \(dossier)", as: String.self)
        }
        let number = try #require(found)
        _ = try await stage.browser(of: "s1").post(
            "/conflicts", [("kind", "application"), ("about", number), ("nature", "师生")])
        #expect(try await stage.browser(of: "s1").get("/appraisals/seat-coordinate-s1").contains("您已回避"))
        try stage.sit("coordinate", [("s2", "science", .yes), ("s3", "science", .yes)])
        _ = try await stage.browser(of: "s2").post(
            "/conflicts", [("kind", "application"), ("about", number), ("nature", "师生")])
        let browser = try stage.browser(of: "programme-officer")
        let held = try await browser.post(
            "\(stage.path("coordinate"))/close", [], from: stage.path("coordinate"))
        #expect(held.status == 422)
        #expect(held.contains("提交之后发现利益关系"))
    }

    @Test func `an officer with a conflict of interest neither sees nor closes the panel`() async throws {
        let stage = try await AppraisalStage()
        try stage.sit("coordinate", [("s1", "science", .yes), ("s2", "science", .yes)])
        let browser = try stage.browser(of: "programme-officer")
        _ = try await browser.post(
            "/conflicts", [("kind", "person"), ("about", "applicant@jiebang.example"), ("nature", "博士生导师")])
        #expect(try await browser.get(stage.path("coordinate")).status == 404)
        #expect(
            try await browser.post("\(stage.path("coordinate"))/close", [], from: "/calls").status == 404)
        #expect(
            try stage.codes(by: stage.officer) {
                try AppraisalActs.close(
                    "coordinate", of: stage.dossier, by: stage.officer, $0, stage.house)
            } == ["conflict.declared"])
        let list = try await browser.get("/office/appraisals?call=\(stage.call.id)")
        #expect(!list.contains("\(stage.dossier)"))
    }
}

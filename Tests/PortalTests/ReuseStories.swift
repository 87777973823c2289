import Foundation
import Lifecycle
import Store
import Synchronization
import Testing

@testable import Portal

final class Failures: Sendable {
    private let list = Mutex<[String]>([])
    func add(_ text: String) { list.withLock { $0.append(text) } }
    var all: [String] { list.withLock { $0 } }
}

/// Reading for text reuse: first who may not, then the officer.
@Suite struct ReuseStories {
    private static let outsiders = [
        "applicant", "research-office", "university-leader", "team-member", "expert", "expert-2", "finance",
        "finance-approver", "system-admin", "security-admin", "audit-admin", "applicant-central",
    ]

    @Test func `who is no official answers as nobody there, at the tab, at the pair and at the list`()
        async throws
    {
        let stage = try await ReuseStage()
        #expect(try stage.runJobs() == [])
        for key in Self.outsiders {
            let browser = try stage.season.browser(as: key)
            for path in [
                stage.path(stage.original), stage.path(stage.original, "/\(stage.pair)"),
                stage.path(stage.copy), "/office/reuse",
            ] {
                #expect(try await browser.get(path).status == 404, "\(key) \(path)")
            }
            for path in [
                stage.path(stage.original, "/check"), stage.path(stage.original, "/\(stage.pair)/verdict"),
                "/office/reuse/rebuild",
            ] {
                let sent = try await browser.post(
                    path, [("verdict", "no-issue"), ("reason", "代替主管认定")], from: "/")
                #expect(sent.status == 404, "\(key) \(path)")
            }
        }
        #expect(try stage.value("SELECT COUNT(*) FROM reuse_verdict", as: Int.self) == 0)
        // Nor is there a trace of it among the applicant's own jobs and pages.
        let applicant = try stage.season.browser(as: "applicant")
        #expect(try await !applicant.get("/jobs").contains("文本比对</a>"))
        #expect(try await !applicant.get("/cases/\(stage.original)").contains("/reuse"))
    }

    @Test func `leader, integrity officer and auditor read, and give no word`() async throws {
        let stage = try await ReuseStage()
        try stage.runJobs()
        for key in ["commission-leader", "integrity", "auditor"] {
            let browser = try stage.season.browser(as: key)
            let page = try await browser.get(stage.path(stage.copy, "/\(stage.pair)"))
            #expect(page.status == 200 && !page.contains("name=\"verdict\""), "\(key)")
            let sent = try await browser.post(
                stage.path(stage.copy, "/\(stage.pair)/verdict"),
                [("verdict", "examine"), ("reason", "越权作出认定")], from: "/")
            #expect(sent.status == 404, "\(key)")
            #expect(
                try await browser.post(stage.path(stage.copy, "/check"), [], from: "/").status == 404)
        }
    }

    @Test func `where the other side is barred to an officer, only that there is a match is said`()
        async throws
    {
        let stage = try await ReuseStage()
        try stage.runJobs()
        let officer = try stage.season.browser(as: "programme-officer")
        let number = try #require(
            try stage.value(
                "SELECT number FROM application WHERE id = \(stage.original)", as: String.self))
        #expect(try await officer.get(stage.path(stage.copy)).contains(number))
        _ = try await officer.post(
            "/conflicts", [("kind", "application"), ("about", number), ("nature", "近亲属关系")])
        for path in [stage.path(stage.copy), "/office/reuse?call=\(stage.season.call.id)"] {
            let page = try await officer.get(path)
            #expect(page.status == 200)
            #expect(page.contains("由其他人员处理"), "\(path)")
            for hidden in [number, stage.original.rawValue, "林一诺", stage.pair] {
                #expect(!page.contains(hidden), "\(path) \(hidden)")
            }
        }
        for side in [stage.copy, stage.original] {
            #expect(try await officer.get(stage.path(side, "/\(stage.pair)")).status == 404)
            let sent = try await officer.post(
                stage.path(side, "/\(stage.pair)/verdict"), [("verdict", "no-issue"), ("reason", "没有问题")],
                from: "/conflicts")
            #expect(sent.status == 404)
        }
    }

    @Test func `a pair is not found under a case that is no part of it`() async throws {
        let stage = try await ReuseStage()
        try stage.runJobs()
        let officer = try stage.season.browser(as: "programme-officer")
        #expect(try await officer.get(stage.path(stage.stranger, "/\(stage.pair)")).status == 404)
        #expect(try await officer.get(stage.path(stage.copy, "/0000000000000000")).status == 404)
        #expect(try await officer.get(stage.path(stage.copy, "/\(stage.pair)")).status == 200)
        #expect(try await officer.get(stage.path(stage.original, "/\(stage.pair)")).status == 200)
    }

    @Test func `a word without choice or reason is refused; given, it is a fact and moves nothing`()
        async throws
    {
        let stage = try await ReuseStage()
        try stage.runJobs()
        let officer = try stage.season.browser(as: "programme-officer")
        let path = stage.path(stage.copy, "/\(stage.pair)/verdict")
        let page = stage.path(stage.copy, "/\(stage.pair)")
        for fields in [
            [("reason", "没有选择结论")], [("verdict", "guilty"), ("reason", "这样的结论不存在")],
            [("verdict", "examine"), ("reason", "抄")],
        ] {
            let refused = try await officer.post(path, fields, from: page)
            #expect(refused.status == 422 && refused.contains("error-summary"), "\(fields)")
        }
        let before = try stage.value(
            "SELECT step || state FROM application WHERE id = \(stage.copy)", as: String.self)
        let done = try await officer.post(
            path, [("verdict", "examine"), ("reason", "立项依据整段相同，未加引注。")], from: page)
        #expect(done.status == 200)
        #expect(done.contains("立项依据整段相同，未加引注。") && done.contains("移交学风核查"))
        let after = try stage.value(
            "SELECT step || state FROM application WHERE id = \(stage.copy)", as: String.self)
        #expect(before == after, "similarity moves no dossier")
        let clause = try stage.value(
            "SELECT clause FROM fact WHERE kind = 'reuse.judged' AND step IS NULL", as: String.self)
        #expect(clause == "3.6.3")
        // The same word from the other side.
        #expect(try await officer.get(stage.path(stage.original, "/\(stage.pair)")).contains("立项依据整段相同"))
        #expect(
            try await officer.get("/office/reuse?call=\(stage.season.call.id)&state=examine").contains(
                stage.pair))
        #expect(
            try await !officer.get("/office/reuse?call=\(stage.season.call.id)&state=open").contains(
                stage.pair))
    }

    @Test func `a submission queues its comparison in its own transaction, and a refused one queues none`()
        async throws
    {
        let stage = try await ReuseStage()
        #expect(try stage.value("SELECT COUNT(*) FROM job", as: Int.self) == 3)
        #expect(try stage.value("SELECT COUNT(*) FROM reuse_check", as: Int.self) == 0)
        let central = stage.season.cast.person("applicant-central")
        let draft = try ReuseStage.begin(stage.season, by: central, [:])
        #expect(throws: Refused.self) {
            try ReuseStage.submit(stage.season, draft, by: central, at: Season.start)
        }
        #expect(try stage.value("SELECT COUNT(*) FROM job", as: Int.self) == 3)
        #expect(try stage.runJobs() == [])
        #expect(try stage.value("SELECT COUNT(*) FROM reuse_check", as: Int.self) == 3)
        #expect(try stage.value("SELECT COUNT(*) FROM job WHERE state = 'done'", as: Int.self) == 3)
    }

    @Test func `the copy is found with section, share and relation, from either side, and nothing else is`()
        async throws
    {
        let stage = try await ReuseStage()
        try stage.runJobs()
        #expect(try stage.value("SELECT COUNT(*) FROM reuse_pair", as: Int.self) == 1)
        let row = try #require(
            try stage.house.database.readNow { try ReuseQueries.pair(stage.pair, $0) })
        #expect(row.application == stage.copy && row.source == stage.original.rawValue)
        #expect(row.relation == .crossUniversity)
        #expect(row.containment > 1000 && row.reverse > 500 && row.longest >= 120)
        let parts = try stage.house.database.readNow { try ReuseQueries.parts(of: stage.pair, $0) }
        #expect(
            Set(parts.map { "\($0.section) \($0.sourceSection)" }) == [
                "significance significance", "method significance",
            ])
        let officer = try stage.season.browser(as: "programme-officer")
        let tab = try await officer.get(stage.path(stage.copy))
        #expect(tab.contains("跨校不同人") && tab.contains("林一诺") && tab.contains("待认定"))
        #expect(try await officer.get(stage.path(stage.stranger)).contains("没有发现重合段落"))
        let list = "/office/reuse?call=\(stage.season.call.id)"
        #expect(try await officer.get(list).contains(stage.pair))
        #expect(try await officer.get("\(list)&relation=cross-university").contains(stage.pair))
        #expect(try await !officer.get("\(list)&relation=same-team").contains(stage.pair))
        #expect(try await officer.get("\(list)&after=\(stage.pair)").status == 200)
    }

    @Test func `both sides show the very passage, linked to each other, and hostile text as text`()
        async throws
    {
        let stage = try await ReuseStage()
        try stage.runJobs()
        let officer = try stage.season.browser(as: "programme-officer")
        for side in [stage.copy, stage.original] {
            let page = try await officer.get(stage.path(side, "/\(stage.pair)"))
            #expect(!page.contains("<script>alert"))
            #expect(page.contains("&lt;script&gt;alert"))
            for link in ["id=\"a1\" href=\"#b1\"", "id=\"b1\" href=\"#a1\"", "id=\"a2\"", "id=\"b2\""] {
                #expect(page.contains(link), "\(link)")
            }
            let passages = page.text.components(separatedBy: "<mark class=\"passage\">").dropFirst()
            #expect(passages.count == 4)
            for passage in passages {
                #expect(passage.between("</a>", "</mark>")?.contains("社区记忆并不随房屋一起消失") == true)
            }
        }
    }

    @Test func `an officer asks for a comparison, follows it, and asks twice for the same one`() async throws
    {
        let stage = try await ReuseStage()
        try stage.runJobs()
        let officer = try stage.season.browser(as: "programme-officer")
        let asked = try await officer.post(stage.path(stage.copy, "/check"), [], from: stage.path(stage.copy))
        #expect(asked.status == 200 && asked.path.hasPrefix("/jobs/"))
        let again = try await officer.post(stage.path(stage.copy, "/check"), [], from: stage.path(stage.copy))
        #expect(again.path == asked.path)
        #expect(try await officer.get(stage.path(stage.copy)).contains("比对正在排队或进行"))
        #expect(try stage.runJobs() == [])
        #expect(try await officer.get(asked.path).contains("/cases/\(stage.copy)/reuse"))
    }

    @Test func `an index that is gone or damaged is made anew from the database, and finds the same`()
        async throws
    {
        let stage = try await ReuseStage()
        try stage.runJobs()
        func pairs() throws -> [String] {
            try stage.house.database.readNow { store in
                try store.values(
                    """
                    SELECT id || ' ' || relation || ' ' || containment || ' ' || reverse || ' ' || longest
                    FROM reuse_pair ORDER BY id
                    """, as: String.self)
            }
        }
        let before = try pairs()
        let folder = ReuseLibrary.folder(in: stage.data)
        try FileManager.default.removeItem(atPath: folder)
        try ask(stage)
        #expect(try stage.runJobs() == [])
        #expect(try pairs() == before)
        try Data("damaged".utf8).write(to: URL(fileURLWithPath: "\(folder)/manifest"))
        try ask(stage)
        #expect(try stage.runJobs() == [])
        #expect(try pairs() == before)
        #expect(try !FileManager.default.contentsOfDirectory(atPath: stage.data).contains("reuse.new"))
    }

    private func ask(_ stage: ReuseStage) throws {
        let officer = stage.season.cast.person("programme-officer")
        try stage.house.changeNow(by: officer, at: stage.season.now) { change in
            guard
                let record = try change.store.row(
                    "SELECT \(sql: DossierRecord.columns) FROM application WHERE id = \(stage.copy)",
                    as: DossierRecord.self)
            else { throw Missing() }
            _ = try ReuseActs.ask(record, by: officer, change)
        }
    }

    @Test func `a file that gives no text is a finding, and one with text is compared`() async throws {
        let folder = Mutex("")
        let stage = try await ReuseStage { house, draft in
            folder.withLock { $0 = house.attachmentFolder }
            let files: [(String, String, AttachmentContent, String)] = [
                (String(repeating: "a", count: 64), "正文.txt", .txt, "附件说：\n\(ReuseStage.passage)"),
                (String(repeating: "b", count: 64), "坏的.pdf", .pdf, "%PDF-1.7\nnothing\n%%EOF\n"),
                (String(repeating: "c", count: 64), "坏的.docx", .docx, "PK\u{3}\u{4}nothing"),
                (String(repeating: "d", count: 64), "图.png", .png, "png"),
                (String(repeating: "e", count: 64), "没有了.txt", .txt, ""),
                (String(repeating: "f", count: 64), "很长.pdf", .pdf, Self.longPDF(pages: 301)),
            ]
            for (hash, name, kind, text) in files {
                let path = AttachmentStore(folder: house.attachmentFolder).path(hash)
                let parent = URL(fileURLWithPath: path).deletingLastPathComponent()
                try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
                if !text.isEmpty { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) }
                try house.changeNow(by: nil, at: Season.start) { change in
                    _ = try change.store.run(
                        """
                        INSERT INTO draft_attachment (draft, hash, name, size, type, added_at)
                        VALUES (\(draft), \(hash), \(name), 1, \(kind.mediaType), \(Season.start))
                        """)
                }
            }
        }
        #expect(try stage.runJobs() == [])
        let officer = try stage.season.browser(as: "programme-officer")
        let tab = try await officer.get(stage.path(stage.copy))
        for name in ["坏的.pdf", "坏的.docx", "图.png", "没有了.txt"] { #expect(tab.contains(name), "\(name)") }
        #expect(tab.contains("文件内容与格式不符") && tab.contains("文件无法打开"))
        #expect(!tab.contains("正文.txt</b>"))
        if FileManager.default.isExecutableFile(atPath: "/usr/bin/pdftotext") {
            #expect(
                tab.contains("只读取并比对了前 300 页，全文共 301 页"),
                "what stands behind the last page that is read is no secret place")
        }
        let page = try await officer.get(stage.path(stage.copy, "/\(stage.pair)"))
        #expect(page.contains("正文.txt"), "the file is a part of its own, by its name")
    }

    /// A PDF with a number on each page; the cross-reference table is left to the reader's repair.
    private static func longPDF(pages: Int) -> String {
        let kids = (0..<pages).map { "\(10 + 2 * $0) 0 R" }.joined(separator: " ")
        var text = """
            %PDF-1.4
            1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
            2 0 obj <</Type/Pages/Kids[\(kids)]/Count \(pages)>> endobj
            5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj

            """
        for page in 0..<pages {
            let words = "BT /F 12 Tf 10 50 Td (Page \(page + 1)) Tj ET"
            text += """
                \(10 + 2 * page) 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents \(11 + 2 * page) 0 R\
                /Resources<</Font<</F 5 0 R>>>>>> endobj
                \(11 + 2 * page) 0 obj <</Length \(words.utf8.count)>> stream
                \(words)
                endstream endobj

                """
        }
        return text + "trailer <</Root 1 0 R>>\n"
    }

    @Test func `a line that is no text keeps the whole collection out`() async throws {
        let stage = try await ReuseStage()
        let good = "{\"id\":\"a\",\"text\":\"正文\"}"
        for (bad, line) in [
            ("{\"id\":\"b\"}", 2), ("nonsense", 2), ("{\"id\":\"\",\"text\":\"x\"}", 2),
            ("{\"id\":7,\"text\":\"x\"}", 2),
        ] {
            let error = #expect(throws: ReuseArchive.Malformed.self) {
                try take("\(good)\n\(bad)\n", published: false, stage)
            }
            #expect(error?.description.hasPrefix("line \(line):") == true, "\(bad)")
        }
        #expect(throws: ReuseArchive.Malformed.self) { try take("\n\n", published: false, stage) }
        #expect(try stage.value("SELECT COUNT(*) FROM reuse_archive", as: Int.self) == 0)
        #expect(try take("\(good)\n\n\(good)", published: false, stage).unchanged == 1)
        #expect(try take(good, published: true, stage).changed == 1)
    }

    private func take(_ text: String, published: Bool, _ stage: ReuseStage) throws -> ReuseArchive.Count {
        try stage.house.changeNow(by: nil, at: stage.season.now) { change in
            try ReuseArchive.take(Data(text.utf8), published: published, change)
        }
    }

    @Test func `archived texts are found, and shown with their title`() async throws {
        let stage = try await ReuseStage()
        let lines = ["id": "旧/2019/07", "title": "<b>一份旧报告</b>", "text": "前言。\(ReuseStage.passage)"]
        let line = String(decoding: try JSONEncoder().encode(lines), as: UTF8.self)
        _ = try take(line, published: false, stage)
        #expect(try stage.runJobs() == [])
        let officer = try stage.season.browser(as: "programme-officer")
        let tab = try await officer.get(stage.path(stage.original))
        #expect(tab.contains("&lt;b&gt;一份旧报告") && tab.contains("文库文本") && !tab.contains("<b>一份旧"))
        let pair = FoundPair.id(stage.original, ReuseSource(.archive, "旧/2019/07"))
        #expect(try await officer.get(stage.path(stage.original, "/\(pair)")).contains("全文"))
    }

    // MARK: - the applicant

    @Test func `an applicant sees no overlap unless the call allows it`() async throws {
        let stage = try await ReuseStage()
        try stage.runJobs()
        let browser = Browser(stage.house)
        try browser.signIn(stage.copier, stage.house)
        #expect(try await browser.get("/drafts/\(stage.copy)/reuse").status == 404)
        #expect(!stage.season.call.showsOwnReuse(in: stage.season.programme))
    }

    @Test func `allowed, the applicant sees own and published texts, and never another's application`()
        async throws
    {
        let stage = try await ReuseStage()
        let lines = [
            ["id": "open", "title": "公开的报告", "text": ReuseStage.passage]
        ]
        for line in lines {
            _ = try take(
                String(decoding: try JSONEncoder().encode(line), as: UTF8.self), published: true, stage)
        }
        _ = try take(
            String(
                decoding: try JSONEncoder().encode([
                    "id": "shut", "title": "内部的报告", "text": ReuseStage.passage,
                ]), as: UTF8.self), published: false, stage)
        try stage.runJobs()
        var round = DemoRound(
            house: stage.house, register: stage.season.register, kind: .humanities,
            chance: SplitMix64(seed: 99))
        let call = try round.publish(
            stage.season.programme, number: "2026-OWN", title: "另一轮科研计划项目",
            published: Instant(Season.day("2026-04-20"), hour: 9),
            opens: Instant(Season.day("2026-06-01"), hour: 9),
            closes: Instant(Season.day("2026-06-30"), hour: 16), changing: ["showOwnReuse": "1"])
        let copier = stage.copier
        let draft = try stage.house.changeNow(by: copier, at: Season.start) { change in
            let id = try Drafts.start(
                call.id, by: copier, id: change.world.id(), at: change.at, change.store)
            _ = try Drafts.save(
                id, section: "method", base: 0, answers: ["method": ReuseStage.passage], by: copier,
                at: change.at, change.store)
            return id
        }
        let browser = Browser(stage.house)
        try browser.signIn(copier, stage.house)
        #expect(try await browser.get("/drafts/\(draft)/submit").contains("/drafts/\(draft)/reuse"))
        let page = try await browser.get("/drafts/\(draft)/reuse")
        #expect(page.status == 200)
        #expect(page.contains("您的其他申请") && page.contains("公开的报告"))
        for hidden in ["内部的报告", "林一诺", stage.original.rawValue, "末尾的话"] {
            #expect(!page.contains(hidden), "\(hidden)")
        }
        for key in ["applicant", "programme-officer", "auditor", "expert"] {
            let other = try stage.season.browser(as: key)
            #expect(try await other.get("/drafts/\(draft)/reuse").status == 404, "\(key)")
        }
    }
}

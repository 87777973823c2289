import Foundation
import HTTPTypes
import Lifecycle
import Portal
import Store
import Testing

/// Files that anybody hands in with an objection.
@Suite struct EvidenceTests {
    private static let pdf = Array("%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n".utf8)
    private static let fields = [
        ("name", "李明"), ("contact", "13900000000"), ("text", "该项目与申请人三年前已结题的项目内容基本一致，请核查，证明材料见附件。"),
    ]

    /// A round with one project on notice, and its form.
    private struct Place {
        let it: DecisionSeason
        let project: ID<Application>
        let notice: ID<Notice>
        /// One for all: the house counts by its routes' own memory.
        let anyone: Browser
        var form: String { "/notices/\(notice)/objections/\(project)" }
        var office: String { "/notices/\(notice)/office" }

        init() async throws {
            it = try await DecisionSeason(applications: 2)
            project = try it.ranking()[0]
            try it.decide(funding: 1)
            notice = try it.publicise()
            anyone = it.season.publicBrowser
        }

        /// What the house has kept: objections, rows and files.
        func kept() throws -> [Int] {
            let rows = try it.read { store in
                [
                    try store.value("SELECT COUNT(*) FROM objection", as: Int.self) ?? 0,
                    try store.value("SELECT COUNT(*) FROM objection_evidence", as: Int.self) ?? 0,
                ]
            }
            let files = FileManager.default.subpaths(atPath: it.house.attachmentFolder) ?? []
            return rows + [files.count { ($0 as NSString).lastPathComponent.count == 64 }]
        }

        func object(_ files: [(String, [UInt8])], _ fields: [(String, String)] = EvidenceTests.fields)
            async throws
            -> Browser.Page
        {
            try await anyone.upload(
                form, files: files.map { ("evidence", $0.0, $0.1) }, fields)
        }
    }

    private static func text(_ number: Int, _ size: Int = 20) -> [UInt8] {
        Array("\(number)".utf8) + [UInt8](repeating: 97, count: size - "\(number)".utf8.count)
    }

    @Test func `files that may not come in are refused by name, keep nothing, and what was typed stays`()
        async throws
    {
        let place = try await Place()
        let refused: [([(String, [UInt8])], [String])] = [
            ([("页面.pdf", Array("<!DOCTYPE html><script>alert(1)</script>".utf8))], ["“页面.pdf”的内容不是可以上传的类型"]),
            ([("程序.exe", [0x4D, 0x5A, 0x90, 0, 3])], ["“程序.exe”的内容不是可以上传的类型"]),
            ([("../../etc/passwd.pdf", Self.pdf)], ["文件名不能识别"]),
            (
                [
                    (
                        "宏.docx",
                        Archive.bytes(Archive.document + [Archive.Part(name: "word/vbaProject.bin")])
                    ), ("空.txt", []),
                ], ["“宏.docx”含有宏", "“空.txt”是空文件"]
            ),
            // One good file does not carry a bad one in.
            ([("好.pdf", Self.pdf), ("说明.pdf", Array("只是文字".utf8))], ["扩展名与内容不符"]),
            ((0..<6).map { ("\($0).txt", Self.text($0)) }, ["证明材料最多 5 个文件"]),
            ([("大.txt", Self.text(0, 5_000_001))], ["“大.txt”超过 5 MB"]),
            ((0..<4).map { ("\($0).txt", Self.text($0, 4_000_000)) }, ["证明材料合计超过 15 MB"]),
        ]
        for (files, reasons) in refused {
            let page = try await place.object(files)
            #expect(page.status == 422, "\(reasons)")
            for reason in reasons { #expect(page.contains(reason), "\(reason)") }
            #expect(page.contains("三年前已结题") && page.contains("李明") && page.contains("请重新选择"))
            #expect(try place.kept() == [0, 0, 0], "\(reasons)")
        }
    }

    @Test func `good files with a bad statement are not kept, and the page says to choose them again`()
        async throws
    {
        let place = try await Place()
        let page = try await place.object(
            [("来信.pdf", Self.pdf)], [("name", "李明"), ("contact", ""), ("text", "不公平")])
        #expect(page.status == 422)
        #expect(page.contains("请填写联系方式") && page.contains("浏览器不会保留已选的文件"))
        #expect(try place.kept() == [0, 0, 0])
        // Without files there is nothing to choose again.
        let bare = try await place.object([], [("name", "李明"), ("contact", ""), ("text", "不公平")])
        #expect(bare.status == 422 && !bare.contains("浏览器不会保留已选的文件"))
    }

    @Test func `a body over the limit, a file after the end and the eleventh of an hour keep nothing`()
        async throws
    {
        let place = try await Place()
        #expect(try await place.object([("大.txt", Self.text(0, 21 << 20))]).status == 413)
        for number in 0..<10 {
            #expect(try await place.object([("\(number).txt", Self.text(number))]).status == 200)
        }
        #expect(try place.kept() == [10, 10, 10])
        let page = try await place.object([("十一.txt", Self.text(11))])
        #expect(page.status == 429 && page.contains("请重新选择"))
        #expect(try place.kept() == [10, 10, 10])
        let notice = place.notice
        let ends = try place.it.read { try NoticeActs.find(notice, $0).endsAt }
        place.it.season.move(to: ends.adding(seconds: 60))
        #expect(try await place.object([("晚.txt", Self.text(12))]).status == 422)
        #expect(try place.kept() == [10, 10, 10])
    }

    @Test func `evidence is seen by who sees the objection, downloads safely, and each reader leaves a fact`()
        async throws
    {
        let place = try await Place()
        let received = try await place.object([
            ("C:\\来信<b>.pdf", Self.pdf), ("同一份.pdf", Self.pdf), ("说明.txt", Self.text(7)),
        ])
        #expect(received.status == 200)
        let number = try #require(received.text.between("<b class=\"number\">", "</b>"))
        // The same content twice is one file; the receipt gives the hashes and no names.
        #expect(try place.kept() == [1, 2, 2])
        let hash = Canonical.hex(Session.hash(String(decoding: Self.pdf, as: UTF8.self)))
        #expect(received.contains(hash) && received.contains("第 2 份，20 B"))
        #expect(!received.contains("来信") && !received.contains("李明"))

        let path = "\(place.office)/\(number)/evidence/\(hash)"
        let owner = try place.it.browser(of: try place.it.owner(place.project))
        #expect(try await owner.get(path).status == 404)
        for key in [
            "research-office", "expert", "finance", "finance-approver", "system-admin", "audit-admin",
        ] {
            #expect(try await place.it.browser(as: key).get(path).status == 404, "\(key)")
        }
        #expect(try await place.it.season.publicBrowser.get(path, follow: false).status == 303)
        let case_ = try await owner.get("/cases/\(place.project)")
        #expect(case_.status == 200 && !case_.contains(hash) && !case_.contains("来信"))
        let open = try await place.it.season.publicBrowser.get("/notices/\(place.notice)")
        #expect(!open.contains(hash) && !open.contains("来信"))

        let reads = {
            try place.it.read { store in
                try store.value(
                    "SELECT COUNT(*) FROM fact WHERE kind = 'record.read' AND subject_id = \(number)",
                    as: Int.self) ?? 0
            }
        }
        #expect(try reads() == 0)
        for (count, key) in ["programme-officer", "commission-leader", "auditor", "integrity"].enumerated() {
            let browser = try place.it.browser(as: key)
            let office = try await browser.get(place.office)
            #expect(office.contains("来信_b_.pdf") && office.contains(path), "\(key)")
            let file = try await browser.get(path)
            #expect(file.status == 200 && file.bytes == Self.pdf, "\(key)")
            #expect(file.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            #expect(file.headers[.contentSecurityPolicy]?.hasPrefix("sandbox") == true)
            _ = try await browser.get(path)
            #expect(try reads() == count + 1, "\(key)")
        }
        let officer = try place.it.browser(as: "programme-officer")
        for wrong in [
            "\(place.office)/\(number)/evidence/\(String(repeating: "0", count: 64))",
            "\(place.office)/\(number)/evidence/..%2F..%2Fetc",
            "\(place.office)/another/evidence/\(hash)", "/notices/another/office/\(number)/evidence/\(hash)",
        ] { #expect(try await officer.get(wrong).status == 404, "\(wrong)") }
    }

    @Test func `an official with a conflict gets no evidence, and an erased one is said to be erased`()
        async throws
    {
        let place = try await Place()
        let received = try await place.object([("来信.pdf", Self.pdf)])
        let number = try #require(received.text.between("<b class=\"number\">", "</b>"))
        let hash = Canonical.hex(Session.hash(String(decoding: Self.pdf, as: UTF8.self)))
        let path = "\(place.office)/\(number)/evidence/\(hash)"
        let leader = place.it.person("commission-leader")
        let project = place.project
        _ = try place.it.codes(by: leader) { change, _ in
            try change.append(
                ConflictDeclared(person: leader, about: .application(project)),
                about: .person(leader))
        }
        #expect(try await place.it.browser(as: "commission-leader").get(path).status == 404)

        let house = place.it.house
        try house.changeNow(by: nil, at: house.now) { change in
            let fact = try change.store.value(
                "SELECT number FROM fact WHERE kind = 'objection.evidence'", as: Int64.self)
            let left = try Erasure.erase(
                [.payload], of: [try #require(fact)], reason: "本人申请", change, house.projections)
            #expect(left.unnamedFiles == [hash])
        }
        let officer = try place.it.browser(as: "programme-officer")
        let office = try await officer.get(place.office)
        #expect(office.contains("材料已按要求删除") && !office.contains(hash) && office.contains("三年前已结题"))
        #expect(try await officer.get(path).status == 404)
        let again = try await place.it.season.publicBrowser.get("\(place.form)/received?number=\(number)")
        #expect(again.status == 200 && !again.contains(hash))
    }

    @Test func `the journal opens who objects to integrity alone, and the evidence to both overseers`()
        async throws
    {
        let place = try await Place()
        #expect(try await place.object([("来信.pdf", Self.pdf)]).status == 200)
        let (it, now) = (place.it, place.it.house.now)
        let view = { (key: String, kind: FactKind) in
            let person = it.person(key)
            return try it.read { store -> FactView in
                let number = try store.value(
                    "SELECT number FROM fact WHERE kind = \(kind)", as: Int64.self)
                let fact = try JournalRow.find(try #require(number), store)?.fact
                let viewer = try Viewer.find(person, at: now, store)
                return try ObjectionFactView.of(store, try #require(viewer), try #require(fact)) ?? .nothing
            }
        }
        #expect(try view("auditor", ObjectionStated.kind) == .known)
        #expect(try view("integrity", ObjectionStated.kind) == .whole)
        for kind in [ObjectionFiled.kind, EvidenceAttached.kind] {
            #expect(try view("auditor", kind) == .whole && view("integrity", kind) == .whole)
            #expect(try view("applicant", kind) == .nothing && view("finance", kind) == .nothing)
        }
    }
}

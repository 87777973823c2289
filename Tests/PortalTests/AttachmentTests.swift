import Foundation
import HTTPTypes
import Lifecycle
import Portal
import Store
import Testing

/// Archives made by hand, so that their directories can lie.
enum Archive {
    struct Part {
        var name: String
        var bytes: [UInt8] = [60]
        /// What the directory claims; the truth unless given.
        var claims: Int?
        /// Where the directory says it begins; the truth unless given.
        var offset: Int?
    }

    static func bytes(_ parts: [Part]) -> [UInt8] {
        var body: [UInt8] = []
        var directory: [UInt8] = []
        for part in parts {
            let offset = body.count
            let name = Array(part.name.utf8)
            let sizes = four(part.bytes.count) + four(part.claims ?? part.bytes.count)
            body += four(0x0403_4B50) + two(20) + two(0) + two(0) + two(0) + two(0) + four(0) + sizes
            body += two(name.count) + two(0) + name + part.bytes
            directory +=
                four(0x0201_4B50) + two(20) + two(20) + two(0) + two(0) + two(0) + two(0) + four(0) + sizes
            directory +=
                two(name.count) + two(0) + two(0) + two(0) + two(0) + four(0) + four(part.offset ?? offset)
            directory += name
        }
        let end =
            four(0x0605_4B50) + two(0) + two(0) + two(parts.count) + two(parts.count) + four(directory.count)
            + four(body.count) + two(0)
        return body + directory + end
    }

    static let document = [Part(name: "[Content_Types].xml"), Part(name: "word/document.xml")]

    private static func two(_ number: Int) -> [UInt8] { [UInt8(number & 255), UInt8(number >> 8 & 255)] }
    private static func four(_ number: Int) -> [UInt8] { two(number & 0xFFFF) + two(number >> 16 & 0xFFFF) }
}

@Suite struct AttachmentTests {
    private static let pdf = Array("%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n".utf8)

    private func upload(_ name: String, _ bytes: [UInt8]) async throws -> Browser.Page {
        let city = try await Season(experts: 0)
        let browser = try city.browser(as: "applicant")
        let draft = try await Writing.start(city, browser)
        return try await browser.upload("/drafts/\(draft)/attachments", file: ("file", name, bytes))
    }

    @Test(
        arguments: [
            ("页面.pdf", Array("<!DOCTYPE html><script>alert(1)</script>".utf8), "不是可以上传的类型"),
            ("说明.pdf", Array("只是文字".utf8), "扩展名与内容不符"),
            ("空.pdf", [], "空文件"),
            ("../../etc/passwd.pdf", Self.pdf, "文件名不能识别"),
            ("..\\..\\a.pdf", Self.pdf, "文件名不能识别"),
            ("乱码.txt", [0xFF, 0xFE, 0x41], "不是可以上传的类型"),
            ("程序.exe", [0x4D, 0x5A, 0x90, 0, 3], "不是可以上传的类型"),
            ("旧.doc", [0xD0, 0xCF, 0x11, 0xE0, 0xA1], "不是可以上传的类型"),
            ("宏.docm", Archive.bytes(Archive.document), "含有宏"),
            ("宏.docx", Archive.bytes(Archive.document + [.init(name: "word/vbaProject.bin")]), "含有宏"),
            ("改名的宏.docx", Archive.bytes(Archive.document + [.init(name: "word/harmless.bin")]), "含有宏"),
            ("炸弹.docx", Archive.bytes(Archive.document + [.init(name: "a.xml", claims: 300 << 20)]), "解压后过大"),
            ("多.docx", Archive.bytes((0..<2100).map { .init(name: "\($0)") }), "解压后过大"),
            (
                "叠.docx", Archive.bytes(Archive.document + [.init(name: "a"), .init(name: "b", offset: 0)]),
                "解压后过大"
            ),
            ("越界.docx", Archive.bytes(Archive.document + [.init(name: "../../a.xml")]), "越出目录"),
            ("压缩包.docx", Archive.bytes([.init(name: "a.txt")]), "不是可以上传的类型"),
            ("残.docx", Array(Archive.bytes(Archive.document).dropLast(9)), "已损坏"),
            ("表.xlsx", Archive.bytes(Archive.document), "扩展名与内容不符"),
        ] as [(String, [UInt8], String)])
    func `a file that may not come in is refused with the reason`(
        name: String, bytes: [UInt8], reason: String
    )
        async throws
    {
        let page = try await upload(name, bytes)
        #expect(page.status == 422)
        #expect(page.contains(reason), "\(name): \(page.text.between("error-summary", "</ul>") ?? "")")
    }

    @Test func `a good file is kept by its content, named anew, offered as a download and removable`()
        async throws
    {
        let city = try await Season(experts: 0)
        let browser = try city.browser(as: "applicant")
        let draft = try await Writing.start(city, browser)
        let path = "/drafts/\(draft)/attachments"
        let page = try await browser.upload(path, file: ("file", "C:\\桌面\\论\u{202E}证:稿.pdf", Self.pdf))
        #expect(page.status == 200 && page.contains("论证_稿.pdf"))
        let hash = try #require(page.text.between("href=\"\(path)/", "\""))
        let stored = "\(city.house.attachmentFolder)/\(hash.prefix(2))/\(hash)"
        #expect(FileManager.default.contents(atPath: stored).map(Array.init) == Self.pdf)
        #expect(
            try FileManager.default.contentsOfDirectory(
                atPath: "\(city.house.attachmentFolder)/\(hash.prefix(2))"
            ).count == 1)

        let file = try await browser.get("\(path)/\(hash)")
        #expect(file.bytes == Self.pdf)
        #expect(file.headers[.contentDisposition]?.hasPrefix("attachment") == true)
        #expect(try await city.browser(as: "research-office").get("\(path)/\(hash)").status == 404)

        let same = try await browser.upload(path, file: ("file", "又一份.pdf", Self.pdf))
        #expect(same.status == 422 && same.contains("已经上传过"))
        for number in 1..<10 {
            let more = try await browser.upload(
                path, file: ("file", "附件\(number)", Array("附件 \(number)".utf8)))
            #expect(more.contains("附件\(number).txt"))
        }
        let eleventh = try await browser.upload(
            path, file: ("file", "多.txt", Array("第十一个".utf8)), from: "/drafts/\(draft)/team")
        #expect(eleventh.status == 422 && eleventh.contains("最多 10 个"))
        let removed = try await browser.post("\(path)/remove", [("hash", hash)], from: path)
        #expect(!removed.contains("论证_稿.pdf"))
    }

    @Test func `a body over twenty mebibytes is refused before anything is kept`() async throws {
        let page = try await upload("大.pdf", Self.pdf + [UInt8](repeating: 32, count: 21 << 20))
        #expect(page.status == 413)
    }
}

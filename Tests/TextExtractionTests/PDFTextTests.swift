import Foundation
import Testing

@testable import TextExtraction

/// A PDF of one page, written by hand; the cross-reference table is left to the reader's repair.
private let samplePDF = """
    %PDF-1.4
    1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
    2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
    3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> endobj
    4 0 obj <</Length 43>> stream
    BT /F 12 Tf 10 50 Td (Research proposal) Tj ET
    endstream endobj
    5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
    trailer <</Root 1 0 R>>
    """

/// A PDF of so many pages, each with its number.
private func pagedPDF(_ pages: Int, title: String = "") -> String {
    var text = """
        %PDF-1.4
        1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
        2 0 obj <</Type/Pages/Kids[\((0..<pages).map { "\(10 + 2 * $0) 0 R" }.joined(separator: " "))]/Count \(pages)>> endobj
        3 0 obj <</Title(\(title))>> endobj
        5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj

        """
    for page in 0..<pages {
        let words = "BT /F 12 Tf 10 50 Td (This is page \(page + 1)) Tj ET"
        text += """
            \(10 + 2 * page) 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents \(11 + 2 * page) 0 R/Resources<</Font<</F 5 0 R>>>>>> endobj
            \(11 + 2 * page) 0 obj <</Length \(words.utf8.count)>> stream
            \(words)
            endstream endobj

            """
    }
    return text + "trailer <</Root 1 0 R/Info 3 0 R>>\n"
}

struct PDFTextTests {
    static let hasTool = ["/usr/bin", "/usr/local/bin"].contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/pdftotext")
    }

    private func file(_ bytes: some Sequence<UInt8>) throws -> URL {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).pdf")
        try Data(bytes).write(to: url)
        return url
    }

    @Test(.enabled(if: hasTool, "pdftotext is not installed")) func `the text of a PDF comes out`() throws {
        let url = try file(samplePDF.utf8)
        defer { try? FileManager.default.removeItem(at: url) }
        let text = try TextFile(path: url.path).text
        #expect(String(decoding: text, as: UTF8.self).contains("Research proposal"))
    }

    @Test(.enabled(if: hasTool, "pdftotext is not installed"))
    func `pages behind the last that is read are told of, not passed over`() throws {
        var limits = PDFText.Limits()
        limits.pages = 2
        // A title may pretend to be the count of pages.
        for (pages, title) in [(1, ""), (2, "x\\nPages: 9"), (3, ""), (40, "x\\nPages: 2")] {
            let url = try file(pagedPDF(pages, title: title).utf8)
            defer { try? FileManager.default.removeItem(at: url) }
            let found = try TextFile(path: url.path, limits: limits)
            let text = String(decoding: found.text, as: UTF8.self)
            #expect(text.contains("This is page \(min(pages, 2))") && !text.contains("This is page 3"))
            #expect(found.unread == (pages > 2 ? UnreadPages(read: 2, pages: pages) : nil), "\(pages) pages")
        }
        #expect("\(UnreadPages(read: 2, pages: 40))" == "only the first 2 of 40 pages were read")
    }

    @Test(.enabled(if: hasTool, "pdftotext is not installed"))
    func `the reader gets no more memory than it is given`() throws {
        let url = try file(samplePDF.utf8)
        defer { try? FileManager.default.removeItem(at: url) }
        var limits = PDFText.Limits()
        limits.megabytes = 2
        #expect(throws: ExtractionRefused.self) { try TextFile(path: url.path, limits: limits) }
    }

    @Test(.enabled(if: hasTool, "pdftotext is not installed"))
    func `noise that calls itself a PDF is refused`() throws {
        var chance = Chance.fresh("PDF noise")
        for _ in 0..<5 {
            let noise =
                Array("%PDF-1.4\n".utf8) + (0..<2000).map { _ in UInt8.random(in: 0...255, using: &chance) }
            let url = try file(noise)
            defer { try? FileManager.default.removeItem(at: url) }
            #expect(throws: ExtractionRefused.self) { try TextFile(path: url.path) }
        }
    }

    @Test func `a missing file is refused`() {
        #expect(throws: ExtractionRefused.unreadable(path: "/nowhere.pdf")) {
            try TextFile(path: "/nowhere.pdf")
        }
    }

    @Test func `a program that hangs is ended in time, with all it started`() throws {
        let clock = ContinuousClock()
        let took = clock.measure {
            #expect(throws: BoundedProcess.Stopped.time) {
                try BoundedProcess(["/bin/sh", "-c", "sleep 60 & sleep 60"], seconds: 1, outputBytes: 100)
                    .run()
            }
        }
        #expect(took < .seconds(20))
    }

    @Test func `a program that never stops writing is ended`() {
        #expect(throws: BoundedProcess.Stopped.output) {
            try BoundedProcess(["/bin/sh", "-c", "yes"], seconds: 20, outputBytes: 100_000).run()
        }
    }

    @Test func `output, status and complaint come back`() throws {
        let result = try BoundedProcess(
            ["/bin/sh", "-c", "printf out; printf bad >&2; exit 3"], seconds: 20, outputBytes: 100
        ).run()
        #expect(result.status == 3)
        #expect(result.output == Array("out".utf8))
        #expect(result.complaint == "bad")
    }
}

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

import Foundation
import Lifecycle
import Portal
import Testing

/// What strangers send: no parser crashes or hangs, and what one accepts it says again in the same way.
struct ParserFuzzTests {
    @Test func `a damaged form is refused or read within its bounds`() {
        let seed = UInt64.random(in: .min ... .max)
        var chance = SplitMix64(seed: seed)
        let boundary = "----b0"
        let parts = [
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n某人\r\n",
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x%22;.pdf\"\r\n"
                + "Content-Type: application/pdf\r\n\r\n%PDF-\0\r\n--\r\n", "--\(boundary)--\r\n",
        ]
        let multipart = Array(parts.joined().utf8)
        let plain = Array("a=1&b=%E6%9F%90+x&c&=d&%zz=%".utf8)
        let telling = Array("\r\n-;:\"=%&+ b0".utf8) + [0, 0xC3, 0xE6, 0xFF]
        var (rounds, read) = (0, 0)
        for _ in Rounds(4_000) {
            rounds += 2
            let body = Self.damaged(multipart, telling, &chance)
            if let (fields, files) = try? FormParsing.multipart(body, boundary: boundary) {
                read += 1
                let size = files.reduce(0) { $0 + $1.bytes.count }
                #expect(size <= body.count && fields.pairs.count + files.count <= 100, "seed \(seed)")
            }
            let form = Self.damaged(plain, telling, &chance)
            if let fields = try? FormParsing.urlencoded(form) {
                read += 1
                let again = fields.pairs.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }
                    .joined(separator: "&")
                #expect((try? FormParsing.urlencoded(Array(again.utf8))) == fields, "seed \(seed)")
            }
        }
        #expect(read > 0)
        print("forms: \(rounds) rounds, \(read) read")
    }

    @Test func `a damaged table is refused with its place, or read again as it was written`() {
        let seed = UInt64.random(in: .min ... .max)
        var chance = SplitMix64(seed: seed)
        let sound = Array("\u{FEFF}name,说明\r\n甲,\"一，\"\"二\"\"\n三\"\r\n乙,\r\n".utf8)
        let telling = Array(",\"\r\n甲".utf8) + [0, 0xFF]
        var (rounds, read) = (0, 0)
        for _ in Rounds(8_000) {
            rounds += 1
            do throws(CSVProblem) {
                let records = try CSVReader.records(utf8: Self.damaged(sound, telling, &chance))
                read += 1
                guard let first = records.first, !records.flatMap(\.fields).contains(where: Self.isFormula)
                else { continue }
                let names = first.fields.indices.map { "c\($0)" }
                let again = try CSVReader.records(utf8: CSVText.file([names] + records.map(\.fields)))
                // A line of one empty field is a blank line, and skipped.
                guard names.count > 1 else { continue }
                #expect(again.map(\.fields) == records.map(\.fields), "seed \(seed)")
            } catch {
                #expect(error.line > 0 && error.column > 0, "seed \(seed)")
            }
        }
        #expect(read > 0 && read < rounds)
        print("tables: \(rounds) rounds, \(read) read")
    }

    /// What is written with an apostrophe before it.
    private static func isFormula(_ field: String) -> Bool {
        field.unicodeScalars.first.map("=+-@\t\r\n＝＋－＠".unicodeScalars.contains) ?? false
    }

    /// A few bytes changed, left out, put in, repeated or cut off, and now and then nothing but noise.
    private static func damaged(_ sound: [UInt8], _ telling: [UInt8], _ chance: inout SplitMix64) -> [UInt8] {
        var bytes = sound
        for _ in 0..<(1 + chance.below(3)) {
            let place = chance.below(bytes.count + 1)
            let byte = chance.below(4) > 0 ? telling[chance.below(telling.count)] : UInt8(chance.below(256))
            switch chance.below(12) {
            case 0...3 where place < bytes.count: bytes[place] = byte
            case 4...5 where place < bytes.count: bytes.remove(at: place)
            case 6...8: bytes.insert(byte, at: place)
            case 9: bytes.insert(contentsOf: bytes.suffix(min(place, 60)), at: place)
            case 10: bytes.removeLast(min(place, bytes.count))
            default: bytes = (0..<place).map { _ in UInt8(chance.below(256)) }
            }
        }
        return bytes
    }
}

import Foundation
import Lifecycle
import Portal
import Testing
import TransparencyLog

@testable import Store

/// Proofs of single facts, and erasure.
struct JournalProofTests {
    @Test func `a proof shows its fact to who holds the public key alone`() async throws {
        let city = try await JournalCity.copy()
        let number = try city.first("application.submitted")
        let text = try city.database.readNow { try FactProof.make(number, $0) }
        let shown = try FactProof.check(text, vkey: city.keys.verifier.vkey)
        #expect(shown.number == number && shown.kind == "application.submitted")
        #expect(shown.payload?.contains("\"application\"") == true)
        let other = try NoteSigner.generate(name: city.keys.origin).verifier.vkey
        #expect(throws: FactProof.Refused.self) { try FactProof.check(text, vkey: other) }
    }

    @Test func `every line of a proof that is changed makes it prove nothing`() async throws {
        let city = try await JournalCity.copy()
        let text = try city.database.readNow { try FactProof.make(40, $0) }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (place, line) in lines.enumerated() where !line.isEmpty {
            var changed = lines
            let middle = line.index(line.startIndex, offsetBy: line.count / 2)
            changed[place].replaceSubrange(middle...middle, with: line[middle] == "A" ? "B" : "A")
            #expect(throws: FactProof.Refused.self, "line \(place + 1)") {
                try FactProof.check(changed.joined(separator: "\n"), vkey: city.keys.verifier.vkey)
            }
        }
    }

    @Test func `what a proof opens cannot be exchanged`() async throws {
        let city = try await JournalCity.copy()
        let text = try city.database.readNow { try FactProof.make(40, $0) }
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("extra ") })
        let extra = try #require(Data(base64Encoded: String(line.dropFirst(6))))
        let opening = try #require(try JSONSerialization.jsonObject(with: extra) as? [String: String])
        for (key, value) in [
            ("payload", "{}"), ("payloadSalt", "00"), ("leafSalt", "00"), ("reason", "编造的理由"),
            (
                "envelope",
                opening["envelope", default: ""].replacingOccurrences(of: "\"jiebang", with: " \"jiebang")
            ),
            ("envelope", "[]"), ("leafSalt", "zz"),
        ] {
            var changed = opening
            changed[key] = value
            let data = try JSONSerialization.data(withJSONObject: changed)
            let forged = text.replacingOccurrences(of: line, with: "extra \(data.base64EncodedString())")
            #expect(throws: FactProof.Refused.self, "\(key)") {
                try FactProof.check(forged, vkey: city.keys.verifier.vkey)
            }
        }
    }

    @Test func `there is no proof of what is not there or not sealed yet`() async throws {
        let city = try await JournalCity.copy()
        let fact = try city.append(RecordRead(what: "reviews"), about: Subject(kind: "application", id: "a"))
        #expect(throws: FactProof.Refused.notSealed(fact.number)) {
            try city.database.readNow { try FactProof.make(fact.number, $0) }
        }
        #expect(throws: FactProof.Refused.noFact(999_999)) {
            try city.database.readNow { try FactProof.make(999_999, $0) }
        }
    }

    @Test func `the worked example of the documentation is what the program computes`() throws {
        let reason = "因病无法承担"
        let payloadHash = Canonical.commitment(salt: [UInt8](repeating: 9, count: 16), to: "{}")
        let reasonHash = Canonical.commitment(salt: [UInt8](repeating: 11, count: 16), to: reason)
        let fact = Fact(
            number: 0, at: Instant(milliseconds: 1_780_000_000_000), kind: ApplicationWithdrawn.kind,
            subject: Subject(kind: "application", id: "a1"), actor: ID("p1"), role: .applicant,
            move: Move("screen", .refused), reason: .given(reason), clause: nil)
        let envelope = Canonical.envelope(fact, payloadHash: payloadHash, reasonHash: reasonHash)
        let entry = Canonical.entry(salt: [UInt8](repeating: 7, count: 16), envelope: envelope)
        let root = URL(fileURLWithPath: Season.planFolder).deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent("docs/verifying.md"), encoding: .utf8)
        #expect(text.contains("the reason \(reason)"))
        #expect(text.contains("payloadHash \(Canonical.hex(payloadHash))"))
        #expect(text.contains("reasonHash  \(Canonical.hex(reasonHash))"))
        #expect(text.contains("envelope    \(String(decoding: envelope, as: UTF8.self))\n"))
        #expect(text.contains("entry       \(Canonical.hex(entry))"))
        #expect(text.contains("leaf        \(Merkle.leafHash(entry).hex)"))
    }

    @Test func `the stand-alone script agrees with the program`() async throws {
        let city = try await JournalCity.copy()
        let script = URL(fileURLWithPath: Season.planFolder).deletingLastPathComponent()
            .appendingPathComponent("Sources/Portal/Data/verify_proof.py").path
        let file = "\(city.folder)/proof"
        let text = try city.database.readNow { try FactProof.make(40, $0) }
        try DurableFile.write(Array(text.utf8), to: file)
        let good = try Run("/usr/bin/env", ["python3", script, file, city.keys.verifier.vkey])
        #expect(good.status == 0, "\(good.errors)")
        #expect(good.output.contains("number: 40"))
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        lines.swapAt(3, 4)
        let swapped = lines.joined(separator: "\n")
        try DurableFile.write(Array(swapped.utf8), to: file)
        #expect(try Run("/usr/bin/env", ["python3", script, file, city.keys.verifier.vkey]).status == 1)
    }

    @Test func `an erased payload leaves a journal that verifies and a person without data`() async throws {
        let city = try await JournalCity.copy()
        let number = try city.first("person.registered")
        let before = try city.database.readNow { try JournalRow.find(number, $0) }
        try city.erase([.payload], of: [number])
        try city.seal()
        let report = try city.verify()
        #expect(report.isSound, "\(report.findings)")
        #expect(report.erasedPayloads == 1)
        let person = try #require(before?.fact.subject.id)
        let email = try city.database.readNow {
            try $0.value("SELECT email FROM person WHERE id = \(person)", as: String.self)
        }
        #expect(email?.contains("@jiebang.example") == false)
        let proof = try city.database.readNow { try FactProof.make(number, $0) }
        let shown = try FactProof.check(proof, vkey: city.keys.verifier.vkey)
        #expect(shown.payload == nil && shown.payloadErasedBy == report.facts - 1)
    }

    @Test func `an erased payload that comes back is found`() async throws {
        let city = try await JournalCity.copy()
        let number = try city.first("person.registered")
        try city.tamper("CREATE TABLE kept AS SELECT * FROM payload WHERE number = \(number);")
        try city.erase([.payload], of: [number])
        try city.tamper("INSERT INTO payload SELECT * FROM kept; DROP TABLE kept;")
        #expect(try city.verify().findings.contains { $0.code == "payload.kept" && $0.row == "\(number)" })
    }

    @Test func `what the record cannot do without is not erased, nor anything twice, nor without a reason`()
        async throws
    {
        let city = try await JournalCity.copy()
        let person = try city.first("person.registered")
        let submitted = try city.first("application.submitted")
        #expect(throws: Erasure.Refused.kind(submitted, "application.submitted")) {
            try city.erase([.payload], of: [person, submitted])
        }
        #expect(throws: Erasure.Refused.reason) {
            try city.erase([.payload], of: [person], reason: " ")
        }
        #expect(throws: Erasure.Refused.noFact(999_999)) { try city.erase([.payload], of: [999_999]) }
        try city.erase([.payload], of: [person])
        #expect(throws: Erasure.Refused.alreadyErased(person, .payload)) {
            try city.erase([.payload], of: [person])
        }
    }

    @Test func `tables made anew from the facts are the tables there were`() async throws {
        let city = try await JournalCity.copy()
        for table in city.projections.tables { try city.tamper("DELETE FROM \(table.name);") }
        #expect(try !city.verify().isSound)
        try city.database.writeNow { _ = try Replay.rebuild(city.projections, $0) }
        #expect(try city.verify().isSound)
    }
}

import Foundation
import Testing
import TransparencyLog

struct CheckpointTests {
    struct File: Decodable {
        struct GoFormat: Decodable {
            let size: UInt64
            let leaf_record_text: String
            let want: String
        }
        struct Probe: Decodable {
            let text: String
            let origin: String?
            let size: UInt64?
            let hash_utf8: String?
            let rest: String?
            let ok: Bool
        }
        let go_sumdb_format: GoFormat
        let unmarshal: [Probe]
    }

    @Test func `a checkpoint is written as the Go checksum database writes its own`() throws {
        let expected = try Vectors.load("checkpoint", as: File.self).go_sumdb_format
        let checkpoint = try Checkpoint(
            origin: "go.sum database tree", size: expected.size,
            rootHash: Merkle.leafHash(Array(expected.leaf_record_text.utf8)))
        #expect(checkpoint.text == expected.want)
        #expect(try Checkpoint(text: expected.want) == checkpoint)
    }

    /// The source takes a root hash of any length. We do not, so its good texts are tried twice: as they
    /// are, and with 32 bytes in place of the hash.
    @Test func `every reference text is read or refused, with root hashes of 32 bytes only`() throws {
        let probes = try Vectors.load("checkpoint", as: File.self).unmarshal
        #expect(probes.count == 11)
        let root = Merkle.leafHash([])
        for probe in probes {
            #expect(throws: CheckpointRefused.self, "\(probe.text)") { try Checkpoint(text: probe.text) }
            guard probe.ok else { continue }
            let hash = Data(try #require(probe.hash_utf8).utf8).base64EncodedString()
            let text = probe.text.replacing(hash, with: root.base64)
            let checkpoint = try Checkpoint(text: text)
            #expect(checkpoint.origin == probe.origin)
            #expect(checkpoint.size == probe.size)
            #expect(checkpoint.rootHash == root)
            #expect(checkpoint.extensions.map { $0 + "\n" }.joined() == probe.rest)
            #expect(checkpoint.text == text)
        }
    }

    static let root = Merkle.leafHash([]).base64

    @Test(
        arguments: [
            ("log\n1\n\(root)", .lastLineUnfinished), ("", .tooFewLines(0)), ("log\n1\n", .tooFewLines(2)),
            ("\n1\n\(root)\n", .origin), ("log\n01\n\(root)\n", .size), ("log\n+1\n\(root)\n", .size),
            ("log\n18446744073709551616\n\(root)\n", .size), ("log\n\n\(root)\n", .size),
            ("log\n1\n\n", .rootHash),
            ("log\n1\nAAAA\n", .rootHash), ("log\n0\n\(root)\n", .rootHash),
            ("log\n1\n\(root)\n\n", .extensionLine),
            ("log\n1\n\(root)\nx\n\ny\n", .extensionLine), ("l\u{1}og\n1\n\(root)\n", .origin),
            ("log\r\n1\r\n\(root)\r\n", .size),
        ] as [(String, CheckpointRefused)])
    func `a text that departs from the format is refused with its reason`(
        text: String, reason: CheckpointRefused
    ) {
        #expect(throws: reason) { try Checkpoint(text: text) }
    }

    @Test func `a checkpoint cannot be made with lines inside its lines`() {
        let root = Merkle.leafHash([])
        #expect(throws: CheckpointRefused.origin) { try Checkpoint(origin: "a\nb", size: 1, rootHash: root) }
        #expect(throws: CheckpointRefused.extensionLine) {
            try Checkpoint(origin: "a", size: 1, rootHash: root, extensions: [""])
        }
    }

    @Test func `the empty tree has the empty root`() throws {
        let text = try Checkpoint(origin: "log", size: 0, rootHash: Merkle.emptyRoot).text
        #expect(text == "log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")
        #expect(try Checkpoint(text: text).size == 0)
    }

    @Test func `a checkpoint is believed from its own log only`() throws {
        let log = try NoteSigner.generate(name: "example.org/log")
        let witness = try NoteSigner.generate(name: "example.org/witness")
        let checkpoint = try Checkpoint(origin: "example.org/log", size: 9, rootHash: Merkle.leafHash([]))
        let note = try checkpoint.signed(by: [log]).adding(witness)
        let read = try Checkpoint(note: note.encoded, log: log.verifier, origin: "example.org/log")
        #expect(read == checkpoint)

        let other = CheckpointRefused.otherOrigin(expected: "example.org/other", found: "example.org/log")
        #expect(throws: other) {
            try Checkpoint(note: note, log: log.verifier, origin: "example.org/other")
        }
        let byWitness = try checkpoint.signed(by: [witness])
        #expect(throws: CheckpointRefused.note(.noTrustedSignature)) {
            try Checkpoint(note: byWitness, log: log.verifier, origin: "example.org/log")
        }
        #expect(throws: CheckpointRefused.note(.noSignatures)) {
            try Checkpoint(note: checkpoint.text, log: log.verifier, origin: "example.org/log")
        }
        let letter = try SignedNote(signing: "Dear reader\n", by: [log])
        #expect(throws: CheckpointRefused.tooFewLines(1)) {
            try Checkpoint(note: letter, log: log.verifier, origin: "example.org/log")
        }
    }
}

import Testing
import TransparencyLog

struct TlogProofTests {
    struct File: Decodable {
        struct Marshal: Decodable {
            let index: UInt64
            let hashes_b64: [String]
            let checkpoint: String
            let extra_utf8: String?
            let want: String
        }
        let marshal: [Marshal]
        let unmarshal_errors: [String]
    }

    @Test func `reference proofs are written and read`() throws {
        for probe in try Vectors.load("tlog_proof", as: File.self).marshal {
            let proof = TlogProof(
                extra: probe.extra_utf8.map { Array($0.utf8) }, index: probe.index,
                hashes: try probe.hashes_b64.map { try #require(MerkleHash(base64: $0)) },
                checkpoint: probe.checkpoint)
            #expect(proof.text == probe.want)
            #expect(try TlogProof(text: probe.want) == proof)
        }
    }

    @Test func `bad reference proofs are refused`() throws {
        let bad = try Vectors.load("tlog_proof", as: File.self).unmarshal_errors
        #expect(bad.count == 7)
        for text in bad { #expect(throws: TlogProofRefused.self, "\(text)") { try TlogProof(text: text) } }
    }

    static let head = "c2sp.org/tlog-proof@v1\n"
    static let hash = Merkle.leafHash([]).base64 + "\n"

    @Test(
        arguments: [
            ("", .header), ("c2sp.org/tlog-proof@v1", .header),
            ("c2sp.org/tlog-proof@v2\nindex 0\n\nx\n", .header),
            (head, .index), (head + "extra AA==\n", .index), (head + "index 00\n\nx\n", .index),
            (head + "index  1\n\nx\n", .index), (head + "index 18446744073709551616\n\nx\n", .index),
            (head + "extra AB==\nindex 0\n\nx\n", .extra), (head + "extra AA\nindex 0\n\nx\n", .extra),
            (head + "index 0\nextra AA==\n\nx\n", .hash(1)),
            (head + "index 0\n" + hash + "AAAA\n\nx\n", .hash(2)),
            (head + "index 0\n", .noCheckpoint), (head + "index 0\n" + hash, .noCheckpoint),
            (head + "index 0\n\n", .noCheckpoint),
            (head + "index 0\n" + String(repeating: hash, count: 65) + "\nx\n", .tooManyHashes),
        ] as [(String, TlogProofRefused)])
    func `a text that departs from the format is refused with its reason`(
        text: String, reason: TlogProofRefused
    ) {
        #expect(throws: reason) { try TlogProof(text: text) }
    }

    @Test func `a proof shows every leaf of a log to be in it, and nothing else`() throws {
        let signer = try NoteSigner.generate(name: "example.org/log")
        let leaves = (0..<300).map { Merkle.leafHash(Array("entry \($0)".utf8)) }
        let shelf = TileShelf.holding(leaves)
        let reader = shelf.reader(size: 300)
        let head = try Checkpoint(origin: "example.org/log", size: 300, rootHash: reader.root())
        let note = try head.signed(by: [signer]).encoded
        for index in [0, 1, 255, 256, 298, 299] {
            let text = TlogProof(
                extra: Array("说明".utf8), index: UInt64(index),
                hashes: try reader.inclusionProof(index: UInt64(index)).hashes, checkpoint: note
            ).text
            let proof = try TlogProof(text: text)
            #expect(proof.extra == Array("说明".utf8))
            let shown = try proof.verify(leaf: leaves[index], log: signer.verifier, origin: "example.org/log")
            #expect(shown == head)

            let stranger = Merkle.leafHash(Array("entry 300".utf8))
            #expect(throws: TlogProofRefused.proof(.rootMismatch)) {
                try proof.verify(leaf: stranger, log: signer.verifier, origin: "example.org/log")
            }
            let otherKey = try NoteSigner.generate(name: "example.org/log").verifier
            #expect(throws: TlogProofRefused.checkpoint(.note(.noTrustedSignature))) {
                try proof.verify(leaf: leaves[index], log: otherKey, origin: "example.org/log")
            }
            var moved = proof
            moved.index = 300
            #expect(throws: TlogProofRefused.proof(.indexOutsideTree(index: 300, size: 300))) {
                try moved.verify(leaf: leaves[index], log: signer.verifier, origin: "example.org/log")
            }
        }
    }
}

import Testing
import TransparencyLog

struct WorkedExampleTests {
    @Test func `the worked example of the documentation runs`() throws {
        var stored: [TileResource: [UInt8]] = [:]
        let signer = try NoteSigner.generate(name: "example.org/log")

        var edge = RightEdge()
        let leaf = Merkle.leafHash(Array("second entry".utf8))
        for tile in edge.append([Merkle.leafHash(Array("first entry".utf8)), leaf]) {
            stored[.hashes(tile.coordinate)] = tile.bytes
        }

        let head = try Checkpoint(origin: "example.org/log", size: edge.size, rootHash: edge.root)
        let note = try head.signed(by: [signer])

        let reader = TreeReader(size: edge.size) { stored[.hashes($0)] ?? [] }
        let inclusion = try reader.inclusionProof(index: 1)
        let proof = TlogProof(index: 1, hashes: inclusion.hashes, checkpoint: note.encoded)

        let log = try NoteVerifier(vkey: signer.verifier.vkey)
        try TlogProof(text: proof.text).verify(leaf: leaf, log: log, origin: "example.org/log")
        #expect(throws: TlogProofRefused.proof(.rootMismatch)) {
            try TlogProof(text: proof.text).verify(
                leaf: Merkle.leafHash([]), log: log, origin: "example.org/log")
        }
    }
}

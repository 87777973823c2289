import Testing
import TransparencyLog

/// Damaged inputs: no parser may crash, and whatever one accepts it must write back as it stood, so that
/// no value has two spellings.
@Suite(.serialized)
struct ParserFuzzTests {
    static let seeds: [UInt64] = [11, 22, 33]

    @Test(arguments: seeds)
    func `a damaged note is refused or written back byte for byte`(seed: UInt64) throws {
        let keys = try (1...3).map {
            try NoteSigner(name: "键\($0)", ed25519Seed: [UInt8](repeating: $0, count: 32))
        }
        let sound = Array(try SignedNote(signing: "一行\n\n二行\n", by: keys).encoded.utf8)
        var accepted = 0
        forEachDamaged(sound, seed: seed) { bytes in
            guard let note = try? SignedNote(bytes: bytes) else { return }
            accepted += 1
            #expect(Array(note.encoded.utf8) == bytes, "seed \(seed)")
            let trusted = try? note.verified(by: keys.map(\.verifier))
            // Only the text that was signed is ever believed.
            if let trusted { #expect(Array(trusted.text.utf8) == Array("一行\n\n二行\n".utf8)) }
        }
        #expect(accepted > 0)
    }

    @Test(arguments: seeds)
    func `a damaged checkpoint is refused or written back`(seed: UInt64) throws {
        let sound = try Checkpoint(
            origin: "example.org/日志", size: 70_000, rootHash: Merkle.leafHash([1]), extensions: ["a", "b c"])
        var accepted = 0
        forEachDamaged(Array(sound.text.utf8), seed: seed) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            guard let checkpoint = try? Checkpoint(text: text) else { return }
            accepted += 1
            #expect(checkpoint.text.utf8.elementsEqual(text.utf8), "seed \(seed)")
        }
        #expect(accepted > 0)
    }

    @Test(arguments: seeds)
    func `a damaged proof is refused or written back`(seed: UInt64) throws {
        let key = try NoteSigner(name: "log", ed25519Seed: [UInt8](repeating: 5, count: 32))
        let leaves = (0..<9).map { Merkle.leafHash([UInt8($0)]) }
        let reader = TileShelf.holding(leaves).reader(size: 9)
        let head = try Checkpoint(origin: "log", size: 9, rootHash: reader.root())
        let sound = TlogProof(
            extra: [1, 2, 3], index: 4, hashes: try reader.inclusionProof(index: 4).hashes,
            checkpoint: try head.signed(by: [key]).encoded)
        var accepted = 0
        forEachDamaged(Array(sound.text.utf8), seed: seed) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            guard let proof = try? TlogProof(text: text) else { return }
            accepted += 1
            #expect(proof.text.utf8.elementsEqual(text.utf8), "seed \(seed)")
            if let shown = try? proof.verify(leaf: leaves[4], log: key.verifier, origin: "log") {
                #expect(shown == head)
                #expect(proof.index == 4)
            }
        }
        #expect(accepted > 0)
    }

    @Test(arguments: seeds)
    func `a damaged key, path or bundle is refused or written back`(seed: UInt64) throws {
        let key = try NoteSigner(name: "log", ed25519Seed: [UInt8](repeating: 6, count: 32))
        forEachDamaged(Array(key.verifier.vkey.utf8), seed: seed) { bytes in
            guard let read = try? NoteVerifier(vkey: String(decoding: bytes, as: UTF8.self)) else { return }
            #expect(read == key.verifier, "seed \(seed)")
        }
        forEachDamaged(Array(key.skey.utf8), seed: seed) { bytes in
            guard let read = try? NoteSigner(skey: String(decoding: bytes, as: UTF8.self)) else { return }
            #expect(read.skey == key.skey, "seed \(seed)")
        }
        var paths = 0
        for sound in ["tile/3/x001/x234/067.p/12", "tile/entries/x999/000", "checkpoint"] {
            forEachDamaged(Array(sound.utf8), seed: seed) { bytes in
                let path = String(decoding: bytes, as: UTF8.self)
                guard let read = try? TileResource(path: path) else { return }
                paths += 1
                #expect(read.path.utf8.elementsEqual(path.utf8), "seed \(seed)")
            }
        }
        #expect(paths > 0)
        var bundles = 0
        forEachDamaged(try EntryBundle(entries: [[1, 2, 3], [], [4]]).bytes, seed: seed) { bytes in
            guard let read = try? EntryBundle(bytes: bytes) else { return }
            bundles += 1
            #expect(read.bytes == bytes, "seed \(seed)")
        }
        #expect(bundles > 0)
    }

    /// Some thousand damaged versions of a sound input, or as many as `FUZZ_SECONDS` leave time for: bytes changed, left out, put in, repeated or cut
    /// off, and now and then nothing but noise.
    private func forEachDamaged(_ sound: [UInt8], seed: UInt64, _ body: ([UInt8]) -> Void) {
        var chance = SeededChance(seed: seed)
        let telling = Array("\n +—=./px0189AZaz".utf8) + [0, 0x0D, 0x7F, 0xC0, 0xE2, 0xFF]
        for _ in Rounds(1500) {
            var bytes = sound
            for _ in 0..<Int.random(in: 1...3, using: &chance) {
                let place = Int.random(in: 0...bytes.count, using: &chance)
                let byte =
                    Bool.random(using: &chance)
                    ? telling[Int.random(in: telling.indices, using: &chance)]
                    : UInt8.random(in: 0...255, using: &chance)
                switch Int.random(in: 0..<6, using: &chance) {
                case 0 where place < bytes.count: bytes[place] = byte
                case 1 where place < bytes.count: bytes.remove(at: place)
                case 2: bytes.insert(byte, at: place)
                case 3: bytes.insert(contentsOf: bytes.suffix(min(place, 40)), at: place)
                case 4: bytes.removeLast(min(place, bytes.count))
                default: bytes = (0..<place).map { _ in UInt8.random(in: 0...255, using: &chance) }
                }
            }
            body(bytes)
        }
    }
}

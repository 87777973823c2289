import Testing

@testable import TextReuse

struct ManifestTests {
    private var sample: Manifest {
        var manifest = Manifest()
        manifest.generation = 3
        manifest.logEnd = 4096
        manifest.documents = 12
        manifest.segments = ["segment-2-0", "segment-3-8"]
        manifest.templates = [128]
        manifest.removed = [4, 11]
        return manifest
    }

    @Test func `a manifest is read as it was written`() {
        #expect(Manifest(sample.text) == sample)
        #expect(Manifest(Manifest().text) == Manifest())
    }

    @Test func `a manifest with any byte changed or missing is refused`() {
        let bytes = Array(sample.text.utf8)
        for place in bytes.indices {
            var changed = bytes
            changed[place] = changed[place] == 0x31 ? 0x32 : 0x31
            #expect(Manifest(String(decoding: changed, as: UTF8.self)) == nil, "byte \(place)")
            #expect(Manifest(String(decoding: bytes[..<place], as: UTF8.self)) == nil, "cut at \(place)")
        }
    }

    @Test func `a name that leads out of the folder is refused`() {
        var manifest = sample
        manifest.segments = ["segment-../../passwd"]
        #expect(Manifest(manifest.text) == nil)
        manifest.segments = ["passwd"]
        #expect(Manifest(manifest.text) == nil)
    }

    @Test func `random text is no manifest`() {
        var chance = Chance.fresh("manifest")
        for _ in Rounds(2000) {
            var bytes = Array(sample.text.utf8)
            for _ in 0..<Int.random(in: 1...20, using: &chance) {
                bytes[Int.random(in: bytes.indices, using: &chance)] = UInt8.random(
                    in: 0...127, using: &chance)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            if text != sample.text { #expect(Manifest(text) == nil) }
        }
    }
}

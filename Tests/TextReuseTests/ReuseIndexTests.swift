import Glibc
import Testing

@testable import TextReuse

struct ReuseIndexTests {
    @Test func `a folder without an index is refused, and so is a second writer`() throws {
        let folder = ScratchFolder()
        #expect(throws: IndexFault.missing(path: folder.path)) { try ReuseIndex(reading: folder.path) }
        let index = try ReuseIndex(writing: folder.path)
        #expect(throws: IndexFault.self) { try ReuseIndex(writing: folder.path) }
        _ = index.count
    }

    @Test func `who only reads adds nothing`() throws {
        let folder = ScratchFolder()
        _ = try ReuseIndex(writing: folder.path)
        let index = try ReuseIndex(reading: folder.path)
        #expect(throws: IndexFault.readOnly(path: folder.path)) { try index.add(id: "a", text: "科研") }
    }

    @Test func `a text is found as soon as it was added, sealed or not`() throws {
        var chance = Chance.fresh("found")
        let folder = ScratchFolder()
        let index = try ReuseIndex(writing: folder.path)
        let passage = chance.chinese(150)
        for number in 0..<5 { try index.add(id: "d\(number)", text: chance.chinese(600)) }
        try index.add(id: "origin", text: chance.chinese(200) + passage + chance.chinese(200))
        let asked = chance.chinese(400) + passage + chance.chinese(100)
        let before = try index.check(asked)
        #expect(try before.map { try index.id(of: $0.document) } == ["origin"])
        try index.seal()
        #expect(try index.check(asked) == before)
        let again = try ReuseIndex(reading: folder.path)
        #expect(try again.check(asked) == before)
        #expect(try again.text(of: before[0].document).count > 0)
    }

    @Test func `the same text again changes nothing, another one replaces it`() throws {
        var chance = Chance.fresh("replace")
        let folder = ScratchFolder()
        let index = try ReuseIndex(writing: folder.path)
        let (old, new) = (chance.chinese(500), chance.chinese(500))
        #expect(try index.add(id: "a", text: old) == .new)
        #expect(try index.add(id: "a", text: old) == .unchanged)
        try index.seal()
        #expect(try index.add(id: "a", text: old) == .unchanged)
        #expect(try index.add(id: "a", text: new) == .replaced)
        #expect(index.documentCount == 1)
        #expect(try index.check(old).isEmpty)
        #expect(try index.check(new).count == 1)
        try index.seal()
        try index.merge()
    }

    @Test func `all pairs are what checking each text finds`() throws {
        var chance = Chance.fresh("pairs")
        let folder = ScratchFolder()
        let texts = Season.texts(count: 60, chance: &chance)
        let index = try ReuseIndex(writing: folder.path)
        for (number, text) in texts.enumerated() {
            try index.add(id: "d\(number)", text: text)
            // Some in segments, the last ones not.
            if number == 20 || number == 40 { try index.seal() }
        }
        let pairs = try index.allPairs()
        var expected: Set<[Int]> = []
        for (number, text) in texts.enumerated() {
            for source in try index.check(text) where source.document < number {
                expected.insert([source.document, number])
            }
        }
        #expect(!expected.isEmpty)
        #expect(Set(pairs.map { [$0.a, $0.b] }) == expected)
        #expect(try index.allPairs(threads: 1) == pairs)
        try index.seal()
        try index.merge()
        #expect(try index.allPairs() == pairs)
    }

    @Test func `a phrase in very many texts is masked and makes no pair`() throws {
        var chance = Chance.fresh("stop")
        let folder = ScratchFolder()
        let phrase = chance.chinese(90)
        let index = try ReuseIndex(writing: folder.path)
        for number in 0..<60 {
            try index.add(id: "\(number)", text: chance.chinese(120) + phrase + chance.chinese(120))
        }
        #expect(try index.allPairs().isEmpty)
        #expect(try index.check(phrase).isEmpty)
    }

    @Test func `a registered template makes no pair, and stays registered`() throws {
        var chance = Chance.fresh("registered")
        let folder = ScratchFolder()
        let template = chance.chinese(200)
        do {
            let index = try ReuseIndex(writing: folder.path)
            for number in 0..<4 {
                try index.add(id: "\(number)", text: chance.chinese(300) + template + chance.chinese(300))
            }
            #expect(try index.allPairs().count == 6)
            let bytes = Array(template.utf8)
            try bytes.withUnsafeBytes { try index.addTemplate($0) }
            try bytes.withUnsafeBytes { try index.addTemplate($0) }
            #expect(try index.allPairs().isEmpty)
            try index.seal()
        }
        let again = try ReuseIndex(reading: folder.path)
        #expect(try again.allPairs().isEmpty)
        #expect(try again.check(template).isEmpty)
    }

    @Test func `a text longer than a slot is found in all its parts`() throws {
        var chance = Chance.fresh("long")
        let folder = ScratchFolder()
        let index = try ReuseIndex(writing: folder.path)
        let long = chance.chinese(300_000)
        try index.add(id: "long", text: long)
        try index.seal()
        let scalars = Array(long.unicodeScalars)
        let late = String(String.UnicodeScalarView(scalars[290_000..<290_300]))
        let found = try index.check(late)
        #expect(found.count == 1)
        #expect((found.first?.overlap.spans.first?.b.lowerBound ?? 0) >= 289_990)
    }
}

/// A season of made-up texts, some of which copy from others.
enum Season {
    static func texts(count: Int, chance: inout Chance) -> [String] {
        var texts: [String] = []
        for number in 0..<count {
            var text = chance.chinese(Int.random(in: 200...900, using: &chance))
            if number > 3, Bool.random(using: &chance) {
                let scalars = Array(texts.randomElement(using: &chance)!.unicodeScalars)
                let length = Int.random(in: 40...150, using: &chance)
                let start = Int.random(in: 0...(scalars.count - length), using: &chance)
                text += String(String.UnicodeScalarView(scalars[start..<(start + length)]))
                text += chance.chinese(100)
            }
            texts.append(text)
        }
        return texts
    }
}

import Foundation
import PublicDraw
import Testing

/// A transcript proves itself, and nothing in it can be changed.
struct TranscriptTests {
    @Test func `every value of a transcript, changed, is noticed`() throws {
        var draws = RandomDraws(seed: 20_260_716)
        var changes = 0
        while changes < 2_000 {
            let commitment = try draws.commitment()
            // Each change draws anew; small pools have every kind of value too.
            guard commitment.pool.count <= 6 else { continue }
            let transcript = try commitment.draw(values: draws.values(for: commitment))
            let document = try #require(
                JSONSerialization.jsonObject(with: Data(transcript.document.utf8)) as? [String: Any])
            for (place, bent) in Bending.all(of: document) {
                let data = try JSONSerialization.data(withJSONObject: bent)
                let text = String(decoding: data, as: UTF8.self)
                changes += 1
                let read = Result { try Transcript.verified(text, commitmentDigest: commitment.digest) }
                // Values stand as published: their order in a sorted source and zeros at an end say nothing.
                let isSame = place.contains(".numbers") && (try? read.get().rounds) == transcript.rounds
                #expect(isSame || (try? read.get()) == nil, "\(place): \(text)")
            }
        }
    }

    @Test func `a draw from another pool is another draw`() throws {
        let source = RandomSource(name: "s", kind: .sorted())
        let value = SourceValue(source: "s", content: .numbers(["7"]))
        let pool = ["a", "b", "c"].map { PoolEntry(id: $0) }
        let published = try Commitment(pool: pool, quotas: [Quota(places: 1)], sources: [source])
        let reordered = try Commitment(pool: pool.reversed(), quotas: [Quota(places: 1)], sources: [source])
        let document = try reordered.draw(values: [value]).document
        #expect(
            throws: TranscriptRefused.otherCommitment(expected: published.digest, found: reordered.digest)
        ) {
            try Transcript.verified(document, commitmentDigest: published.digest)
        }
        // By itself it is consistent: that is why the digest has to be published beforehand.
        _ = try Transcript.verified(document)
    }

    @Test func `the place that differs is named`() throws {
        let commitment = try Commitment(
            pool: ["a", "b"].map { PoolEntry(id: $0) }, quotas: [Quota(places: 1)],
            sources: [RandomSource(name: "s", kind: .sorted())])
        let document = try commitment.draw(
            values: [SourceValue(source: "s", content: .numbers(["7"]))]
        ).document
        #expect(
            throws: TranscriptRefused.differs(at: "key", told: "\"8./\"", computed: "\"7./\"")
        ) { try Transcript.verified(document.replacing("\"7./\"", with: "\"8./\"")) }
        #expect(throws: TranscriptRefused.self) { try Transcript.verified("") }
    }

    @Test func `documents are read back as they were, blanks and order aside`() throws {
        let seed = UInt64.random(in: .min ... .max)
        var draws = RandomDraws(seed: seed)
        for _ in 0..<100 {
            let commitment = try draws.commitment()
            let read = try Commitment(document: commitment.canonical)
            #expect(read == commitment, "seed \(seed)")
            #expect(read.canonical.utf8.elementsEqual(commitment.canonical.utf8), "seed \(seed)")
            let transcript = try commitment.draw(values: draws.values(for: commitment))
            let again = try Transcript.verified(transcript.document, commitmentDigest: commitment.digest)
            #expect(again == transcript, "seed \(seed)")
            let spread = try JSONSerialization.data(
                withJSONObject: JSONSerialization.jsonObject(with: Data(transcript.document.utf8)),
                options: [.prettyPrinted, .withoutEscapingSlashes])
            #expect(try Transcript.verified(String(decoding: spread, as: UTF8.self)) == transcript)
        }
    }
}

/// Each way to change one value of a document: a text longer, a number higher, a member gone or added, an element gone
/// or doubled, two swapped.
enum Bending {
    static func all(of object: [String: Any], at path: String = "") -> [(String, [String: Any])] {
        var bent: [(String, [String: Any])] = []
        for (name, value) in object {
            for (place, other) in variants(of: value, at: "\(path).\(name)") {
                var copy = object
                copy[name] = other
                bent.append((place, copy))
            }
            var without = object
            without[name] = nil
            bent.append(("\(path) without \(name)", without))
        }
        var more = object
        more["more"] = "x"
        return bent + [("\(path) with more", more)]
    }

    private static func variants(of value: Any, at path: String) -> [(String, Any)] {
        if let text = value as? String { return [(path, text + "0"), (path, ""), (path, 1)] }
        if let object = value as? [String: Any] { return all(of: object, at: path) }
        if let list = value as? [Any] { return variants(ofList: list, at: path) }
        if let number = value as? Int { return [(path, number + 1), (path, "\(number)")] }
        return []
    }

    private static func variants(ofList list: [Any], at path: String) -> [(String, Any)] {
        var bent: [(String, Any)] = [(path, list + ["x"])]
        if let last = list.last {
            bent += [(path, list + [last]), (path, Array(list.dropLast()))]
        }
        if list.count > 1, "\(list[0])" != "\(list[1])" {
            var swapped = list
            swapped.swapAt(0, 1)
            bent.append((path, swapped))
        }
        for (index, element) in list.enumerated() {
            for (place, other) in variants(of: element, at: "\(path)[\(index)]") {
                var copy = list
                copy[index] = other
                bent.append((place, copy))
            }
        }
        return bent
    }
}

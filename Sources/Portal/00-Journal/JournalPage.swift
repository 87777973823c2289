import Foundation
import Lifecycle
import TransparencyLog

/// `/journal`: the public face of the log.
struct JournalPage: Sendable {
    let origin: String
    let vkey: String
    let checkpoint: String
    let hasCheckpoint: Bool
    let size: String
    let sealedAt: String
    let sealedISO: String

    init(_ last: CheckpointRow?, _ ask: Ask) {
        origin = ask.house.keys.origin
        vkey = ask.house.keys.verifier.vkey
        checkpoint = last?.note ?? ""
        hasCheckpoint = last != nil
        size = "\(last?.size ?? 0)"
        let at = last.map { Instant(milliseconds: $0.at) }
        sealedAt = at?.text ?? "—"
        sealedISO = at?.iso ?? ""
    }
}

/// `/journal/facts/{number}`: one fact, as far as the viewer may see it.
struct FactPage: Sendable {
    let title: String
    let number: String
    let at: String
    let atISO: String
    let kind: String
    let isWhole: Bool
    let entry: String
    let lines: [Line]
    let envelope: String
    let payload: String
    let hasPayload: Bool
    let isErased: Bool
    let erased: String
    let proofHref: String

    struct Line: Sendable {
        let label: String
        let value: String
    }

    /// - Parameter erasure: the number of the fact that erased the payload, where it was erased.
    init(_ row: JournalRow, _ view: FactView, erasedBy erasure: Int64?, _ ask: Ask) {
        let words = ask.words
        let fact = row.fact
        number = "\(fact.number)"
        title = words.filled("journal.fact-title", ["number": number])
        at = fact.at.text
        atISO = fact.at.iso
        let key = "fact.\(fact.kind.rawValue)"
        kind = words.has(key) ? words[key] : fact.kind.rawValue
        entry = Canonical.hex(row.entry)
        proofHref = "/journal/facts/\(fact.number)/proof"
        isWhole = view == .whole
        guard view == .whole else {
            (lines, envelope, payload, hasPayload, isErased, erased) = ([], "", "", false, false, "")
            return
        }
        let values: [(String, String?)] = [
            ("subject", "\(fact.subject.kind) \(fact.subject.id)"), ("actor", fact.actor?.rawValue),
            ("role", fact.role.map { words["role.\($0.rawValue)"] }), ("step", fact.move?.step),
            ("outcome", fact.move?.outcome.rawValue), ("target", fact.move?.target),
            ("reason", fact.reason?.text),
            ("clause", fact.clause?.rawValue),
            ("read", row.body.flatMap { Self.reading(fact, $0) }.map { words["reading.\($0.rawValue)"] }),
        ]
        lines = values.compactMap { name, value in
            value.map { Line(label: words["journal.\(name)"], value: $0) }
        }
        envelope = String(
            decoding: Canonical.envelope(fact, payloadHash: row.payloadHash, reasonHash: row.reasonHash),
            as: UTF8.self)
        payload = row.body.map(Self.pretty) ?? ""
        hasPayload = row.body != nil
        isErased = row.body == nil
        erased =
            erasure.map { words.filled("journal.erased", ["number": "\($0)"]) } ?? words["journal.missing"]
    }

    /// What was read, where the fact is a reading.
    private static func reading(_ fact: Fact, _ body: String) -> Reads.Kind? {
        guard fact.kind == RecordRead.kind else { return nil }
        return (try? JSONDecoder().decode(RecordRead.self, from: Data(body.utf8)))
            .flatMap { Reads.Kind(rawValue: $0.what) }
    }

    private static func pretty(_ body: String) -> String {
        guard let value = try? JSONSerialization.jsonObject(with: Data(body.utf8)),
            let data = try? JSONSerialization.data(
                withJSONObject: value, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        else { return body }
        return String(decoding: data, as: UTF8.self)
    }
}

import Foundation
import Lifecycle
import Store
import TransparencyLog

/// Recomputes every fact's commitments, and feeds their leaves to the tree.
struct FactCheck {
    private var found = FindingList()
    private var expected: Int64 = 0
    private var payloads = Absences()
    private var reasons = Absences()
    /// Hashes of files that payloads name, with the first fact that names each.
    private var files: [String: Int64] = [:]

    /// Facts of which one part is not there, and those of which a later fact says that it was erased.
    private struct Absences {
        var absent: Set<Int64> = []
        var erased: Set<Int64> = []
    }

    struct Result {
        let found: FindingList
        let facts: Int64
        let sealed: UInt64
        let checkpoints: Int
        let erasedPayloads: Int
        let erasedReasons: Int
        let files: [String: Int64]
    }

    static func run(_ keys: JournalKeys, _ published: Published, _ store: Transaction) throws -> Result {
        var check = FactCheck()
        var tree = try TreeCheck(keys, published, store, &check.found)
        try store.forEach(JournalRow.all(below: .max)) { row in
            let number: Int64
            if case .integer(let stored) = row.values[0] { number = stored } else { number = -1 }
            if number != check.expected {
                check.found.add(
                    Finding(
                        "fact.gap", in: "fact", row: "\(check.expected)", "缺少这条事实", "the fact is missing"))
            }
            check.expected = number + 1
            guard case .blob(let entry) = row.values[JournalRow.entryPlace] else { return }
            do {
                check.look(at: try JournalRow(row.values, .none))
            } catch {
                check.found.add(
                    Finding(
                        "fact.malformed", in: "fact", row: "\(number)", "无法读取：\(error)",
                        "cannot be read: \(error)"))
            }
            try tree.append(Merkle.leafHash(entry), store, &check.found)
        }
        try tree.finish(store, &check.found)
        check.settleErasures()
        try check.settleOrphans(store)
        return Result(
            found: check.found, facts: check.expected, sealed: tree.sealed, checkpoints: tree.checkpoints,
            erasedPayloads: check.payloads.erased.count, erasedReasons: check.reasons.erased.count,
            files: check.files)
    }

    private mutating func look(at row: JournalRow) {
        let envelope = Canonical.envelope(
            row.fact, payloadHash: row.payloadHash, reasonHash: row.reasonHash)
        if Canonical.entry(salt: row.salt, envelope: envelope) != row.entry {
            found.add(
                Finding(
                    "fact.entry", in: "fact", row: "\(row.fact.number)", "这条事实被改动过：与它的叶不符",
                    "the fact was changed: it does not match its leaf"))
        }
        lookAtReason(of: row)
        guard let body = row.body, let salt = row.payloadSalt else {
            payloads.absent.insert(row.fact.number)
            return
        }
        if Canonical.commitment(salt: salt, to: body) != row.payloadHash {
            found.add(
                Finding(
                    "payload.hash", in: "payload", row: "\(row.fact.number)", "载荷被改动过：与它的散列不符",
                    "the payload was changed: it does not match its hash"))
            return
        }
        if row.fact.kind == JournalErased.kind { note(erasure: body, at: row.fact.number) }
        files.merge(AttachmentNames.named(in: body).map { ($0, row.fact.number) }) { first, _ in first }
    }

    private mutating func lookAtReason(of row: JournalRow) {
        guard let hash = row.reasonHash else { return }
        guard let text = row.reasonText, let salt = row.reasonSalt else {
            reasons.absent.insert(row.fact.number)
            return
        }
        if Canonical.commitment(salt: salt, to: text) != hash {
            found.add(
                Finding(
                    "reason.hash", in: "reason", row: "\(row.fact.number)", "理由被改动过：与它的散列不符",
                    "the reason was changed: it does not match its hash"))
        }
    }

    private mutating func note(erasure body: String, at number: Int64) {
        guard let erasure = try? JSONDecoder().decode(JournalErased.self, from: Data(body.utf8)) else {
            return
        }
        payloads.erased.formUnion(erasure.payloads)
        reasons.erased.formUnion(erasure.reasons)
        for (part, targets, absent) in [
            (Erasure.Part.payload, erasure.payloads, payloads.absent),
            (.reason, erasure.reasons, reasons.absent),
        ] {
            for target in targets {
                if !(0..<number).contains(target) {
                    found.add(
                        Finding(
                            "erasure.target", in: "fact", row: "\(number)", "所称删除的事实\(target)不在它之前",
                            "it names fact \(target), which is not before it"))
                } else if !absent.contains(target) {
                    found.add(
                        Finding(
                            "\(part).kept", in: part.rawValue, row: "\(target)",
                            "事实\(number)说它已删除，但并不缺失",
                            "fact \(number) says it was erased, but it is not missing"))
                }
            }
        }
    }

    private mutating func settleErasures() {
        for number in payloads.absent.subtracting(payloads.erased).sorted() {
            found.add(
                Finding(
                    "payload.missing", in: "payload", row: "\(number)", "载荷缺失，而没有事实说它被删除",
                    "the payload is missing and no fact says that it was erased"))
        }
        for number in reasons.absent.subtracting(reasons.erased).sorted() {
            found.add(
                Finding(
                    "reason.missing", in: "reason", row: "\(number)", "理由缺失，而没有事实说它被删除",
                    "the reason is missing and no fact says that it was erased"))
        }
    }

    /// Payloads of no fact, and reasons of facts that were given none.
    private mutating func settleOrphans(_ store: Transaction) throws {
        let payloads = try store.values(
            "SELECT number FROM payload WHERE NOT EXISTS (SELECT 1 FROM fact WHERE fact.number = payload.number)",
            as: Int64.self)
        for number in payloads {
            found.add(
                Finding(
                    "payload.orphan", in: "payload", row: "\(number)", "没有对应的事实", "there is no such fact"))
        }
        let reasons = try store.values(
            """
            SELECT number FROM reason WHERE NOT EXISTS (SELECT 1 FROM fact WHERE fact.number = reason.number
              AND fact.reason_hash IS NOT NULL)
            """, as: Int64.self)
        for number in reasons {
            found.add(
                Finding(
                    "reason.orphan", in: "reason", row: "\(number)", "没有给出理由的事实与之对应",
                    "there is no fact that was given a reason"))
        }
    }
}

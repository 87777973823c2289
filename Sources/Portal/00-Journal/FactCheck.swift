import Foundation
import Lifecycle
import Store
import TransparencyLog

/// Recomputes every fact's commitments, and feeds their leaves to the tree.
struct FactCheck {
    private var found = FindingList()
    private var expected: Int64 = 0
    /// Facts whose payload is not there, and those a later fact says were erased.
    private var absent: Set<Int64> = []
    private var erased: Set<Int64> = []
    /// Hashes of files that payloads name, with the first fact that names each.
    private var files: [String: Int64] = [:]

    struct Result {
        let found: FindingList
        let facts: Int64
        let sealed: UInt64
        let checkpoints: Int
        let erased: Int
        let files: [String: Int64]
    }

    static func run(_ keys: JournalKeys, _ store: Transaction) throws -> Result {
        var check = FactCheck()
        var tree = try TreeCheck(keys, store, &check.found)
        try store.forEach(JournalRow.all(below: .max)) { row in
            let number: Int64
            if case .integer(let stored) = row.values[0] { number = stored } else { number = -1 }
            if number != check.expected {
                check.found.add(
                    Finding(
                        "fact.gap", in: "fact", row: "\(check.expected)", "缺少这条事实", "the fact is missing"))
            }
            check.expected = number + 1
            guard case .blob(let entry) = row.values[14] else { return }
            do {
                check.look(at: try JournalRow(row.values))
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
        let orphans = try store.values(
            "SELECT number FROM payload WHERE NOT EXISTS (SELECT 1 FROM fact WHERE fact.number = payload.number)",
            as: Int64.self)
        for orphan in orphans {
            check.found.add(
                Finding("payload.orphan", in: "payload", row: "\(orphan)", "没有对应的事实", "there is no such fact")
            )
        }
        return Result(
            found: check.found, facts: check.expected, sealed: tree.sealed, checkpoints: tree.checkpoints,
            erased: check.erased.count, files: check.files)
    }

    private mutating func look(at row: JournalRow) {
        let envelope = Canonical.envelope(row.fact, payloadHash: row.payloadHash)
        if Canonical.entry(salt: row.salt, envelope: envelope) != row.entry {
            found.add(
                Finding(
                    "fact.entry", in: "fact", row: "\(row.fact.number)", "这条事实被改动过：与它的叶不符",
                    "the fact was changed: it does not match its leaf"))
        }
        guard let body = row.body, let salt = row.payloadSalt else {
            absent.insert(row.fact.number)
            return
        }
        if Canonical.payloadHash(salt: salt, body: body) != row.payloadHash {
            found.add(
                Finding(
                    "payload.hash", in: "payload", row: "\(row.fact.number)", "载荷被改动过：与它的散列不符",
                    "the payload was changed: it does not match its hash"))
            return
        }
        if row.fact.kind == PayloadErased.kind { note(erasure: body, at: row.fact.number) }
        files.merge(AttachmentNames.named(in: body).map { ($0, row.fact.number) }) { first, _ in first }
    }

    private mutating func note(erasure body: String, at number: Int64) {
        guard let erasure = try? JSONDecoder().decode(PayloadErased.self, from: Data(body.utf8)) else {
            return
        }
        for target in erasure.facts {
            erased.insert(target)
            if !(0..<number).contains(target) {
                found.add(
                    Finding(
                        "erasure.target", in: "fact", row: "\(number)", "所称删除的事实\(target)不在它之前",
                        "it names fact \(target), which is not before it"))
            } else if !absent.contains(target) {
                found.add(
                    Finding(
                        "payload.kept", in: "payload", row: "\(target)", "事实\(number)说它已删除，但还在",
                        "fact \(number) says it was erased, but it is there"))
            }
        }
    }

    private mutating func settleErasures() {
        for number in absent.subtracting(erased).sorted() {
            found.add(
                Finding(
                    "payload.missing", in: "payload", row: "\(number)", "载荷缺失，而没有事实说它被删除",
                    "the payload is missing and no fact says that it was erased"))
        }
    }
}

import Foundation
package import Lifecycle
package import Store
import TransparencyLog

/// The evidence that one fact stands in the journal, for somebody who has neither database nor network: a C2SP
/// tlog-proof whose extra data open the leaf's commitments.
package enum FactProof {
    /// The extra data, as JSON.
    struct Opening: Codable {
        /// The envelope's bytes, which are JSON text.
        let envelope: String
        /// Hexadecimal.
        let leafSalt: String
        /// Nil where it was erased.
        let payload: String?
        let payloadSalt: String?
        /// Nil where none was given or it was erased.
        let reason: String?
        let reasonSalt: String?
        /// Numbers of the facts that erased payload and reason: a hint, which their own proofs make good.
        let payloadErasedBy: Int64?
        let reasonErasedBy: Int64?
    }

    /// Why there is no proof, or why one proves nothing.
    package enum Refused: SpokenError, Equatable {
        case noFact(Int64)
        case notSealed(Int64)
        case malformed(String)
        case opening(String)
        case proof(String)

        package func text(in language: Language) -> String {
            let isChinese = language == .zh
            return switch self {
            case .noFact(let number):
                isChinese ? "没有第 \(number) 条事实" : "there is no fact \(number)"
            case .notSealed(let number):
                isChinese
                    ? "第 \(number) 条事实还没有签名的检查点，请稍后再试"
                    : "fact \(number) is not under a signed checkpoint yet; try again in a second"
            case .malformed(let why): why
            case .opening(let why):
                isChinese ? "所出示的与叶子所承诺的不符：\(why)" : "what is shown is not what the leaf commits to: \(why)"
            case .proof(let why): why
            }
        }
    }

    /// The text of a fact's proof against the newest checkpoint.
    ///
    /// - Parameter opens: whether the proof shows what the leaf commits to, or only that it is there.
    package static func make(
        _ number: Int64, _ store: Transaction, opening opens: Bool = true
    ) throws -> String {
        guard let row = try JournalRow.find(number, store) else { throw Refused.noFact(number) }
        guard let checkpoint = try CheckpointRow.last(store), number < checkpoint.size else {
            throw Refused.notSealed(number)
        }
        let erasures = try Erasures.of([number], store)
        let envelope = Canonical.envelope(
            row.fact, payloadHash: row.payloadHash, reasonHash: row.reasonHash)
        let opening = Opening(
            envelope: String(decoding: envelope, as: UTF8.self), leafSalt: Canonical.hex(row.salt),
            payload: row.body, payloadSalt: row.payloadSalt.map { Canonical.hex($0) },
            reason: row.reasonText, reasonSalt: row.reasonSalt.map { Canonical.hex($0) },
            payloadErasedBy: erasures.payloads[number], reasonErasedBy: erasures.reasons[number])
        let proof = try JournalTiles.reader(size: UInt64(checkpoint.size), store)
            .inclusionProof(index: UInt64(number))
        return TlogProof(
            extra: opens ? Array(try Canonical.json(opening).utf8) : nil, index: UInt64(number),
            hashes: proof.hashes,
            checkpoint: checkpoint.note
        ).text
    }

    /// What a proof shows.
    package struct Shown: Sendable, Codable {
        package let number: Int64
        package let at: String
        package let kind: String
        package let subject: Subject
        package let actor: String?
        package let role: String?
        package let step: String?
        package let outcome: String?
        package let target: String?
        package let clause: String?
        /// Whether the fact was given a reason, shown or not.
        package let hasReason: Bool
        /// Nil where none was given, or the proof does not show it: it was erased, or whoever made the proof
        /// left it out.
        package let reason: String?
        /// The canonical body; nil where the proof does not show it.
        package let payload: String?
        /// The facts that, the proof says, erased what it does not show. Only their own proofs make it certain.
        package let payloadErasedBy: Int64?
        package let reasonErasedBy: Int64?
        /// Facts under the checkpoint of the proof.
        package let size: UInt64
        package let log: String
    }

    /// Verifies a proof by the log's public key alone.
    package static func check(_ text: String, vkey: String) throws -> Shown {
        let log: NoteVerifier
        let proof: TlogProof
        do {
            log = try NoteVerifier(vkey: vkey.trimmed)
            proof = try TlogProof(text: text)
        } catch {
            throw Refused.malformed("\(error)")
        }
        guard let extra = proof.extra,
            let opening = try? JSONDecoder().decode(Opening.self, from: Data(extra)),
            let salt = salt(opening.leafSalt)
        else { throw Refused.malformed("the proof does not open its leaf") }
        guard let columns = try? JSONDecoder().decode([Column].self, from: Data(opening.envelope.utf8)),
            columns.count == 14, columns[0].text == Canonical.envelopeFormat, let number = columns[1].number,
            let at = columns[2].number, let kind = columns[3].text, let subject = columns[4].text,
            let id = columns[5].text, let payloadHash = columns[12].text
        else { throw Refused.opening("not the envelope of a fact") }
        guard number >= 0, UInt64(number) == proof.index else {
            throw Refused.opening("the envelope is of fact \(number), the proof of leaf \(proof.index)")
        }
        let reasonHash = columns[13].text
        try open(opening.payload, opening.payloadSalt, as: payloadHash, "payload")
        try open(opening.reason, opening.reasonSalt, as: reasonHash, "reason")
        let entry = Canonical.entry(salt: salt, envelope: Array(opening.envelope.utf8))
        let head: Checkpoint
        do {
            head = try proof.verify(leaf: Merkle.leafHash(entry), log: log, origin: log.name)
        } catch {
            throw Refused.proof("\(error)")
        }
        return Shown(
            number: number, at: Instant(milliseconds: at).iso, kind: kind,
            subject: Subject(kind: subject, id: id), actor: columns[6].text, role: columns[7].text,
            step: columns[8].text, outcome: columns[9].text, target: columns[10].text,
            clause: columns[11].text, hasReason: reasonHash != nil, reason: opening.reason,
            payload: opening.payload, payloadErasedBy: opening.payloadErasedBy,
            reasonErasedBy: opening.reasonErasedBy, size: head.size, log: log.name)
    }

    /// Checks what is shown of a part, if anything is, against the envelope's commitment.
    private static func open(_ text: String?, _ hex: String?, as hash: String?, _ part: String) throws {
        guard let text else { return }
        guard let salt = hex.flatMap(salt), Canonical.hex(Canonical.commitment(salt: salt, to: text)) == hash
        else { throw Refused.opening("the \(part) has another hash") }
    }

    /// A number, a text or null.
    private enum Column: Decodable {
        case number(Int64), text(String), null

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if value.decodeNil() {
                self = .null
            } else if let number = try? value.decode(Int64.self) {
                self = .number(number)
            } else {
                self = .text(try value.decode(String.self))
            }
        }

        var number: Int64? { if case .number(let number) = self { number } else { nil } }
        var text: String? { if case .text(let text) = self { text } else { nil } }
    }

    /// The bytes of a salt. Its length is part of the format: see ``Canonical/saltLength``.
    private static func salt(_ hex: String) -> [UInt8]? {
        let digits = Array(hex.utf8)
        guard digits.count == 2 * Canonical.saltLength else { return nil }
        return try? stride(from: 0, to: digits.count, by: 2).map { place in
            let pair = String(decoding: digits[place..<place + 2], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16) else { throw Refused.malformed("not hexadecimal") }
            return byte
        }
    }
}

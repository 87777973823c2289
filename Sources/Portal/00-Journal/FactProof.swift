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
    }

    /// Why there is no proof, or why one proves nothing.
    package enum Refused: Error, CustomStringConvertible, Equatable {
        case noFact(Int64)
        case notSealed(Int64)
        case malformed(String)
        case opening(String)
        case proof(String)

        package var description: String {
            switch self {
            case .noFact(let number): "there is no fact \(number)"
            case .notSealed(let number):
                "fact \(number) is not under a signed checkpoint yet; try again in a second"
            case .malformed(let why): why
            case .opening(let why): "what is shown is not what the leaf commits to: \(why)"
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
        let opening = Opening(
            envelope: String(
                decoding: Canonical.envelope(row.fact, payloadHash: row.payloadHash), as: UTF8.self),
            leafSalt: Canonical.hex(row.salt), payload: row.body,
            payloadSalt: row.payloadSalt.map { Canonical.hex($0) })
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
        package let reason: String?
        package let clause: String?
        /// The canonical body; nil where it was erased.
        package let payload: String?
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
            let salt = bytes(opening.leafSalt)
        else { throw Refused.malformed("the proof does not open its leaf") }
        guard let columns = try? JSONDecoder().decode([Column].self, from: Data(opening.envelope.utf8)),
            columns.count == 14, columns[0].text == "jiebang/fact/1", let number = columns[1].number,
            let at = columns[2].number, let kind = columns[3].text, let subject = columns[4].text,
            let id = columns[5].text, let stated = columns[13].text
        else { throw Refused.opening("not the envelope of a fact") }
        guard number >= 0, UInt64(number) == proof.index else {
            throw Refused.opening("the envelope is of fact \(number), the proof of leaf \(proof.index)")
        }
        if let payload = opening.payload {
            guard let payloadSalt = opening.payloadSalt.flatMap(bytes),
                Canonical.hex(Canonical.payloadHash(salt: payloadSalt, body: payload)) == stated
            else { throw Refused.opening("the payload has another hash") }
        }
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
            reason: columns[11].text, clause: columns[12].text, payload: opening.payload, size: head.size,
            log: log.name)
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

    private static func bytes(_ hex: String) -> [UInt8]? {
        let digits = Array(hex.utf8)
        guard digits.count % 2 == 0 else { return nil }
        return try? stride(from: 0, to: digits.count, by: 2).map { place in
            let pair = String(decoding: digits[place..<place + 2], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16) else { throw Refused.malformed("not hexadecimal") }
            return byte
        }
    }
}

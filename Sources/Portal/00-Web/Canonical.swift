import Crypto
import Foundation
package import Lifecycle

/// The canonical forms that leaves of the journal commit to; `docs/verifying.md` gives them byte by byte so
/// that a stranger can recompute them.
package enum Canonical {
    /// A body as JSON with sorted keys and no white space.
    package static func body(_ body: some FactBody) throws -> String { try json(body) }

    package static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Bytes of every salt. Who opens a commitment checks it: with a longer salt, one could count the first words
    /// of a text to the salt and show only the rest.
    package static let saltLength = 16

    /// SHA-256(salt ‖ text): what an envelope says of a payload or a reason.
    package static func commitment(salt: [UInt8], to text: String) -> [UInt8] {
        var hasher = SHA256()
        hasher.update(data: salt)
        var text = text
        text.withUTF8 { hasher.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        return Array(hasher.finalize())
    }

    /// The leaf's entry: SHA-256(salt ‖ envelope). Nothing of the fact can be read from it.
    package static func entry(salt: [UInt8], envelope: [UInt8]) -> [UInt8] {
        var hasher = SHA256()
        hasher.update(data: salt)
        envelope.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        return Array(hasher.finalize())
    }

    /// The envelope's first value.
    static let envelopeFormat = "jiebang/fact/1"

    /// The envelope: a JSON array of the fact's columns in a fixed order, then in hex the commitments to the payload
    /// and to the reason, null where none was given.
    package static func envelope(_ fact: Fact, payloadHash: [UInt8], reasonHash: [UInt8]?) -> [UInt8] {
        var json = CompactJSON()
        json.open()
        json.string(envelopeFormat)
        json.integer(fact.number)
        json.integer(fact.at.rawValue)
        json.string(fact.kind.rawValue)
        json.string(fact.subject.kind)
        json.string(fact.subject.id)
        json.string(fact.actor?.rawValue)
        json.string(fact.role?.rawValue)
        json.string(fact.move?.step)
        json.string(fact.move?.outcome.rawValue)
        json.string(fact.move?.target)
        json.string(fact.clause?.rawValue)
        json.string(hex(payloadHash))
        json.string(reasonHash.map { hex($0) })
        json.close()
        return json.bytes
    }

    package static func hex(_ bytes: some Sequence<UInt8>) -> String {
        var out: [UInt8] = []
        for byte in bytes {
            out.append(hexDigits[Int(byte >> 4)])
            out.append(hexDigits[Int(byte & 15)])
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)
}

/// Writes one flat JSON array; a million envelopes have to be written while a journal is verified.
private struct CompactJSON {
    private(set) var bytes: [UInt8] = []
    private var isFirst = true

    init() { bytes.reserveCapacity(256) }

    mutating func open() { bytes.append(UInt8(ascii: "[")) }
    mutating func close() { bytes.append(UInt8(ascii: "]")) }

    mutating func integer(_ number: Int64) {
        comma()
        bytes.append(contentsOf: String(number).utf8)
    }

    mutating func string(_ text: String?) {
        comma()
        guard let text else { bytes.append(contentsOf: "null".utf8); return }
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<32: bytes.append(contentsOf: "\\u00\(Canonical.hex([byte]))".utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func comma() {
        if isFirst { isFirst = false } else { bytes.append(UInt8(ascii: ",")) }
    }
}

import Crypto
import Foundation
package import Lifecycle
package import Store

/// Organisations that fund calls together with the commission.
package enum JointFunders {
    struct Funder: Decodable, Sendable {
        let id: ID<Organisation>
        let name: String
        let nameEn: String

        func name(in language: Language) -> String {
            language == .en && !nameEn.isEmpty ? nameEn : name
        }
    }

    /// Those that a call may name, in the order of their names.
    static func all(_ store: Transaction) throws -> [Funder] {
        try store.rows(
            "SELECT id, name, name_en FROM organisation WHERE kind = 'funder' ORDER BY pinyin, id")
    }

    static func find(_ id: ID<Organisation>, _ store: Transaction) throws -> Funder? {
        try store.row(
            "SELECT id, name, name_en FROM organisation WHERE id = \(id) AND kind = 'funder'")
    }

    /// Who funds a published call too; nil where the commission funds it alone.
    package static func of(_ call: ID<Call>, _ store: Transaction) throws -> ID<Organisation>? {
        try store.value(
            "SELECT funder FROM call WHERE id = \(call) AND funder IS NOT NULL", as: ID<Organisation>.self)
    }

    /// Whether the viewer signs for who funds the call too.
    package static func signs(_ viewer: Viewer, for call: ID<Call>, _ store: Transaction) throws -> Bool {
        guard viewer.holds(.jointFunder), let funder = try of(call, store) else { return false }
        return viewer.holds(.jointFunder, in: funder)
    }

    /// The calls that organisations for which the viewer signs fund too.
    static func calls(of viewer: Viewer, _ store: Transaction) throws -> [ID<Call>] {
        let own = viewer.organisations(as: .jointFunder)
        if own.isEmpty { return [] }
        return try store.values(
            "SELECT id FROM call WHERE funder IN \(list: own) ORDER BY id", as: ID<Call>.self)
    }

    /// What stands in the way of publishing the call as far as its other funder goes.
    static func obstacles(
        _ call: Call, after earlier: Call?, _ programme: Programme, _ store: Transaction
    ) throws -> [Refusal] {
        var found: [Refusal] = []
        if let earlier { found += call.jointObstacles(after: earlier, in: programme) }
        guard let id = call.funder, programme.joint != nil else { return found }
        guard let funder = try find(id, store) else { return found + [Refusal("call.joint-unknown")] }
        if try JointWord.of(call.id, text: text(of: call, in: programme), store)?.agreed != true {
            found.append(
                Refusal("call.joint-waits", ["funder": funder.name], citation: programme.joint?.cites))
        }
        return found
    }

    /// What the other funder agrees to: SHA-256 of the canonical text that is going to be published, hexadecimal.
    static func text(of call: Call, in programme: Programme) throws -> String {
        Canonical.hex(SHA256.hash(data: Data(try Canonical.json(call.statingRecusal(in: programme)).utf8)))
    }
}

/// The other funder's word on one text of a call.
struct JointWord: Decodable, Sendable {
    let agreed: Bool
    let at: Instant
    let name: String?
    let reason: String?

    static func of(_ call: ID<Call>, text: String, _ store: Transaction) throws -> JointWord? {
        try store.row(
            """
            SELECT call_joined.agreed, call_joined.at, person.name, call_joined.reason FROM call_joined
            LEFT JOIN person ON person.id = call_joined.person
            WHERE call_joined.call = \(call) AND call_joined.text = \(text)
            """)
    }
}

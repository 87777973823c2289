import Foundation
package import Lifecycle
package import Store

/// What one kind of fact does to the projected tables. The same function runs when the fact is appended and
/// when the journal is verified, so a table can always be rebuilt and compared. Of a payload or a reason that was
/// erased it meets the stand-in, at the erasure as at every later replay.
package struct Projection: Sendable {
    let kind: FactKind
    let apply:
        @Sendable (_ fact: Fact, _ text: String?, _ body: (any FactBody)?, _ store: Transaction) throws ->
            Void
    /// Whether a fact of the kind still says enough once its payload is gone.
    let mayErase: @Sendable (_ fact: Fact) -> Bool

    package static func on<Body: FactBody>(
        _ type: Body.Type, _ apply: @escaping @Sendable (Transaction, Fact, Body) throws -> Void
    ) -> Projection {
        let decoder = JSONDecoder()
        return Projection(
            kind: Body.kind,
            apply: { fact, text, body, store in
                if let body = body as? Body {
                    try apply(store, fact, body)
                } else if let text {
                    try apply(store, fact, try decoder.decode(Body.self, from: Data(text.utf8)))
                } else if let body = Body.erased(fact) {
                    try apply(store, fact, body)
                }
            }, mayErase: { Body.erased($0) != nil })
    }
}

/// A table that is derived from facts, with the columns that order it.
package struct ProjectedTable: Sendable {
    package let name: StaticString
    package let key: StaticString

    package init(_ name: StaticString, key: StaticString) {
        self.name = name
        self.key = key
    }
}

/// Every slice's projections, in the order of `Portal.swift`.
package struct Projections: Sendable {
    private let byKind: [FactKind: [Projection]]
    private let afterEvery: [@Sendable (Transaction, Fact) throws -> Void]
    private let followers: [@Sendable (Change, Fact) throws -> Void]
    package let tables: [ProjectedTable]

    package init(_ slices: [Slice]) {
        byKind = Dictionary(grouping: slices.flatMap(\.projections), by: \.kind)
        afterEvery = slices.compactMap(\.afterEveryFact)
        followers = slices.compactMap(\.follow)
        tables = slices.flatMap(\.tables)
    }

    /// Whether every projection of the fact's kind can do without its payload.
    func mayErase(_ fact: Fact) -> Bool {
        let all = byKind[fact.kind] ?? []
        return !all.isEmpty && all.allSatisfy { $0.mayErase(fact) }
    }

    package var kinds: Set<FactKind> { Set(byKind.keys) }

    /// What a fact sets going when it happens: see ``Slice/follow``.
    func follow(_ fact: Fact, _ change: Change) throws {
        for follower in followers { try follower(change, fact) }
    }

    /// - Parameters:
    ///   - text: the canonical body; nil where it was erased.
    ///   - body: the body itself, when it is at hand.
    func apply(_ fact: Fact, text: String?, body: (any FactBody)? = nil, to store: Transaction) throws {
        for projection in byKind[fact.kind] ?? [] { try projection.apply(fact, text, body, store) }
        for each in afterEvery { try each(store, fact) }
    }
}

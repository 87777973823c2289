package import Lifecycle
package import Store

/// A practice of a call that it may change, for the terminal: what `jiebang why` says beside the verdicts.
package struct CallPractice: Sendable, Encodable {
    let label: String
    let value: String
    /// Whether the call keeps or changed it.
    let note: String
    let citation: String
    let standing: String
    /// Missing where it was checked against its source.
    let verification: String?

    package static func all(
        in id: ID<Call>, _ house: House, _ words: Words.Catalogue, _ store: Transaction
    ) throws -> [CallPractice] {
        let (call, programme) = try Calls.found(id, house, store)
        return CallDefaultLine.all(of: call, programme, words).map { line in
            CallPractice(
                label: line.label, value: line.value, note: line.note, citation: line.ground.cite,
                standing: line.ground.standing,
                verification: line.ground.unverified ? line.ground.verification : nil)
        }
    }

    package static func explained(_ practices: [CallPractice], _ words: Words.Catalogue) -> [String] {
        guard !practices.isEmpty else { return [] }
        return [words["call.defaults"]]
            + practices.flatMap { practice in
                let checked = practice.verification.map { " · \($0)" } ?? ""
                return [
                    "    \(practice.label) \(practice.value) \(practice.note)",
                    "        \(practice.citation) · \(practice.standing)\(checked)",
                ]
            }
    }
}

package import Lifecycle
package import Store

/// The practices of a call for the terminal: what `jiebang why` says beside the verdicts.
package enum CallPractices {
    package static func explained(
        _ id: ID<Call>, _ house: House, _ words: Words.Catalogue, _ store: Transaction
    ) throws -> [String] {
        let (call, programme) = try Calls.found(id, house, store)
        let lines = CallDefaultLine.all(of: call, programme, words)
        return lines.isEmpty
            ? []
            : [words["call.defaults"]]
                + lines.flatMap { line in
                    let checked = line.unverified ? " · \(line.verification)" : ""
                    return [
                        "    \(line.label) \(line.value) \(line.note)",
                        "        \(line.cite) · \(line.standing)\(checked)",
                    ]
                }
    }
}

import Lifecycle

/// What the classes of a draw are called. A commitment names a class of experts by its first-level code of
/// GB/T 13745—2009, which is what is published and repeated; people read the name beside it.
package struct StratumNames: Sendable {
    private let names: [String: String]

    package init() {
        // The house does not open without the list, so there is always one.
        let fields = ((try? DataFiles.disciplines()) ?? []).filter { $0.level == 1 }
        names = Dictionary(fields.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    /// Code and name of a discipline; a university's name as it is.
    package func text(_ stratum: String) -> String { names[stratum].map { "\(stratum) \($0)" } ?? stratum }
}

import Lifecycle
import PublicDraw

/// What the forms of a draw send.
enum DrawForm {
    /// Rows of sources a form offers; three lotteries are more chance than any panel needs.
    static let sourceRows = 1...3

    /// How a source is written down, as the form offers it.
    enum Kind: String, CaseIterable {
        case sorted
        case ordered
        case hexadecimal

        func kind(count: Int?) -> RandomSource.Kind {
            switch self {
            case .sorted: .sorted(count: count)
            case .ordered: .ordered(count: count)
            case .hexadecimal: .hexadecimal(byteCount: count)
            }
        }
    }

    static func asked(_ form: FormFields, id: ID<Draw>) throws -> DrawAsked {
        guard let purpose = Draw.Purpose(rawValue: form.text("purpose")) else {
            throw Refused("draw.purpose")
        }
        return DrawAsked(
            draw: id, purpose: purpose, about: Subject(kind: "call", id: form.text("call")),
            title: form.text("title"), places: Int(form.text("places")) ?? 0,
            alternates: form.text("alternates").isEmpty ? 0 : Int(form.text("alternates")) ?? -1,
            byClass: form.text("by-class") == "1")
    }

    /// Universities to ask for chance; what is no number is 0, which the act refuses.
    static func invitation(_ form: FormFields) -> (
        parties: [ID<Organisation>], quorum: Int, openingHours: Int, until: Instant?
    ) {
        (
            form.all("party").map { ID($0) }, Int(form.text("quorum")) ?? 0,
            Int(form.text("opening-hours")) ?? 0, Instant(text: form.text("until"))
        )
    }

    /// Rows without a name are left out.
    static func sources(_ form: FormFields) throws -> [RandomSource] {
        try sourceRows.compactMap { row in
            let name = form.text("source-\(row)")
            guard !name.isEmpty else { return nil }
            let text = form.text("count-\(row)")
            let count = Int(text)
            guard let kind = Kind(rawValue: form.text("kind-\(row)")), text.isEmpty || (count ?? 0) > 0 else {
                throw Refused("draw.source-kind", ["name": name])
            }
            return RandomSource(name: name, kind: kind.kind(count: count))
        }
    }

    /// The values written for the sources of a commitment, by name.
    static func written(_ form: FormFields, _ commitment: Commitment) -> [String: String] {
        var written: [String: String] = [:]
        for (index, source) in commitment.sources.enumerated() where source.awaitsValue {
            written[source.name] = form.text("value-\(index)")
        }
        return written
    }
}

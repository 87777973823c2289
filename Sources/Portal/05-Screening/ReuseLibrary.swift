import Foundation
import Lifecycle
import TextReuse

/// The index of all that applications are compared with: a folder beside the database, made from the database and
/// made anew from it whenever it is missing or damaged (ADR 0016). Used by one thread.
final class ReuseLibrary {
    private let index: ReuseIndex

    static func folder(in data: String) -> String { "\(data)/reuse" }
    /// Of the published texts alone: what an applicant is shown must not depend on what others handed in.
    static func publishedFolder(in data: String) -> String { "\(data)/reuse-published" }

    static func isThere(_ folder: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(folder)/manifest")
    }

    init(writing folder: String) throws { index = try ReuseIndex(writing: folder) }
    init(reading folder: String) throws { index = try ReuseIndex(reading: folder) }

    // MARK: - names

    /// `application/<id>/<section>`: an archive's ids may have slashes, sections have none.
    static func name(_ source: ReuseSource, _ section: String) -> String {
        "\(source.kind.rawValue)/\(source.id)/\(section)"
    }

    static func read(_ name: String) -> (source: ReuseSource, section: String)? {
        guard let first = name.firstIndex(of: "/"), let last = name.lastIndex(of: "/"), first < last,
            let kind = ReuseSource.Kind(rawValue: String(name[..<first]))
        else { return nil }
        return (
            ReuseSource(kind, String(name[name.index(after: first)..<last])),
            String(name[name.index(after: last)...])
        )
    }

    // MARK: - filling

    /// Text that everybody may repeat: what stands in it never counts.
    func addTemplate(_ text: String) throws {
        guard !text.isEmpty else { return }
        try Array(text.utf8).withUnsafeBytes { try index.addTemplate($0) }
    }

    /// Puts a text in place of the one that was known.
    ///
    /// - Parameter gone: sections the text may have had and has no more.
    func put(_ parts: [ReusePart], of source: ReuseSource, gone: Set<String> = []) throws {
        for part in parts {
            let name = Array(Self.name(source, part.section).utf8)
            try part.blanked.withUnsafeBytes { text in
                try name.withUnsafeBytes { _ = try index.add(id: $0, text: text) }
            }
        }
        for section in gone.subtracting(parts.map(\.section)).sorted() {
            if let document = try index.document(id: Self.name(source, section)) {
                try index.remove(document)
            }
        }
    }

    /// Makes what was put survive a crash.
    func settle() throws {
        if index.isSealDue { try index.seal() }
        try index.flush()
    }

    /// The same, and nothing of what was put is sealed.
    func flush() throws { try index.flush() }

    /// - Parameter isLast: segments are merged as far as they reach; before that, it would be done again.
    func seal(isLast: Bool = true, _ proceed: @escaping @Sendable (Int) -> Bool) throws {
        try index.seal(proceed: proceed)
        if isLast { try index.merge() }
    }

    var count: Int { index.count }

    // MARK: - finding

    /// What the parts of a text have in common with every other text.
    func matches(_ parts: [ReusePart], of source: ReuseSource) throws -> [ReuseSource: [ReuseMatch]] {
        var found: [ReuseSource: [ReuseMatch]] = [:]
        for part in parts {
            let sources = try part.blanked.withUnsafeBytes { try index.check($0) }
            for other in sources {
                guard let name = Self.read(try index.id(of: other.document)), name.source != source else {
                    continue
                }
                found[name.source, default: []].append(
                    Self.match(part.section, name.section, other.overlap))
            }
        }
        return found
    }

    /// Parts of texts that are alike, those of the later texts last, each told as seen from the text that was put
    /// first.
    ///
    /// - Parameters:
    ///   - first: parts below it were compared before.
    ///   - reached: told that all pairs of the parts below a number were found.
    func pairs(
        from first: Int, _ proceed: @escaping @Sendable (Int) -> Bool,
        reached: @escaping @Sendable (Int) -> Void, found: @escaping @Sendable (ReuseFound) -> Void
    ) throws {
        let names = try (0..<index.count).map { Self.read(try index.id(of: $0)) }
        // A text may have parts on both sides of another's, where it was put in two goes.
        var firsts: [ReuseSource: Int] = [:]
        for (number, name) in names.enumerated() {
            guard let source = name?.source, firsts[source] == nil else { continue }
            firsts[source] = number
        }
        let places = firsts
        try index.pairs(from: first, proceed: proceed, reached: reached) { pair in
            guard let a = names[pair.a], let b = names[pair.b], a.source != b.source,
                a.source.kind == .application || b.source.kind == .application
            else { return }
            let match = Self.match(a.section, b.section, pair.overlap)
            let isTurned = places[b.source, default: 0] < places[a.source, default: 0]
            found(
                isTurned
                    ? ReuseFound(one: b.source, other: a.source, match: match.turned)
                    : ReuseFound(one: a.source, other: b.source, match: match))
        }
    }

    private static func match(_ section: String, _ other: String, _ overlap: Overlap) -> ReuseMatch {
        ReuseMatch(
            section: section, sourceSection: other, containment: overlap.containment,
            reverse: overlap.reverse, longest: overlap.longest,
            passages: overlap.spans.map { ReuseMatch.Passage(a: $0.a, b: $0.b) })
    }
}

/// What two texts have in common, without an index: for the few texts of one person.
struct ReuseComparing {
    private var comparison = Comparison()

    init(templates: [String]) {
        for template in templates { Array(template.utf8).withUnsafeBytes { comparison.addTemplate($0) } }
    }

    func matches(_ parts: [ReusePart], with others: [ReusePart]) -> [ReuseMatch] {
        parts.flatMap { part in
            let a = part.blanked
            return others.compactMap { other -> ReuseMatch? in
                let b = other.blanked
                let overlap = a.withUnsafeBytes { a in b.withUnsafeBytes { b in comparison(a, b) } }
                return overlap.map {
                    ReuseMatch(
                        section: part.section, sourceSection: other.section, containment: $0.containment,
                        reverse: $0.reverse, longest: $0.longest,
                        passages: $0.spans.map { ReuseMatch.Passage(a: $0.a, b: $0.b) })
                }
            }
        }
    }
}

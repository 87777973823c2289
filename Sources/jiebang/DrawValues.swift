import PublicDraw

/// The file of `--values`: lines, or JSON.
struct DrawValues {
    let file: String

    func read(for commitment: Commitment) throws -> [SourceValue] {
        let text = try DrawFile.text(file)
        let first = text.first { !$0.isWhitespace }
        guard first == "{" || first == "[" else { return try lines(text, commitment) }
        do throws(DocumentRefused) {
            return try commitment.values(document: text)
        } catch {
            throw Complaint(DrawDocument.complaint(file, error))
        }
    }

    private func lines(_ text: String, _ commitment: Commitment) throws -> [SourceValue] {
        var values: [SourceValue] = []
        var openings: [String: [Opening]] = [:]
        let named = commitment.sources.filter(\.awaitsValue)
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            if line.allSatisfy(\.isWhitespace) || line.first == "#" { continue }
            // Longest first: one name may begin like another.
            let source = named.sorted { $0.name.count > $1.name.count }.first { line.hasPrefix($0.name) }
            guard let source else {
                throw Complaint(
                    DrawFile.complaint(
                        file, line: index + 1,
                        "the line begins with no source of the commitment; it has: "
                            + named.map(\.name).joined(separator: ", "), code: "draw.values"))
            }
            let rest = line.dropFirst(source.name.count)
            if case .contributions(let contributions, _) = source.kind {
                guard let opening = opening(rest, of: contributions) else {
                    throw Complaint(
                        DrawFile.complaint(
                            file, line: index + 1,
                            "write \(source.name)/PARTY: SECRET, or late SECRET, for one of: "
                                + contributions.map(\.party).joined(separator: ", "), code: "draw.values"))
                }
                openings[source.name, default: []].append(opening)
                continue
            }
            guard let mark = rest.first, mark == ":" || mark == "：" || mark == "=",
                let content = source.content(written: String(rest.dropFirst()))
            else {
                throw Complaint(
                    DrawFile.complaint(
                        file, line: index + 1, "after \(source.name) must stand a colon and its values",
                        code: "draw.values"))
            }
            values.append(SourceValue(source: source.name, content: content))
        }
        return values + openings.map { SourceValue(source: $0.key, content: .openings($0.value)) }
    }

    /// `/PARTY: SECRET` or `/PARTY: late SECRET`
    private func opening(_ text: Substring, of contributions: [Contribution]) -> Opening? {
        guard text.first == "/", let colon = text.lastIndex(where: { $0 == ":" || $0 == "：" }) else {
            return nil
        }
        let party = String(text[text.index(after: text.startIndex)..<colon])
        guard contributions.contains(where: { $0.party == party }) else { return nil }
        let words = text[text.index(after: colon)...].split(whereSeparator: \.isWhitespace).map(String.init)
        switch words.count {
        case 1 where words[0] == "missing": return Opening(party: party, outcome: .missing)
        case 1: return Opening(party: party, outcome: .opened(secret: words[0]))
        case 2 where words[0] == "late": return Opening(party: party, outcome: .late(secret: words[1]))
        default: return nil
        }
    }
}

import Portal

/// A form of the route table, at the address of something real, with who may send it there.
struct FuzzTarget: Sendable {
    let pattern: String
    let path: String
    /// Largest body the route takes.
    let limit: Int
    /// Who meets the form on a page, or gets something else than a missing one's answer; everybody, where nobody does.
    let actors: [String]
    let mayBeSent: Bool
    /// As its page holds it; nil where no page of the city has it.
    let form: FormOnPage?

    /// One for each form of the route table. Of several objects, the one whose form asks for most.
    static func all(_ city: SightCity, _ walk: SightWalk) -> [FuzzTarget] {
        let sent = Dictionary(grouping: walk.sent, by: \.address.pattern)
        return city.house.routes().lines.filter { $0.method == "POST" }.map { line in
            let fitting = walk.forms.filter { matches(line.pattern, $0.key) }
            let best = fitting.max { left, right in
                weight(left.key, left.value) < weight(right.key, right.value)
            }
            let steps = sent[line.pattern] ?? []
            // What the walk leaves out has no parameter.
            let path = best?.key ?? steps.first?.address.path ?? line.pattern
            let served = steps.filter { $0.address.path == path && $0.outcome != .missing }
            var actors = Set(best?.value.keys.map { $0 } ?? [])
            actors.formUnion(served.map(\.viewer.key))
            if SightAddress.skipped[line.pattern] != nil { actors.insert("expert") }
            let everybody = SightViewer.all.map(\.key)
            return FuzzTarget(
                pattern: line.pattern, path: path, limit: line.limit,
                actors: actors.isEmpty ? everybody : everybody.filter(actors.contains),
                mayBeSent: !actors.isEmpty,
                form: best?.value.min { $0.key < $1.key }?.value)
        }
    }

    private static func weight(_ action: String, _ forms: [String: FormOnPage]) -> (Int, Int, String) {
        (forms.values.map(\.fields.count).max() ?? 0, forms.count, action)
    }

    private static func matches(_ pattern: String, _ action: String) -> Bool {
        let parts = pattern.split(separator: "/")
        let given = action.prefix { $0 != "?" }.split(separator: "/")
        return parts.count == given.count && zip(parts, given).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
}

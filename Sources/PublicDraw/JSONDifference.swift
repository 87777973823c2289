extension JSON {
    struct Difference: Hashable {
        let path: String
        let left: String
        let right: String
    }

    /// The first place at which another value differs; nil if both are equal byte for byte.
    func firstDifference(from other: JSON, at path: String = "") -> Difference? {
        switch (self, other) {
        case (.object(let left), .object(let right)):
            let mine = Dictionary(uniqueKeysWithValues: left.map { (Exact($0.name), $0) })
            let theirs = Dictionary(uniqueKeysWithValues: right.map { (Exact($0.name), $0) })
            for member in (left + right).sorted(by: { $0.name < $1.name }) {
                let place = path.isEmpty ? member.name : "\(path).\(member.name)"
                switch (mine[Exact(member.name)], theirs[Exact(member.name)]) {
                case (let a?, let b?):
                    if let difference = a.value.firstDifference(from: b.value, at: place) {
                        return difference
                    }
                case (let a, let b):
                    return Difference(
                        path: place, left: a?.value.excerpt ?? "nothing", right: b?.value.excerpt ?? "nothing"
                    )
                }
            }
            return nil
        case (.array(let left), .array(let right)):
            for index in 0..<min(left.count, right.count) {
                if let found = left[index].firstDifference(from: right[index], at: "\(path)[\(index)]") {
                    return found
                }
            }
            guard left.count == right.count else {
                return Difference(path: path, left: "\(left.count) elements", right: "\(right.count)")
            }
            return nil
        case (.string(let left), .string(let right)) where Exact(left) == Exact(right): return nil
        case (.integer(let left), .integer(let right)) where left == right: return nil
        case (.integer, _), (.string, _), (.array, _), (.object, _):
            return Difference(path: path, left: excerpt, right: other.excerpt)
        }
    }

    /// Enough to recognise it.
    private var excerpt: String {
        let text = canonical
        return text.count <= 80 ? text : "\(text.prefix(80))…"
    }
}

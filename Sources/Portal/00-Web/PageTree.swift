import Mustache

/// A page's words laid out by name, once for a rendering.
///
/// Left to itself the template engine reflects a struct at every tag, and reads all of its fields each time, also to
/// learn that `w` is none of them. Of a list of fifty rows that was most of the time the page took.
enum PageTree {
    /// Structs become dictionaries and optionals what they hold; nil where there is nothing.
    static func of(_ value: Any) -> Any? {
        // The commonest first: a cast costs less than a reflection.
        if value is String || value is Bool || value is Int { return value }
        if value is any MustacheParent { return value }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.flatMap { of($0.value) }
        case .collection, .set: return mirror.children.map { of($0.value) ?? $0.value }
        case .struct, .class, .tuple:
            var fields: [String: Any] = [:]
            fields.reserveCapacity(mirror.children.count)
            for (label, value) in mirror.children {
                guard let label, let field = of(value) else { continue }
                fields[label] = field
            }
            return fields
        default: return value
        }
    }
}

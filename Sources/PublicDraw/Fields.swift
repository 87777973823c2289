/// Reads the members of one object by name, and refuses what nobody asked for: a member that is not read is not
/// covered by what is verified.
struct Fields {
    private var members: [Exact: JSON.Member] = [:]
    private let path: String

    init(_ json: JSON, at path: String) throws(DocumentRefused) {
        guard case .object(let list) = json else { throw .shape(at: path, "it must be an object") }
        self.path = path
        for member in list { members[Exact(member.name)] = member }
    }

    func place(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    mutating func optional(_ name: String) -> JSON? { members.removeValue(forKey: Exact(name))?.value }

    mutating func required(_ name: String) throws(DocumentRefused) -> JSON {
        guard let value = optional(name) else { throw .shape(at: path, "\(name) is missing") }
        return value
    }

    mutating func string(_ name: String) throws(DocumentRefused) -> String {
        try required(name).string(at: place(name))
    }

    mutating func optionalString(_ name: String) throws(DocumentRefused) -> String? {
        guard let value = optional(name) else { return nil }
        return try value.string(at: place(name))
    }

    mutating func optionalInteger(_ name: String) throws(DocumentRefused) -> Int? {
        guard let value = optional(name) else { return nil }
        guard case .integer(let number) = value else {
            throw .shape(at: place(name), "it must be a whole number")
        }
        return number
    }

    /// Each element with its place.
    mutating func list<Element>(
        _ name: String, _ read: (JSON, String) throws(DocumentRefused) -> Element
    ) throws(DocumentRefused) -> [Element] {
        try required(name).elements(at: place(name), read)
    }

    mutating func format(_ expected: String) throws(DocumentRefused) {
        let found = try string("format")
        guard found == expected else { throw .shape(at: place("format"), "it must be \(expected)") }
    }

    func finish() throws(DocumentRefused) {
        if let unknown = members.values.map(\.name).min() {
            throw .shape(at: place(unknown), "nothing is known of it")
        }
    }
}

extension JSON {
    func string(at path: String) throws(DocumentRefused) -> String {
        guard case .string(let text) = self else { throw .shape(at: path, "it must be a text") }
        return text
    }

    func elements<Element>(
        at path: String, _ read: (JSON, String) throws(DocumentRefused) -> Element
    ) throws(DocumentRefused) -> [Element] {
        guard case .array(let elements) = self else { throw .shape(at: path, "it must be a list") }
        var result: [Element] = []
        result.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            result.append(try read(element, "\(path)[\(index)]"))
        }
        return result
    }
}

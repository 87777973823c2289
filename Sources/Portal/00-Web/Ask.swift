package import Lifecycle
package import Store

/// One request, parsed at the edge: who asks, for what, with which words.
package struct Ask: Sendable {
    package let house: House
    package let method: String
    package let path: String
    package let parameters: [String: String]
    package let query: FormFields
    package let form: FormFields
    package let files: [UploadedFile]
    package let headers: [String: String]
    package let session: Session?
    package let viewer: Viewer
    /// The same from the request's beginning to its end, also where a file of words changes meanwhile.
    package let words: Words.Catalogue
    /// Token that a form of the answer has to carry.
    package let csrf: String
    /// From this very machine, by the connection's address.
    package let isLoopback: Bool
    /// When the request's last byte had arrived, by the server's clock. Deadlines compare this.
    package let now: Instant
    /// By which terms in working days are counted.
    package let calendar: WorkCalendar
    /// The connection's other end; nil in a test.
    package var connection: String?

    package var language: Language { words.language }

    /// Whether a proxy on this machine passed the request on. Only such a one is believed.
    package var isForwarded: Bool {
        isLoopback && (headers["x-forwarded-for"] != nil || headers["forwarded"] != nil)
    }

    /// Who asks, by address: what the proxy on this machine saw, else the connection's other end.
    package var address: String {
        let last = headers["x-forwarded-for"]?.split(separator: ",").last.map { String($0).trimmed }
        return (isLoopback ? last : nil) ?? connection ?? "local"
    }

    /// From a person at this very machine, not from a proxy that passes the world's requests on.
    package var isLocal: Bool { isLoopback && !isForwarded }

    /// The request reached the proxy on this machine by TLS.
    package var isSecure: Bool { isLoopback && headers["x-forwarded-proto"]?.lowercased() == "https" }

    /// The value of a cookie the browser sent.
    package func cookie(_ name: String) -> String? { Reception.cookies(headers["cookie"] ?? "")[name] }

    /// A part of the path; empty if the route has no such part.
    package func parameter(_ name: String) -> String { parameters[name] ?? "" }
    package func id<Noun>(_ name: String, _ noun: Noun.Type = Noun.self) -> ID<Noun> { ID(parameter(name)) }

    /// Reads one consistent picture of the house.
    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await house.database.read(body)
    }

    /// One transaction in which facts are appended in the viewer's name.
    package func change<Value: Sendable>(
        _ body: @escaping @Sendable (Change) throws -> Value
    ) async throws -> Value {
        try await house.change(by: viewer.person, at: now, body)
    }

    /// Throws ``Missing`` unless somebody is signed in.
    package func signedIn() throws -> ID<Person> {
        guard let person = viewer.person else { throw Missing() }
        return person
    }

    /// Throws ``Missing`` unless the viewer holds one of the roles: a page that is not yours does not exist.
    package func require(_ roles: Role...) throws {
        guard roles.contains(where: viewer.holds) else { throw Missing() }
    }
}

/// The answer to an unseen and to a missing object alike: not found for who is signed in, the sign-in page
/// for who is not.
package struct Missing: Error { package init() {} }

/// Names and values of a form or a query, in order; a name may come more than once.
package struct FormFields: Sendable, Hashable {
    package let pairs: [(name: String, value: String)]
    /// Where each name stands first: a form of thousands of lines is asked for each of them.
    private let places: [String: Int]

    package init(_ pairs: [(name: String, value: String)] = []) {
        self.pairs = pairs
        places = Dictionary(
            pairs.indices.map { (pairs[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The first value under the name.
    package subscript(_ name: String) -> String? { places[name].map { pairs[$0].value } }

    /// The first value without white space around it; empty when absent.
    package func text(_ name: String) -> String {
        (self[name] ?? "").trimmed
    }

    package func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    package static func == (left: Self, right: Self) -> Bool {
        left.pairs.elementsEqual(right.pairs) { $0 == $1 }
    }

    package func hash(into hasher: inout Hasher) {
        for pair in pairs {
            hasher.combine(pair.name)
            hasher.combine(pair.value)
        }
    }
}

package struct UploadedFile: Sendable {
    package let field: String
    /// As the browser sent it: hostile text.
    package let name: String
    package let bytes: [UInt8]

    package init(field: String, name: String, bytes: [UInt8]) {
        self.field = field
        self.name = name
        self.bytes = bytes
    }
}

extension String {
    package var trimmed: String {
        var view = Substring(self)
        while let first = view.first, first.isWhitespace { view.removeFirst() }
        while let last = view.last, last.isWhitespace { view.removeLast() }
        return String(view)
    }
}

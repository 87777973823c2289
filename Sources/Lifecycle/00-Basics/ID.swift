/// The name of one thing of a kind: `ID<Person>`, `ID<Application>`.
///
/// Sixteen letters of Crockford's base 32 (80 random bits): it can be read over the telephone and cannot
/// be guessed. Being known is not being allowed: every object is reached through ``Viewer``.
package struct ID<Noun>: Hashable, Sendable, RawRepresentable, Codable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
    package init(_ rawValue: String) { self.rawValue = rawValue }

    /// A new, random name.
    package static func random(using chance: inout some RandomNumberGenerator) -> Self {
        var letters = ""
        for _ in 0..<16 { letters.append(crockford[Int.random(in: 0..<32, using: &chance)]) }
        return Self(letters)
    }

    package var description: String { rawValue }

    package init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// Without i, l, o and u, which are misread.
private let crockford = Array("0123456789abcdefghjkmnpqrstvwxyz")

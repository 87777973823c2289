import Foundation
import Testing

/// The vector files beside the tests; `Vectors/README.md` names their origins.
enum Vectors {
    static func load<File: Decodable>(_ name: String, as type: File.Type = File.self) throws -> File {
        let url = try #require(Bundle.module.url(forResource: "Vectors/\(name)", withExtension: "json"))
        return try JSONDecoder().decode(type, from: Data(contentsOf: url))
    }
}

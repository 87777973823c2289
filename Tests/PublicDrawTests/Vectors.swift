import Foundation
import Testing

/// The vectors beside the tests; `Vectors/README.md` names their origins.
struct Vectors: Decodable {
    let entropyRoundedUp: [Bits]
    let vectors: [Draw]

    struct Bits: Decodable {
        let pool: Int
        let select: Int
        let bits: Double
    }

    struct Draw: Decodable, CustomTestStringConvertible {
        let name: String
        let pool: Int
        let sources: [[String]]
        let key: String
        let draw: [Line]

        var testDescription: String { name }
    }

    struct Line: Decodable {
        let md5: String
        let div: Int
        let selected: Int
    }

    static let rfc3797: Vectors = {
        // The bundle is built with the tests; without it they cannot say anything.
        let url = Bundle.module.url(forResource: "Vectors/rfc3797", withExtension: "json")!
        do {
            return try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: url))
        } catch {
            fatalError("Vectors/rfc3797.json: \(error)")
        }
    }()
}

/// The part of JSON that the documents here use: whole numbers from 0 to 2^53 - 1, texts, lists and objects.
///
/// Within it, canonical form in the sense of RFC 8785 is short: no blanks, members sorted by name, few escapes. There
/// are no fractions, whose canonical form is long, and no literals, which nothing here needs.
enum JSON: Hashable, Sendable {
    case integer(Int)
    case string(String)
    case array([JSON])
    /// Members with unique names, in any order.
    case object([Member])

    struct Member: Hashable, Sendable {
        let name: String
        let value: JSON

        init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    static let largestInteger = 1 << 53 - 1

    static func integers(_ members: KeyValuePairs<String, Int>) -> [Member] {
        members.map { Member($0.key, .integer($0.value)) }
    }
}

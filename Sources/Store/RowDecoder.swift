/// The columns of one answer, looked up by property name.
///
/// A property `appliedAt` or `unitID` finds the column `applied_at` or `unit_id`. What was found is
/// kept, so that a million rows cost one lookup by spelling for each property.
final class Columns {
    let names: [String]
    private var places: [String: Int?] = [:]
    private lazy var spelt = Dictionary(grouping: names.indices) { Self.spelling(names[$0]) }

    init(_ names: [String]) {
        self.names = names
    }

    /// - Throws: `.decoding` where no column or more than one bears the name.
    func place(of property: String) throws -> Int {
        if let known = places[property] {
            if let known { return known }
        } else {
            let exact = names.indices.filter { names[$0] == property }
            let found = exact.isEmpty ? spelt[Self.spelling(property)] ?? [] : exact
            guard found.count < 2 else {
                throw StoreError(
                    .decoding(column: property, wanted: "one column of that name", found: "\(found.count)"))
            }
            places[property] = .some(found.first)
            if let place = found.first { return place }
        }
        throw StoreError(.decoding(column: property, wanted: "a column of that name", found: "none"))
    }

    /// Without underscores, ASCII in lower case: names in this house have no other letters.
    private static func spelling(_ name: String) -> String {
        var bytes: [UInt8] = []
        for byte in name.utf8 where byte != UInt8(ascii: "_") {
            let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            bytes.append(isUpper ? byte | 0x20 : byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

struct ColumnKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

/// Decodes one flat row: a property for each column, no nesting.
struct RowDecoder: Decoder {
    let columns: Columns
    let values: [SQLValue]
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        do {
            return try T(from: self)
        } catch let error as DecodingError {
            // A DecodingError's own words may quote the value.
            throw StoreError(
                .decoding(
                    column: error.column ?? columns.names.first ?? "", wanted: "\(T.self)", found: "a row"))
        }
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(RowContainer<Key>(columns: columns, values: values))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw StoreError(
            .decoding(column: columns.names.first ?? "", wanted: "an array", found: "a row"))
    }

    /// A row of one column may be read as that column's value.
    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        guard columns.names.count == 1 else {
            throw StoreError(
                .decoding(
                    column: columns.names.first ?? "", wanted: "one column", found: "\(columns.names.count)"))
        }
        return ColumnDecoder(column: columns.names[0], value: values[0])
    }
}

extension DecodingError {
    fileprivate var column: String? {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            context.codingPath.last?.stringValue
        case .keyNotFound(let key, _): key.stringValue
        @unknown default: nil
        }
    }
}

private struct RowContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let columns: Columns
    let values: [SQLValue]
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { columns.names.compactMap(Key.init(stringValue:)) }

    /// Always true: a column missing from the answer is a mistake of the query also where the property
    /// is optional, and reading it then says so.
    func contains(_ key: Key) -> Bool { true }

    func decodeNil(forKey key: Key) throws -> Bool {
        try values[columns.place(of: key.stringValue)] == .null
    }

    private func column(_ key: Key) throws -> ColumnDecoder {
        ColumnDecoder(column: key.stringValue, value: try values[columns.place(of: key.stringValue)])
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try column(key).decode(type) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try column(key).decode(type) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try column(key).decode(type) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try column(key).decode(type) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try column(key).decode(type) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try column(key).decode(type) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try column(key).decode(type) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try column(key).decode(type) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try column(key).decode(type) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try column(key).decode(type) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try column(key).decode(type) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try column(key).decode(type) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try column(key).decode(type) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try column(key).decode(type) }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try column(key).decode(type) }

    func nestedContainer<N: CodingKey>(keyedBy: N.Type, forKey key: Key) throws -> KeyedDecodingContainer<N> {
        try column(key).container(keyedBy: N.self)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try column(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { RowDecoder(columns: columns, values: values) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try column(key) }
}

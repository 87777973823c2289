/// Decodes one value of one column.
struct ColumnDecoder: Decoder, SingleValueDecodingContainer {
    let column: String
    let value: SQLValue
    var codingPath: [any CodingKey] { [ColumnKey(stringValue: column)] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw mismatch("a record")
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw mismatch("an array")
    }

    func decodeNil() -> Bool { value == .null }

    func decode(_ type: Bool.Type) throws -> Bool {
        switch value {
        case .integer(0): false
        case .integer(1): true
        case .null, .integer, .real, .text, .blob: throw mismatch("a boolean")
        }
    }

    func decode(_ type: String.Type) throws -> String {
        guard case .text(let text) = value else { throw mismatch("text") }
        return text
    }

    /// An integer is a real too: SQLite may keep 3.0 of an expression as 3.
    func decode(_ type: Double.Type) throws -> Double {
        switch value {
        case .real(let number): number
        case .integer(let number): Double(number)
        case .null, .text, .blob: throw mismatch("real")
        }
    }

    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_ type: Int.Type) throws -> Int { try integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        if type == [UInt8].self, case .blob(let bytes) = value, let bytes = bytes as? T { return bytes }
        if type == SQLValue.self, let value = value as? T { return value }
        do {
            return try T(from: self)
        } catch is DecodingError {
            // Its own words quote the value ("Cannot initialize … from invalid String value …").
            throw mismatch("\(T.self)")
        }
    }

    private func integer<I: FixedWidthInteger>() throws -> I {
        guard case .integer(let number) = value, let fitting = I(exactly: number) else {
            throw mismatch(I.self == Int64.self || I.self == Int.self ? "integer" : "\(I.self)")
        }
        return fitting
    }

    private func mismatch(_ wanted: String) -> StoreError {
        StoreError(.decoding(column: column, wanted: wanted, found: value.kind))
    }
}

import Store
import Testing

@Suite struct DecodingTests {
    enum State: String, Codable { case open, closed }
    struct Mark: RawRepresentable, Codable, SQLBindable, Equatable { var rawValue: Int64 }
    struct Dossier: Decodable, Equatable {
        var id: Mark
        var state: State
        var note: String?
    }
    struct Small: Decodable { var size: UInt8 }
    struct Flag: Decodable { var isOpen: Bool }

    private func decoding<T: Decodable & SendableMetatype>(_ type: T.Type, _ sql: SQL) async throws
        -> StoreError?
    {
        let db = try Database.inMemory()
        do {
            _ = try await db.read { tx in try tx.rows(sql, as: T.self).count }
            return nil
        } catch let error as StoreError {
            return error
        }
    }

    @Test func `enums and identifiers are read through their raw value`() async throws {
        let db = try Database.inMemory()
        let row = try await db.read { tx in
            try tx.row(
                "SELECT \(Mark(rawValue: 5)) AS id, 'closed' AS state, NULL AS note", as: Dossier.self)?.state
        }
        #expect(row == .closed)
    }

    @Test func `a wrong kind names the column and what was found`() async throws {
        let error = try await decoding(Dossier.self, "SELECT 'abc' AS id, 'open' AS state, NULL AS note")
        #expect(error?.kind == .decoding(column: "id", wanted: "integer", found: "text"))
        #expect(error?.statement == "SELECT 'abc' AS id, 'open' AS state, NULL AS note")
    }

    @Test func `a missing value names the column`() async throws {
        let error = try await decoding(Dossier.self, "SELECT 1 AS id, NULL AS state, NULL AS note")
        #expect(error?.kind == .decoding(column: "state", wanted: "text", found: "null"))
    }

    @Test func `an unknown word of an enum is not quoted in the error`() async throws {
        let error = try await decoding(Dossier.self, "SELECT 1 AS id, \("秘密") AS state, NULL AS note")
        #expect(error?.kind == .decoding(column: "state", wanted: "State", found: "text"))
        #expect(error.map { "\($0)".contains("秘密") } == false)
    }

    @Test func `a column that is not there is an error for an optional property too`() async throws {
        let error = try await decoding(Dossier.self, "SELECT 1 AS id, 'open' AS state")
        #expect(error?.kind == .decoding(column: "note", wanted: "a column of that name", found: "none"))
    }

    @Test func `two columns of one name are an error`() async throws {
        let error = try await decoding(Dossier.self, "SELECT 1 AS id, 2 AS id, 'open' AS state, NULL AS note")
        #expect(error?.kind == .decoding(column: "id", wanted: "one column of that name", found: "2"))
    }

    @Test func `a number that does not fit is an error`() async throws {
        let small = try await decoding(Small.self, "SELECT 256 AS size")
        #expect(small?.kind == .decoding(column: "size", wanted: "UInt8", found: "integer"))
        let flag = try await decoding(Flag.self, "SELECT 2 AS is_open")
        #expect(flag?.kind == .decoding(column: "isOpen", wanted: "a boolean", found: "integer"))
    }
}

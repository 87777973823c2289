import Testing

@testable import Store

@Suite struct SQLTests {
    enum Grade: String, SQLBindable { case good = "甲" }

    @Test func `a value becomes a placeholder and never text`() {
        let name = "'; DROP TABLE person; --"
        let sql: SQL =
            "SELECT \(name), \(7), \(true), \(1.5), \([UInt8]([1, 2])), \(Int64?.none), \(Grade.good)"
        #expect(sql.text == "SELECT ?, ?, ?, ?, ?, ?, ?")
        #expect(
            sql.arguments == [
                .text(name), .integer(7), .integer(1), .real(1.5), .blob([1, 2]), .null, .text("甲"),
            ])
    }

    @Test func `an embedded piece brings its text and its values in order`() {
        let inner: SQL = "a = \(1) AND b = \(2)"
        let sql: SQL = "WHERE c = \(0) AND (\(sql: inner)) AND d = \(3)"
        #expect(sql.text == "WHERE c = ? AND (a = ? AND b = ?) AND d = ?")
        #expect(sql.arguments == [.integer(0), .integer(1), .integer(2), .integer(3)])
    }

    @Test func `pieces are joined and summed`() {
        let pieces: [SQL] = ["a = \(1)", "b = \(2)", "c"]
        #expect(pieces.joined(" AND ").text == "a = ? AND b = ? AND c")
        #expect(pieces.joined(" AND ").arguments == [.integer(1), .integer(2)])
        #expect([SQL]().joined(" AND ").isEmpty)
        #expect((SQL() + "x = \(1)" + " OR y").text == "x = ? OR y")
    }

    @Test(arguments: [(1, 1), (2, 2), (3, 4), (4, 4), (5, 8), (127, 128), (128, 128), (129, 129), (300, 300)])
    func `a list is filled up with its last member, so that lists of many lengths share a text`(
        members: Int, places: Int
    ) {
        let sql: SQL = "id IN \(list: Array(1...members))"
        #expect(sql.text == "id IN (" + Array(repeating: "?", count: places).joined(separator: ", ") + ")")
        let filled = (1...places).map { SQLValue.integer(Int64(min($0, members))) }
        #expect(sql.arguments == filled)
        #expect(sql.variesInLength == (members > 128))
    }

    @Test func `an identifier is quoted`() {
        let sql: SQL = "SELECT count(*) FROM \(identifier: "person")"
        #expect(sql.text == "SELECT count(*) FROM \"person\"")
    }

    @Test func `neither print nor dump of a statement shows a value`() {
        let sql: SQL = "SELECT \("110101199003071234")"
        var dumped = ""
        dump(sql, to: &dumped)
        #expect(!"\(sql)".contains("110101"))
        #expect(!String(reflecting: sql).contains("110101"))
        #expect(!dumped.contains("110101"))
    }
}

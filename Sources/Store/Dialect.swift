internal import Foundation

/// Turns schema text from the shared words into an engine's own.
///
/// Shared: `BIGINT`, `TEXT`, `BYTEA`, `BOOLEAN`, `DOUBLE PRECISION`, and
/// `BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY`; constraints, indexes and views as in SQL.
/// PostgreSQL takes them as they are. For SQLite the type words are replaced and every table is made
/// `STRICT`, so that it too refuses a value of the wrong type.
enum Dialect {
    static func sqlite(_ text: String) -> String {
        strict(replacingWords(scan(text))).joined()
    }

    /// The longest first: an identity begins with a word that is also a type.
    private static let words: [(shared: [String], sqlite: String)] = [
        (["BIGINT", "GENERATED", "ALWAYS", "AS", "IDENTITY", "PRIMARY", "KEY"], "INTEGER PRIMARY KEY"),
        (["DOUBLE", "PRECISION"], "REAL"),
        (["BYTEA"], "BLOB"),
        (["BIGINT"], "INTEGER"),
        (["SMALLINT"], "INTEGER"),
        (["BOOLEAN"], "INTEGER"),
    ]

    private static func replacingWords(_ pieces: [String]) -> [String] {
        var result: [String] = []
        var place = 0
        search: while place < pieces.count {
            for (shared, sqlite) in words {
                if let end = match(shared, in: pieces, from: place) {
                    result.append(sqlite)
                    place = end
                    continue search
                }
            }
            result.append(pieces[place])
            place += 1
        }
        return result
    }

    /// Adds STRICT after the closing bracket of every `CREATE TABLE name (…)`.
    private static func strict(_ pieces: [String]) -> [String] {
        var result: [String] = []
        var inTable = false
        var depth = 0
        for (place, piece) in pieces.enumerated() {
            result.append(piece)
            if match(["CREATE", "TABLE"], in: pieces, from: place) != nil {
                inTable = true
                depth = 0
            }
            guard inTable else { continue }
            switch piece {
            case "(": depth += 1
            case ")":
                depth -= 1
                if depth == 0 {
                    result.append(" STRICT")
                    inTable = false
                }
            case ";": inTable = false
            default: break
            }
        }
        return result
    }

    /// The place after `words` if they stand at `start` with only white space or comments between.
    private static func match(_ words: [String], in pieces: [String], from start: Int) -> Int? {
        var place = start
        for (index, word) in words.enumerated() {
            if index > 0 {
                while place < pieces.count, isGap(pieces[place]) { place += 1 }
            }
            // By length first: it tells nearly all pieces from the words, without writing each anew.
            guard place < pieces.count, pieces[place].utf8.count == word.utf8.count,
                pieces[place].uppercased() == word
            else { return nil }
            place += 1
        }
        return place
    }

    private static func isGap(_ piece: String) -> Bool {
        piece.hasPrefix("--") || piece.hasPrefix("/*") || piece.allSatisfy(\.isWhitespace)
    }

    /// Cuts the text into words, quoted text, comments, white space and single signs; joined, they are
    /// the text again.
    private static func scan(_ text: String) -> [String] {
        var pieces: [String] = []
        var rest = Substring(text)
        while let first = rest.first {
            let end = end(ofPieceAt: first, in: rest)
            pieces.append(String(rest[..<end]))
            rest = rest[end...]
        }
        return pieces
    }

    private static func end(ofPieceAt first: Character, in rest: Substring) -> Substring.Index {
        func after(_ close: String, from start: Substring.Index) -> Substring.Index {
            rest[start...].range(of: close)?.upperBound ?? rest.endIndex
        }
        func until(_ ends: (Character) -> Bool) -> Substring.Index {
            rest.firstIndex(where: ends) ?? rest.endIndex
        }
        let second = rest.index(after: rest.startIndex)
        // A doubled quote ends one piece and begins the next, which joins to the same text.
        if first == "'" || first == "\"" { return after(String(first), from: second) }
        if rest.hasPrefix("--") { return until(\.isNewline) }
        if rest.hasPrefix("/*") { return after("*/", from: rest.index(after: second)) }
        if first.isWhitespace { return until { !$0.isWhitespace } }
        if first.isLetter || first == "_" { return until { !$0.isLetter && !$0.isNumber && $0 != "_" } }
        return second
    }
}

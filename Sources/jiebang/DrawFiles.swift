import Foundation
import Portal
import PublicDraw

/// Files that a draw reads, `-` for standard input.
enum DrawFile {
    static func bytes(_ file: String) throws -> [UInt8] {
        // A handle rather than FileManager: it reads pipes too, such as those of a shell's <(…).
        guard let handle = file == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: file),
            // Nil at once at the end of an empty file.
            let data = try? handle.readToEnd() ?? Data()
        else {
            throw Complaint(
                "\(file):1:1: error: \(Terminal.words("无法读取此文件", "the file cannot be read")) [file.missing]")
        }
        return Array(data)
    }

    static func text(_ file: String) throws -> String {
        guard let text = String(validating: try bytes(file), as: UTF8.self) else {
            throw Complaint(
                "\(file):1:1: error: \(Terminal.words("不是有效的 UTF-8", "this is not valid UTF-8")) [text.utf8]")
        }
        // An editor on Windows may have put a byte order mark before JSON.
        return text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    }

    static func records(_ file: String) throws -> [CSVRecord] { try rows(file) { $0 }.rows }

    /// What each row of a table says, and the line it stands in.
    static func rows<Row>(_ file: String, _ read: (CSVRecord) throws(CSVProblem) -> Row) throws
        -> (rows: [Row], lines: [Int])
    {
        let bytes = try bytes(file)
        do throws(CSVProblem) {
            let records = try CSVReader.records(utf8: bytes)
            var rows: [Row] = []
            for record in records { rows.append(try read(record)) }
            return (rows, records.map(\.line))
        } catch {
            throw Complaint("\(file):\(error)")
        }
    }

    static func complaint(_ file: String, line: Int, _ text: some CustomStringConvertible, code: String)
        -> String
    {
        "\(file):\(line):1: error: \(text) [\(code)]"
    }
}

/// POOL.csv with the line of each entry.
struct DrawPool {
    let file: String
    let entries: [PoolEntry]
    private let lines: [Int]

    init(file: String, strata: String?, tickets: String?) throws {
        self.file = file
        let records = try DrawFile.records(file)
        guard let first = records.first else {
            throw Complaint(DrawFile.complaint(file, line: 1, CommitmentRefused.poolEmpty, code: "draw.pool"))
        }
        for column in [strata, tickets].compactMap(\.self) where first[column] == nil {
            throw Complaint(
                DrawFile.complaint(
                    file, line: 1, "there is no column “\(column)”", code: "draw.column"))
        }
        lines = records.map(\.line)
        entries = try records.map { record in
            var count = 1
            if let tickets, let text = record[tickets] {
                guard let number = Int(text) else {
                    throw Complaint(
                        DrawFile.complaint(
                            file, line: record.line,
                            "“\(text)” is no number of tickets; write 1 to \(PoolEntry.mostTickets)",
                            code: "draw.pool"))
                }
                count = number
            }
            return PoolEntry(
                id: record["id"] ?? record.fields[0], stratum: strata.flatMap { record[$0] }, tickets: count)
        }
    }

    /// A refusal of an entry with its line, nil for other refusals.
    func place(of refusal: CommitmentRefused) -> String? {
        switch refusal {
        case .entryRepeated(let entry, let earlier, let id):
            DrawFile.complaint(
                file, line: lines[entry],
                "\(id) stands in line \(lines[earlier]) already; an id stands once", code: "draw.pool")
        case .entryName(let entry), .tickets(let entry, _), .entryStratum(let entry):
            DrawFile.complaint(file, line: lines[entry], refusal, code: "draw.pool")
        case .poolEmpty, .poolTooLarge, .notInRFC3797(.tickets), .notInRFC3797(.classes), .quotaUnknown,
            .tooFewEligible, .tooManyRounds:
            DrawFile.complaint(file, line: 1, refusal, code: "draw.pool")
        case .title, .exclusionUnknown, .exclusionRepeated, .exclusionReason, .noPlaces, .quotaStratum,
            .quotaRepeated, .quotaNegative, .quotaMissing, .noSources, .sourceName, .sourceRepeated,
            .sourceCount, .contributionsTooFew, .quorum, .party, .contributionHash,
            .notInRFC3797(.sourceKind):
            nil
        }
    }
}

/// The file of `--exclude` with the line of each row.
struct DrawExclusions {
    let file: String
    let exclusions: [Exclusion]
    private let lines: [Int]

    init(file: String) throws {
        self.file = file
        (exclusions, lines) = try DrawFile.rows(file) { record throws(CSVProblem) in
            Exclusion(id: try record.required("id"), reason: try record.required("reason"))
        }
    }

    func place(of refusal: CommitmentRefused) -> String? {
        switch refusal {
        case .exclusionUnknown(let index, _), .exclusionRepeated(let index, _), .exclusionReason(let index):
            DrawFile.complaint(file, line: lines[index], refusal, code: "draw.exclude")
        default: nil
        }
    }
}

/// The file of `--promises`: a row for each party.
struct DrawPromises {
    let file: String
    let contributions: [Contribution]
    private let lines: [Int]

    init(file: String) throws {
        self.file = file
        (contributions, lines) = try DrawFile.rows(file) { record throws(CSVProblem) in
            Contribution(party: try record.required("party"), hash: try record.required("hash"))
        }
    }

    func place(of refusal: CommitmentRefused) -> String? {
        switch refusal {
        case .party(_, let party), .contributionHash(_, let party):
            // The later row is at fault where two agree.
            contributions.lastIndex { $0.party == party }.map {
                DrawFile.complaint(file, line: lines[$0], refusal, code: "draw.promises")
            }
        default: nil
        }
    }
}

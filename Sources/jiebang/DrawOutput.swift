import Foundation
import Portal
import PublicDraw

/// Where a document goes, and what is said beside it: with a file the summary is the result, else the document is.
struct DrawOutput {
    let file: String?
    let json: Bool

    func write(_ document: String, _ summary: some Encodable & CustomStringConvertible) throws {
        let text = try json ? encoded(summary) : summary.description
        if let file {
            // Published, so that others may read it.
            try DurableFile.write(Array(document.utf8), to: file, mode: 0o644)
            Terminal.say(text)
        } else {
            FileHandle.standardOutput.write(Data(document.utf8))
            Terminal.tell(text)
        }
    }

    private func encoded(_ summary: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return String(decoding: try encoder.encode(summary), as: UTF8.self)
    }
}

/// What `draw commit` says.
struct DrawCommitSummary: Encodable, CustomStringConvertible {
    let digest: String
    let poolDigest: String
    let profile: String
    let entries: Int
    let excluded: Int
    let quotas: [Line]
    let sources: [String]
    let bitsNeeded: Double

    struct Line: Encodable {
        let stratum: String?
        let places: Int
        let alternates: Int

        enum CodingKeys: String, CodingKey {
            case stratum = "class"
            case places, alternates
        }
    }

    init(_ commitment: Commitment) {
        digest = commitment.digest
        poolDigest = commitment.poolDigest
        profile = commitment.profile.rawValue
        entries = commitment.pool.count
        excluded = commitment.exclusions.count
        quotas = commitment.quotas.map {
            Line(stratum: $0.stratum, places: $0.places, alternates: $0.alternates)
        }
        sources = commitment.sources.map(\.name)
        bitsNeeded = (commitment.bitsNeeded * 10).rounded(.up) / 10
    }

    var description: String {
        var lines = [
            "commitment \(digest)",
            "pool       \(poolDigest), \(entries) entries, \(excluded) excluded",
        ]
        for quota in quotas {
            lines.append(
                "\(quota.stratum ?? "draw"): \(quota.places) places, \(quota.alternates) alternates")
        }
        lines.append("sources    \(sources.joined(separator: ", "))")
        lines.append(
            "The sources should bring at least \(bitsNeeded) bits of chance. Publish the digest before they have values."
        )
        return lines.joined(separator: "\n")
    }
}

/// What `draw run` and `draw verify` say.
struct DrawnSummary: Encodable, CustomStringConvertible {
    let commitment: String
    let key: String
    let drawn: [String]
    let alternates: [String]
    let skipped: [String]
    let unopened: [String]

    init(_ transcript: Transcript) {
        commitment = transcript.commitment.digest
        key = transcript.key
        drawn = transcript.drawn.map(\.id)
        alternates = transcript.alternates.map(\.id)
        skipped = transcript.skipped.map(\.id)
        unopened = transcript.unopened.map(\.party)
    }

    var description: String {
        var lines = ["commitment \(commitment)", "key        \(key)"]
        lines += drawn.enumerated().map { "\($0 + 1). \($1)" }
        lines += alternates.enumerated().map { "alternate \($0 + 1). \($1)" }
        lines += skipped.map { "skipped: \($0)" }
        lines += unopened.map { "missing or late: \($0)" }
        return lines.joined(separator: "\n")
    }
}

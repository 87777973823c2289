import Foundation
import Lifecycle
import Store

/// The list that a university put forward, with what the rules said of it then.
struct EndorsedList: Sendable {
    let university: String
    let ranked: [ID<Application>]
    let verdicts: [Verdict]

    private struct Row: Decodable, Sendable {
        let university: String
        let body: String
    }

    /// All of a call; one whose words were erased is not there.
    static func all(in call: ID<Call>, _ store: Transaction) throws -> [EndorsedList] {
        try store.rows(
            """
            SELECT organisation.name AS university, payload.body AS body FROM endorsement_list
            JOIN payload ON payload.number = endorsement_list.fact
            JOIN organisation ON organisation.id = endorsement_list.university
            WHERE endorsement_list.call = \(call) ORDER BY organisation.name
            """, as: Row.self
        ).map { row in
            let body = try JSONDecoder().decode(ListEndorsed.self, from: Data(row.body.utf8))
            return EndorsedList(university: row.university, ranked: body.ranked, verdicts: body.verdicts)
        }
    }
}

/// A list compares a university's applicants: it stays with those who decide and those who check.
enum EndorsedListSight {
    static let university = Field<EndorsedList, String>("university", seenBy: DecisionSight.officials) {
        $0.university
    }
    static let verdicts = Field<EndorsedList, [Verdict]>("verdicts", seenBy: DecisionSight.officials) {
        $0.verdicts
    }

    static let rows = [
        SightRow("endorsed list", university), SightRow("endorsed list", verdicts),
    ]
}

/// What one rule said of each university's list, for who chooses and who signs.
struct ListRuleBlock: Sendable {
    let label: String
    let ground: GroundWords
    let summary: String
    let lines: [Line]
    /// Unfolded from the start where a list does not meet it, or nobody knows.
    let open: Bool

    struct Line: Sendable {
        let university: String
        let kind: String
        let sign: String
        let facts: String
    }

    /// By rule, in the programme's order; of each rule what is not met first.
    static func all(_ picture: RoundPicture, _ words: Words.Catalogue) -> [ListRuleBlock] {
        var found: [String: [(university: String, verdict: Verdict)]] = [:]
        for list in picture.lists.map({ Seen($0, as: picture.relations) }) {
            guard let university = list[EndorsedListSight.university],
                let verdicts = list[EndorsedListSight.verdicts]
            else { continue }
            for verdict in verdicts { found[verdict.rule, default: []].append((university, verdict)) }
        }
        return picture.programme.rules.compactMap { rule in
            guard let said = found[rule.id], let first = said.first?.verdict else { return nil }
            return ListRuleBlock(said, first, words)
        }
    }

    private init(
        _ said: [(university: String, verdict: Verdict)], _ first: Verdict, _ words: Words.Catalogue
    ) {
        func count(_ result: Verdict.Result) -> Int { said.count { $0.verdict.result == result } }
        label = first.label.text(in: words.language)
        ground = GroundWords(first.standing, first.verified, first.citation, words)
        summary = words.filled(
            "round.lists.summary",
            ["met": "\(count(.met))", "unmet": "\(count(.unmet))", "unknown": "\(count(.unknown))"])
        open = count(.met) < said.count
        lines = [Verdict.Result.unmet, .unknown, .met].flatMap { result in
            said.filter { $0.verdict.result == result }.map { Line($0.university, $0.verdict, words) }
        }
    }
}

extension ListRuleBlock.Line {
    fileprivate init(_ university: String, _ verdict: Verdict, _ words: Words.Catalogue) {
        self.university = university
        kind = verdict.result.rawValue
        sign = words["rule.result.\(verdict.result.rawValue)"]
        facts = verdict.looked.map {
            "\($0.label.text(in: words.language)) \($0.text(in: words.language))"
        }.joined(separator: words.language == .zh ? "，" : ", ")
    }
}

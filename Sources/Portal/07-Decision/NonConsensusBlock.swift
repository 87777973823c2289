import Lifecycle
import Store

/// The route for proposals that experts disagree about, as the round's pages tell of it.
struct NonConsensusBlock: Sendable {
    let text: String
    let rule: String
    let ground: GroundWords

    /// - Parameter waiting: the proposals that wait for a decision.
    init(_ picture: NonConsensusPicture, waiting: [ID<Application>], used: Int, _ ask: Ask) {
        let words = ask.words
        let found = waiting.filter { picture.disagreements[$0]?.isNonConsensus == true }
        let terms = picture.terms
        text = words.filled(
            "champion.round",
            [
                "count": "\(found.count)", "cased": "\(found.count { picture.cases[$0] != nil })",
                "most": "\(terms.most)", "used": "\(used)",
            ])
        rule = words["champion.roundNote"]
        ground = GroundWords(terms.rules.standing, terms.rules.verified, terms.rules.cites, words)
    }
}

/// A line that a selection funds by the route: grounds, numbers seen and cases, for who confirms and who signs.
struct ChampionedLine: Sendable {
    let place: Int
    let number: String
    let title: String
    let university: String
    let disagreement: String
    let grounds: String
    let cases: [ChampionLine]

    /// The lines of a selection that go by the route.
    static func all(in selection: Selection, _ picture: RoundPicture, _ words: Words.Catalogue) -> [Self] {
        selection.routed.filter { picture.dossiers[$0.application] != nil }.map { line in
            let seen = picture.seen(line.application)
            let about = picture.nonConsensus
            return ChampionedLine(
                place: line.place, number: seen?[DossierSight.number] ?? "",
                title: seen?[DossierSight.title] ?? "",
                university: seen?[DossierSight.universityName] ?? "",
                disagreement: about?.disagreements[line.application].flatMap {
                    DisagreementWords.text(Seen($0, as: picture.relations), words)
                } ?? "",
                grounds: line.departure ?? "",
                cases: (about?.cases[line.application] ?? []).compactMap {
                    ChampionLine(Seen($0, as: picture.relations), words: words)
                })
        }
    }
}

extension Selection.NonConsensusGround {
    /// - Parameter picture: nil where the programme has no such route, and then there is no ground.
    init?(_ picture: NonConsensusPicture?, used: Int) {
        guard let picture else { return nil }
        self.init(
            terms: picture.terms, disagreements: picture.disagreements,
            cases: picture.cases.mapValues { $0.map(\.fact) }, used: used)
    }

    static func of(_ call: Call, _ programme: Programme, _ store: Transaction) throws -> Self? {
        Self(try ChampionQueries.picture(of: call, programme, store), used: try used(in: call.id, store))
    }

    /// Proposals of the call that were funded by the route; one that an objection undid gives its place back.
    static func used(in call: ID<Call>, _ store: Transaction) throws -> Int {
        try store.value(
            """
            SELECT COUNT(*) FROM decision WHERE call = \(call) AND funded = \(true)
              AND route = \(Selection.Route.Kind.nonConsensus.rawValue) AND overturned_at IS NULL
            """, as: Int.self) ?? 0
    }
}

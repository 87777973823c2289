import Crypto
package import Lifecycle
import PublicDraw

/// Between the house's nouns and the kernel's.
extension DrawActs {
    /// What is published for an entry: 16 hexadecimal digits of SHA-256 over `salt/kind/id`.
    package static func code(of subject: Subject, salt: String) -> String {
        let digest = SHA256.hash(data: Array("\(salt)/\(subject.kind)/\(subject.id)".utf8))
        return String(Canonical.hex(digest).prefix(16))
    }

    /// The commitment to a draw from these candidates. Reasons are published in Chinese, the language of record.
    static func commitment(
        _ draw: DrawRecord, _ coded: [(code: String, candidate: PoolCandidate)], sources: [RandomSource],
        notBefore: Instant, _ house: House
    ) throws -> Commitment {
        let words = house.words(in: .zh)
        let strata =
            draw.byClass
            ? quotas(draw, coded.map(\.candidate)) : [Quota(places: draw.places, alternates: draw.alternates)]
        guard let strata else { throw Refused("draw.too-few", ["count": "\(draw.places)"]) }
        // The commitment hashes itself too, so that several draws by one lottery are independent.
        let all = sources + [RandomSource(name: words["draw.itself"], kind: .commitment)]
        do throws(CommitmentRefused) {
            return try Commitment(
                title: words.filled(
                    draw.quorum == nil ? "draw.committed-title" : "draw.chance.committed-title",
                    ["title": draw.title, "at": notBefore.text]),
                pool: coded.map {
                    PoolEntry(id: $0.code, stratum: draw.byClass ? $0.candidate.stratum : nil)
                },
                exclusions: coded.compactMap { code, candidate in
                    candidate.excluded.map { PublicDraw.Exclusion(id: code, reason: words.sentence($0)) }
                }, quotas: strata, sources: all)
        } catch {
            throw Refused([refusal(error)])
        }
    }

    /// Places in proportion to who may be drawn, classes in the order of their names; nil if there are too few.
    private static func quotas(_ draw: DrawRecord, _ candidates: [PoolCandidate]) -> [Quota]? {
        var sizes: [String: Int] = [:]
        for candidate in candidates {
            sizes[candidate.stratum, default: 0] += candidate.excluded == nil ? 1 : 0
        }
        let classes = sizes.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        guard let shares = Quota.apportion(places: draw.places, sizes: classes.map { sizes[$0] ?? 0 }) else {
            return nil
        }
        return zip(classes, shares).map { stratum, share in
            // A class that is drawn out has fewer to stand by, and one from which nobody is drawn needs none.
            let left = share == 0 ? 0 : (sizes[stratum] ?? 0) - share
            return Quota(stratum: stratum, places: share, alternates: min(draw.alternates, left))
        }
    }

    /// What was written into the form, source by source. An empty field is a source without value.
    static func values(_ written: [String: String], for commitment: Commitment) -> [SourceValue] {
        commitment.sources.compactMap { source in
            guard let text = written[source.name], !text.trimmed.isEmpty else { return nil }
            return source.content(written: text).map { SourceValue(source: source.name, content: $0) }
        }
    }

    static func result(_ round: Round) -> DrawHeld.Result {
        switch round.outcome {
        case .drawn(let place): DrawHeld.Result(code: round.id, outcome: .drawn, place: place)
        case .alternate(let place): DrawHeld.Result(code: round.id, outcome: .alternate, place: place)
        case .skipped: DrawHeld.Result(code: round.id, outcome: .skipped, place: nil)
        }
    }

    /// What a form can cause is said in the house's words; the rest names the kernel's own.
    private static func refusal(_ refused: CommitmentRefused) -> Refusal {
        switch refused {
        case .tooFewEligible(let stratum, let eligible, let places, let alternates):
            Refusal(
                "draw.too-few-of",
                [
                    "stratum": stratum.map(StratumNames().text) ?? "", "eligible": "\(eligible)",
                    "count": "\(places) + \(alternates)",
                ])
        case .noSources, .sourceName: Refusal("draw.sources")
        case .sourceRepeated(_, let name): Refusal("draw.source-twice", ["name": name])
        case .title, .poolEmpty, .poolTooLarge, .entryName, .entryRepeated, .tickets, .entryStratum,
            .exclusionUnknown, .exclusionRepeated, .exclusionReason, .noPlaces, .quotaStratum, .quotaUnknown,
            .quotaRepeated, .quotaNegative, .quotaMissing, .tooManyRounds, .sourceCount,
            .contributionsTooFew, .quorum, .party, .contributionHash, .notInRFC3797:
            Refusal("draw.commitment", ["why": refused.description])
        }
    }

    static func refusal(_ refused: ValuesRefused) -> Refusal {
        switch refused {
        case .missing(let source): Refusal("draw.value-missing", ["source": source])
        case .count(let source, let expected, let found):
            Refusal(
                "draw.value-count", ["source": source, "expected": "\(expected)", "found": "\(found)"])
        case .notNumber(let source, let value), .notWhole(let source, let value):
            Refusal("draw.value-number", ["source": source, "value": value])
        case .notHexadecimal(let source): Refusal("draw.value-hex", ["source": source])
        case .tooFewOpened(_, let quorum, let absent):
            Refusal(
                "draw.too-few-opened", ["quorum": "\(quorum)", "absent": absent.joined(separator: "、")])
        case .unknownSource, .sourceTwice, .otherKind, .unknownParty, .partyTwice, .falseSecret:
            Refusal("draw.values", ["why": refused.description])
        }
    }
}

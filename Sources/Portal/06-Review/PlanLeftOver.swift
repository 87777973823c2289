import Foundation
import Lifecycle
import Matching
import MatchingFiles
import Store

/// What a signed plan left behind, told in the numbers of a new problem: applications that have gone and experts who
/// have left are dropped, and who is new has no price yet.
enum PlanLeftOver {
    private struct Place: Decodable, Sendable {
        let expert: ID<Person>
        let place: Int
    }

    private struct Pair: Decodable, Sendable {
        let application: ID<Application>
        let expert: ID<Person>
    }

    /// Nil where the plan's certificate cannot be read; then one begins anew.
    static func read(
        _ plan: ID<AssignmentPlan>, _ made: PairingProblem, _ problem: MatchingProblem, _ store: Transaction
    ) throws -> Solution? {
        let bytes = try PlanQueries.bytes(of: "certificate.json", in: plan, isPublic: false, store)
        guard let file = try? JSONDecoder().decode(CertificateFile.self, from: Data(bytes)), file.scale == 1
        else { return nil }
        let index = Dictionary(
            uniqueKeysWithValues: made.ground.experts.enumerated().map { ($1.person, $0) })
        var prices = [Int64](repeating: 0, count: problem.experts)
        let places = try store.rows(
            "SELECT expert, place FROM assignment_plan_expert WHERE plan = \(plan)", as: Place.self)
        for place in places {
            guard let expert = index[place.expert], file.prices.indices.contains(place.place) else {
                continue
            }
            prices[expert] = file.prices[place.place]
        }
        let kept = try store.rows(
            """
            SELECT application, expert FROM assignment_plan_pair
            WHERE plan = \(plan) AND change IN ('added', 'kept')
            """, as: Pair.self)
        let byApplication = Dictionary(grouping: kept, by: \.application)
        let rows = made.ground.dossiers.map { dossier in
            (byApplication[dossier.id] ?? []).compactMap { index[$0.expert].map { Int32($0) } }
        }
        return Solution(
            leftOver: Matching.Assignment(rows: rows), Certificate(prices: prices), of: problem)
    }
}

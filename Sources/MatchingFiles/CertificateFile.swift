internal import Crypto
internal import Foundation
package import Matching

/// `cert.json`: what is claimed of an assignment, and the prices that prove it.
package struct CertificateFile: Codable, Sendable {
    package static let currentFormat = "matching-certificate/1"

    package var format: String
    /// Units to one point of score.
    package var scale: Int64
    /// The sum of scores, in units.
    package var total: Int64
    package var unfilled: Int
    /// By how many units a total could be higher at most.
    package var gap: Int64
    /// SHA-256 over the assignment file and the prices, so that no certificate is laid beside another's
    /// assignment.
    package var digest: String
    /// The price of a place with each expert, in units.
    package var prices: [Int64]
    /// What is claimed of fairness; absent where the total alone was sought.
    package var fair: FairClaim?

    package init(_ solution: Solution, scale: ScoreScale) {
        format = Self.currentFormat
        self.scale = scale.scale
        total = solution.report.total
        unfilled = solution.report.unfilled
        gap = solution.report.gap
        digest = Self.digest(solution.assignment, solution.certificate.prices)
        prices = solution.certificate.prices
        fair = solution.fairness.map(FairClaim.init)
    }

    package var bytes: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
        }
    }

    package static func read(path: String) throws(FileRefused) -> CertificateFile {
        let file = try TextFile(path: path)
        let read: CertificateFile
        do {
            read = try JSONDecoder().decode(CertificateFile.self, from: Data(file.bytes))
        } catch {
            throw FileRefused(path, "is no certificate: \(Self.reason(error))")
        }
        guard read.format == currentFormat else {
            throw FileRefused(path, "format \(read.format); this program reads \(currentFormat)")
        }
        return read
    }

    /// Checks the claims against the problem and the assignment, without solving.
    ///
    /// - Throws: ``ClaimRefused``, or ``VerificationRefused`` where a rule is broken.
    package func verify(
        _ problem: MatchingProblem, _ assignment: Assignment, scale: ScoreScale
    ) throws -> Verified {
        guard self.scale == scale.scale else {
            throw ClaimRefused("scale \(self.scale), where these scores have \(scale.scale)")
        }
        let verified = try Matching.verify(problem, assignment, Certificate(prices: prices))
        guard verified.total == total else {
            throw ClaimRefused(
                "total \(scale.text(total)), where the pairs add up to \(scale.text(verified.total))")
        }
        guard verified.unfilled == unfilled else {
            throw ClaimRefused("\(unfilled) unfilled places, where \(verified.unfilled) are")
        }
        guard verified.gap == gap else {
            throw ClaimRefused("gap \(scale.text(gap)), where the prices prove \(scale.text(verified.gap))")
        }
        guard Self.digest(assignment, prices) == digest else {
            throw ClaimRefused("a digest that is not that of this assignment and these prices")
        }
        return verified
    }

    /// Whether nothing is better by what was sought, as far as this certificate proves it.
    ///
    /// - Parameter verified: what ``verify(_:_:scale:)`` answered for the same problem and assignment.
    /// - Throws: ``ClaimRefused`` where what is said of fairness is not so.
    package func provesOptimal(
        _ verified: Verified, _ problem: MatchingProblem, _ assignment: Assignment, scale: ScoreScale
    ) throws(ClaimRefused) -> Bool {
        guard let fair else { return verified.hasHighestTotal }
        guard let floor = fair.outOfReach else {
            guard let floor = fair.asked else { return false }
            return verified.hasHighestTotal && problem.keeps(floor: floor, assignment)
        }
        guard UnreachableFloor(floor: floor, experts: fair.experts ?? []).holds(in: problem) else {
            throw ClaimRefused(
                "that not every proposal can be given \(scale.text(floor)), which its experts do not show")
        }
        // That nobody can have more than all have is seen at once; less than that is not proved.
        if fair.nextWorst == true, !problem.keeps(floor: .max, assignment) { return false }
        let worst = Report(problem, assignment, Certificate(prices: prices)).worst
        return verified.hasHighestTotal && floor <= worst + 1
    }

    private static func digest(_ assignment: Assignment, _ prices: [Int64]) -> String {
        var hash = SHA256()
        hash.update(data: AssignmentFile.text(assignment))
        for price in prices { withUnsafeBytes(of: price.littleEndian) { hash.update(bufferPointer: $0) } }
        return hash.finalize().map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined()
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        switch error {
        case .keyNotFound(let key, _): return "\(key.stringValue) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
            return "\(path.joined(separator: ".")) \(context.debugDescription)"
        @unknown default: return "\(error)"
        }
    }
}

/// A certificate that claims what is not so.
package struct ClaimRefused: Error, Equatable, CustomStringConvertible {
    private let claim: String
    init(_ claim: String) { self.claim = claim }
    package var description: String { "the certificate claims \(claim)" }
}

/// What a certificate says of fairness, in units.
package struct FairClaim: Codable, Hashable, Sendable {
    /// The floor that was asked for; absent where the worst-off proposal was raised as high as could be found.
    package var asked: Int64?
    /// A floor that no assignment keeps for every proposal, and the experts whose places show it.
    package var outOfReach: Int64?
    package var experts: [Int]?
    /// Whether the next worst were raised too; absent where the worst-off alone were.
    package var nextWorst: Bool?

    init(_ fairness: Fairness) {
        asked = fairness.wasAsked ? fairness.floor : nil
        outOfReach = fairness.unreachable?.floor
        experts = fairness.unreachable?.experts
        nextWorst = fairness.raising == nil ? nil : true
    }
}

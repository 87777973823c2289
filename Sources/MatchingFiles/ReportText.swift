package import Matching

/// What `match` answers, as one JSON object on one line; amounts are exact decimals.
package enum ReportText {
    package static func solved(
        _ solution: Solution, _ drawing: Drawing? = nil, scale: ScoreScale, seconds: Double
    ) -> String {
        let report = solution.report
        var fields = [
            "\"total\":\(scale.text(report.total))", "\"worst\":\(scale.text(report.worst))",
            "\"p10\":\(scale.text(report.tenthPercentile))", "\"assigned\":\(report.assigned)",
            "\"unfilled\":\(report.unfilled)", "\"optimal\":\(solution.isOptimal)",
            "\"gap\":\(scale.text(report.gap))", "\"seconds\":\(thousandths(seconds))",
            "\"scale\":\(scale.scale)",
        ]
        if let drawing {
            let mostLikely = Double(drawing.numerator.max() ?? 0) / Double(drawing.parts)
            fields += [
                "\"expected\":\(scale.text(Int64(drawing.expectedTotal.rounded())))",
                "\"mostLikely\":\(thousandths(mostLikely))",
            ]
        }
        if let fairness = solution.fairness {
            fields += [
                "\"floor\":\(scale.text(fairness.floor))", "\"price\":\(scale.text(fairness.price))",
                "\"worstOfTotal\":\(scale.text(fairness.worstOfTotal))",
                "\"floorProved\":\(fairness.isFloorProved)",
            ]
            if let unreachable = fairness.unreachable {
                fields.append("\"worstAtMost\":\(scale.text(unreachable.floor - 1))")
            }
            if let raising = fairness.raising {
                let steps = raising.steps.map {
                    "{\"floor\":\(scale.text($0.floor)),\"proposals\":\($0.proposals)}"
                }
                fields += [
                    "\"steps\":[\(steps.joined(separator: ","))]", "\"ended\":\"\(raising.ended.rawValue)\"",
                ]
            }
        }
        return "{\(fields.joined(separator: ","))}"
    }

    /// - Parameter isOptimal: whether the certificate proves it, fairness included where that was sought.
    package static func verified(_ verified: Verified, isOptimal: Bool, scale: ScoreScale) -> String {
        let fields = [
            "\"accepted\":true", "\"total\":\(scale.text(verified.total))",
            "\"assigned\":\(verified.assigned)", "\"unfilled\":\(verified.unfilled)",
            "\"optimal\":\(isOptimal)", "\"gap\":\(scale.text(verified.gap))",
            "\"scale\":\(scale.scale)",
        ]
        return "{\(fields.joined(separator: ","))}"
    }

    /// Seconds to a tenth of a millisecond.
    private static func thousandths(_ seconds: Double) -> String {
        ScoreScale(places: 4).text(Int64((seconds * 10_000).rounded()))
    }
}

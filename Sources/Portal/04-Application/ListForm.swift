import Lifecycle

/// Which applications go forward and in which order, as chosen on the page.
struct ListForm: Sendable {
    /// In the order of the page, with the rank as typed.
    let rows: [Row]
    let problems: [FieldProblem]

    struct Row: Sendable {
        let id: ID<Application>
        let goes: Bool
        let rank: String
    }

    /// The chosen ones, best first; equal ranks keep the order of the page.
    var ranked: [ID<Application>] {
        rows.filter(\.goes).enumerated().sorted {
            let left = Int($0.element.rank) ?? Int.max
            let right = Int($1.element.rank) ?? Int.max
            return (left, $0.offset) < (right, $1.offset)
        }.map(\.element.id)
    }

    /// At first everything goes that no hard rule stops, and nothing is ranked: the order is the office's word.
    init(_ list: UniversityList, _ fields: FormFields) {
        let isFirst = fields["checked"] == nil
        let chosen = Set(fields.all("go"))
        var taken: [Int: String] = [:]
        var problems: [FieldProblem] = []
        rows = list.candidates.map { candidate in
            let id = candidate.dossier.id
            let row = Row(
                id: id,
                goes: isFirst ? !candidate.verdicts.contains(where: \.stops) : chosen.contains(id.rawValue),
                rank: fields.text("rank.\(id)"))
            guard !isFirst, row.goes else { return row }
            let number = candidate.dossier.number
            if row.rank.isEmpty {
                problems.append(FieldProblem("rank-\(id)", "list.problem.no-rank", ["number": number]))
            } else if let rank = Int(row.rank), (1...9999).contains(rank) {
                if let other = taken[rank] {
                    problems.append(
                        FieldProblem(
                            "rank-\(id)", "list.problem.same-rank",
                            ["number": number, "other": other, "rank": "\(rank)"]))
                }
                taken[rank] = number
            } else {
                problems.append(FieldProblem("rank-\(id)", "list.problem.bad-rank", ["number": number]))
            }
            return row
        }
        self.problems = problems
    }
}

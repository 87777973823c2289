import Lifecycle

/// Where the boxes of a procedure stand, in the drawing's units.
struct ProcedureLayout: Sendable {
    static let width = 1120
    static let boxHeight = 64
    private static let margin = 4
    private static let gap = 28
    /// Between two parallel boxes, and between two rows.
    private static let laneGap = 12
    private static let rowGap = 36
    private static let mostInRow = 8

    struct Place: Sendable, Hashable {
        let x: Int
        let y: Int
        let row: Int
    }

    let boxWidth: Int
    let height: Int
    /// In the order of the procedure's steps.
    let places: [Place]

    init(_ procedure: Procedure) {
        let depths = Self.depths(procedure)
        let columns = (depths.max() ?? 0) + 1
        let rows = (columns + Self.mostInRow - 1) / Self.mostInRow
        let perRow = (columns + rows - 1) / rows
        let room = Self.width - 2 * Self.margin - Self.gap * (perRow - 1)
        let boxWidth = min(190, room / perRow)
        let stride = perRow > 1 ? (Self.width - 2 * Self.margin - boxWidth) / (perRow - 1) : 0
        var lanes = [Int](repeating: 0, count: columns)
        let laneOf = depths.map { depth in
            defer { lanes[depth] += 1 }
            return lanes[depth]
        }
        // A row is as high as its fullest column.
        var tops: [Int] = []
        var top = Self.margin
        for row in 0..<rows {
            tops.append(top)
            let fullest = (row * perRow..<min((row + 1) * perRow, columns)).map { lanes[$0] }.max() ?? 1
            top += fullest * (Self.boxHeight + Self.laneGap) - Self.laneGap + Self.rowGap
        }
        places = depths.indices.map { index in
            let row = depths[index] / perRow
            return Place(
                x: Self.margin + depths[index] % perRow * stride,
                y: tops[row] + laneOf[index] * (Self.boxHeight + Self.laneGap), row: row)
        }
        self.boxWidth = boxWidth
        height = top - Self.rowGap + Self.margin
    }

    /// The line of an edge: straight along a row, or down and back to the next one.
    func path(from: Int, to: Int) -> String {
        let (start, end) = (places[from], places[to])
        let half = Self.boxHeight / 2
        guard start.row == end.row else {
            let turn = end.y - Self.rowGap / 2
            let left = end.x + boxWidth / 2
            return "M\(start.x + boxWidth / 2) \(start.y + Self.boxHeight)V\(turn)H\(left)V\(end.y)"
        }
        if start.y == end.y { return "M\(start.x + boxWidth) \(start.y + half)H\(end.x)" }
        let middle = (start.x + boxWidth + end.x) / 2
        return "M\(start.x + boxWidth) \(start.y + half)H\(middle)V\(end.y + half)H\(end.x)"
    }

    /// The longest way from a start, in steps. A loop, which `plan check` refuses, ends at the number of steps.
    private static func depths(_ procedure: Procedure) -> [Int] {
        var depths = [Int](repeating: 0, count: procedure.steps.count)
        for _ in procedure.steps {
            for (index, step) in procedure.steps.enumerated() {
                for before in step.after {
                    guard let from = procedure.steps.firstIndex(where: { $0.id == before }) else { continue }
                    depths[index] = min(max(depths[index], depths[from] + 1), procedure.steps.count)
                }
            }
        }
        return depths
    }
}

import Lifecycle

/// One side of two texts that stand side by side, cut where passages begin and end.
struct ReusePiece: Sendable {
    let text: String
    let isText: Bool
    /// Not compared: references and quoted rules.
    let isMasked: Bool
    let isPassage: Bool
    /// Long text without a passage, folded away.
    let isFold: Bool
    let label: String
    let links: [Link]

    struct Link: Sendable {
        /// Where the other side's link leads.
        let id: String
        let href: String
        let number: String
        let label: String
    }

    private init(
        _ text: some Sequence<Unicode.Scalar>, isMasked: Bool = false, isPassage: Bool = false,
        isFold: Bool = false, label: String = "", links: [Link] = []
    ) {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: text)
        self.text = String(view)
        self.isMasked = isMasked
        self.isPassage = isPassage
        self.isFold = isFold
        isText = !isMasked && !isPassage && !isFold
        self.label = label
        self.links = links
    }
}

extension ReusePiece {
    /// Scalars shown before and behind a passage.
    private static let context = 60
    /// A gap of fewer scalars is not worth folding.
    private static let leastFold = 80

    /// A passage with its number on the page.
    struct Mark: Sendable {
        let number: Int
        let range: Range<Int>
    }

    /// - Parameters:
    ///   - side: `a` or `b`, the beginning of its links' names.
    ///   - fold: says how many characters are folded away.
    ///   - link: says where the link of a number leads.
    static func cut(
        _ text: String, _ marks: [Mark], side: String, fold: (Int) -> String, link: (Int) -> String
    ) -> [ReusePiece] {
        let scalars = Array(text.unicodeScalars)
        let masked = ReuseMask.ranges(in: scalars)
        var pieces: [ReusePiece] = []
        var position = 0
        let groups = groups(marks, within: scalars.count)
        for group in groups {
            pieces += gap(
                scalars, position..<group.range.lowerBound, masked, isFirst: position == 0, isLast: false,
                fold)
            pieces.append(
                ReusePiece(
                    scalars[group.range], isPassage: true,
                    links: group.numbers.map { number in
                        Link(
                            id: "\(side)\(number)", href: "#\(side == "a" ? "b" : "a")\(number)",
                            number: "\(number)", label: link(number))
                    }))
            position = group.range.upperBound
        }
        pieces += gap(scalars, position..<scalars.count, masked, isFirst: groups.isEmpty, isLast: true, fold)
        return pieces
    }

    private struct Group {
        var range: Range<Int>
        var numbers: [Int]
    }

    /// A passage may lie in another one on one side: they are marked as one, with both numbers.
    private static func groups(_ marks: [Mark], within count: Int) -> [Group] {
        var groups: [Group] = []
        for mark in marks.sorted(by: { ($0.range.lowerBound, $0.number) < ($1.range.lowerBound, $1.number) })
        {
            let range = mark.range.clamped(to: 0..<count)
            guard !range.isEmpty else { continue }
            if let last = groups.indices.last, range.lowerBound < groups[last].range.upperBound {
                let upper = max(groups[last].range.upperBound, range.upperBound)
                groups[last].range = groups[last].range.lowerBound..<upper
                groups[last].numbers.append(mark.number)
            } else {
                groups.append(Group(range: range, numbers: [mark.number]))
            }
        }
        return groups
    }

    /// What stands between two passages: what is near them, and the rest folded.
    private static func gap(
        _ scalars: [Unicode.Scalar], _ range: Range<Int>, _ masked: [Range<Int>], isFirst: Bool, isLast: Bool,
        _ fold: (Int) -> String
    ) -> [ReusePiece] {
        let start = min(range.upperBound, range.lowerBound + (isFirst ? 0 : context))
        let end = max(start, range.upperBound - (isLast ? 0 : context))
        guard end - start >= leastFold else { return plain(scalars, range, masked) }
        return plain(scalars, range.lowerBound..<start, masked)
            + [ReusePiece(scalars[start..<end], isFold: true, label: fold(end - start))]
            + plain(scalars, end..<range.upperBound, masked)
    }

    private static func plain(
        _ scalars: [Unicode.Scalar], _ range: Range<Int>, _ masked: [Range<Int>]
    ) -> [ReusePiece] {
        var pieces: [ReusePiece] = []
        var position = range.lowerBound
        for mask in masked where mask.overlaps(range) {
            let mask = mask.clamped(to: range)
            if position < mask.lowerBound { pieces.append(ReusePiece(scalars[position..<mask.lowerBound])) }
            pieces.append(ReusePiece(scalars[mask], isMasked: true))
            position = mask.upperBound
        }
        if position < range.upperBound { pieces.append(ReusePiece(scalars[position..<range.upperBound])) }
        return pieces
    }
}

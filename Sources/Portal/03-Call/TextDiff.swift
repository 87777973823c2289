/// The difference of two texts by their longest common subsequence: first line by line, then, within lines that
/// replace each other, by words and single Han characters.
enum TextDiff {
    enum Piece: Sendable, Hashable {
        case same(String)
        case removed(String)
        case added(String)
    }

    /// Above so many cells of the table two texts are taken as wholly different: a page must not be made to wait.
    static let mostCells = 4_000_000

    /// The lines of both texts, each as its pieces; together they give back either text.
    static func lines(_ old: String, _ new: String) -> [[Piece]] {
        let steps = steps(split(old), split(new))
        var found: [[Piece]] = []
        var index = 0
        while index < steps.count {
            if case .same(let line) = steps[index] {
                found.append([.same(line)])
                index += 1
                continue
            }
            var removed: [String] = []
            var added: [String] = []
            scan: while index < steps.count {
                switch steps[index] {
                case .same: break scan
                case .removed(let line): removed.append(line)
                case .added(let line): added.append(line)
                }
                index += 1
            }
            for place in 0..<max(removed.count, added.count) {
                switch (place < removed.count, place < added.count) {
                case (true, true): found.append(words(removed[place], added[place]))
                case (true, false): found.append([.removed(removed[place])])
                default: found.append([.added(added[place])])
                }
            }
        }
        return found
    }

    /// The pieces of one text against another, neighbours of one kind joined.
    static func words(_ old: String, _ new: String) -> [Piece] {
        var joined: [Piece] = []
        for piece in steps(tokens(old), tokens(new)) {
            switch (joined.last, piece) {
            case (.same(let text), .same(let more)): joined[joined.count - 1] = .same(text + more)
            case (.removed(let text), .removed(let more)): joined[joined.count - 1] = .removed(text + more)
            case (.added(let text), .added(let more)): joined[joined.count - 1] = .added(text + more)
            default: joined.append(piece)
            }
        }
        return joined
    }

    private static func split(_ text: String) -> [String] {
        text.isEmpty ? [] : text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// Runs of letters and digits stay whole; everything else is a token by itself.
    private static func tokens(_ text: String) -> [String] {
        var found: [String] = []
        var inWord = false
        for character in text {
            let isWord = character.isASCII && (character.isLetter || character.isNumber)
            if isWord && inWord {
                found[found.count - 1].append(character)
            } else {
                found.append(String(character))
            }
            inWord = isWord
        }
        return found
    }

    /// Removals come before additions where both are possible.
    private static func steps(_ old: [String], _ new: [String]) -> [Piece] {
        let head = zip(old, new).prefix { $0 == $1 }.count
        let tail = zip(old[head...].reversed(), new[head...].reversed()).prefix { $0 == $1 }.count
        let middle = middle(Array(old[head..<(old.count - tail)]), Array(new[head..<(new.count - tail)]))
        return old[..<head].map { .same($0) } + middle + old[(old.count - tail)...].map { .same($0) }
    }

    private static func middle(_ old: [String], _ new: [String]) -> [Piece] {
        guard !old.isEmpty, !new.isEmpty, old.count * new.count <= mostCells else {
            return old.map { .removed($0) } + new.map { .added($0) }
        }
        // longest[i][j]: length of the longest common subsequence of old[i...] and new[j...].
        let width = new.count + 1
        var longest = [Int32](repeating: 0, count: (old.count + 1) * width)
        for i in old.indices.reversed() {
            for j in new.indices.reversed() {
                longest[i * width + j] =
                    old[i] == new[j]
                    ? longest[(i + 1) * width + j + 1] + 1
                    : max(longest[(i + 1) * width + j], longest[i * width + j + 1])
            }
        }
        var pieces: [Piece] = []
        var (i, j) = (0, 0)
        while i < old.count && j < new.count {
            if old[i] == new[j] {
                pieces.append(.same(old[i]))
                i += 1
                j += 1
            } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
                pieces.append(.removed(old[i]))
                i += 1
            } else {
                pieces.append(.added(new[j]))
                j += 1
            }
        }
        return pieces + old[i...].map { .removed($0) } + new[j...].map { .added($0) }
    }
}

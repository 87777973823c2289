/// Scores experts for proposals: the same integers for the same words, and a reason for each point.
///
/// An inverted index of what the experts wrote: a proposal meets only the experts with whom it shares something.
package struct AffinityScorer: Sendable {
    /// An expert's keywords, or the title of one project.
    private struct Document: Sendable {
        let expert: Int
        /// Nil for the keywords.
        let project: Int?
        let weights: [TextTerm: Double]
    }

    private struct Posting: Sendable {
        let document: Int
        let weight: Double
    }

    private let rules: MatchingRules
    private let experts: [ExpertProfile]
    private let lexicon: Lexicon
    private var documents: [Document] = []
    private var documentsOf: [[Int]]
    private var postings: [TextTerm: [Posting]] = [:]
    private var byDiscipline: [String: [Int]] = [:]
    private var byField: [String: [Int]] = [:]
    private var byKeyword: [String: [Int]] = [:]

    package init(_ rules: MatchingRules, experts: [ExpertProfile], lexicon: Lexicon) {
        self.rules = rules
        self.experts = experts
        self.lexicon = lexicon
        documentsOf = Array(repeating: [], count: experts.count)
        for (index, expert) in experts.enumerated() {
            for code in Set(expert.disciplines) { byDiscipline[code, default: []].append(index) }
            for field in Set(expert.disciplines.map(Self.field)) { byField[field, default: []].append(index) }
            for keyword in Set(expert.keywords.map(Self.folded)) {
                byKeyword[keyword, default: []].append(index)
            }
            if !expert.keywords.isEmpty {
                add(expert.keywords.joined(separator: "\n"), of: index, project: nil)
            }
            for (place, title) in expert.projects.enumerated() { add(title, of: index, project: place) }
        }
    }

    private mutating func add(_ text: String, of expert: Int, project: Int?) {
        let bag = TermBag([(text, 1)])
        let length = lexicon.length(bag)
        guard length > 0 else { return }
        var weights: [TextTerm: Double] = [:]
        for entry in bag.entries {
            let weight = lexicon.weight(entry.term, count: entry.count) / length
            guard weight > 0 else { continue }
            weights[entry.term] = weight
            postings[entry.term, default: []].append(Posting(document: documents.count, weight: weight))
        }
        documentsOf[expert].append(documents.count)
        documents.append(Document(expert: expert, project: project, weights: weights))
    }

    /// Every term the experts wrote.
    package var terms: Set<TextTerm> { Set(postings.keys) }

    /// Every expert with a score above zero, in order.
    ///
    /// - Parameters:
    ///   - length: of the proposal's vector, where it was reckoned over the whole lexicon before.
    ///   - bids: what experts said of this proposal.
    package func scores(
        of proposal: ProposalProfile, length: Double? = nil, bids: [Int: Willingness] = [:]
    ) -> [(expert: Int, score: Int)] {
        var points: [Int: Int] = [:]
        for expert in byField[Self.field(proposal.discipline)] ?? [] { points[expert] = rules.field }
        for expert in byDiscipline[proposal.discipline] ?? [] { points[expert] = rules.discipline }
        var shared: [Int: Int] = [:]
        for keyword in Set(proposal.keywords.map(Self.folded)) {
            for expert in byKeyword[keyword] ?? [] { shared[expert, default: 0] += 1 }
        }
        for (expert, count) in shared {
            points[expert, default: 0] += min(count, rules.keywordsMost) * rules.keyword
        }
        var likeness: [Int: Double] = [:]
        for entry in proposal.bag.entries {
            guard let found = postings[entry.term] else { continue }
            let weight = lexicon.weight(entry.term, count: entry.count)
            for posting in found { likeness[posting.document, default: 0] += weight * posting.weight }
        }
        let length = length ?? lexicon.length(proposal.bag)
        var text: [Int: Int] = [:]
        var project: [Int: Int] = [:]
        for (index, sum) in likeness {
            let document = documents[index]
            if document.project == nil {
                text[document.expert] = Self.points(rules.text, sum, length)
            } else {
                let found = Self.points(rules.projects, sum, length)
                project[document.expert] = max(project[document.expert] ?? 0, found)
            }
        }
        for (expert, more) in text { points[expert, default: 0] += more }
        for (expert, more) in project { points[expert, default: 0] += more }
        if let rules = rules.bids {
            for (expert, willingness) in bids {
                guard let own = points[expert] else { continue }
                points[expert] = own + rules.points(willingness, on: own)
            }
        }
        return points.filter { $0.value > 0 }.map { (expert: $0.key, score: $0.value) }
            .sorted { $0.expert < $1.expert }
    }

    /// The same score for one expert, with its reasons.
    package func affinity(
        of proposal: ProposalProfile, to index: Int, length: Double? = nil, bid: Willingness? = nil
    ) -> Affinity {
        let expert = experts[index]
        var parts: [Affinity.Part] = []
        let near = expert.disciplines.filter { Self.field($0) == Self.field(proposal.discipline) }
        if near.contains(proposal.discipline) {
            parts.append(.discipline(code: proposal.discipline, points: rules.discipline))
        } else if !near.isEmpty {
            parts.append(.field(codes: near, points: rules.field))
        }
        let wanted = Set(proposal.keywords.map(Self.folded))
        var shared: [String] = []
        for keyword in expert.keywords
        where wanted.contains(Self.folded(keyword)) && !shared.map(Self.folded).contains(Self.folded(keyword))
        {
            shared.append(keyword)
        }
        if !shared.isEmpty {
            parts.append(.keywords(shared, points: min(shared.count, rules.keywordsMost) * rules.keyword))
        }
        let length = length ?? lexicon.length(proposal.bag)
        var likest: (project: Int, points: Int)?
        for number in documentsOf[index] {
            let document = documents[number]
            var sum = 0.0
            for entry in proposal.bag.entries {
                guard let weight = document.weights[entry.term] else { continue }
                sum += lexicon.weight(entry.term, count: entry.count) * weight
            }
            if let project = document.project {
                let points = Self.points(rules.projects, sum, length)
                if points > likest?.points ?? 0 { likest = (project, points) }
            } else {
                let points = Self.points(rules.text, sum, length)
                if points > 0 {
                    let words = heaviest(expert.keywords.joined(separator: "\n"), document, in: proposal.bag)
                    parts.append(.text(terms: words, points: points))
                }
            }
        }
        if let likest {
            let title = expert.projects[likest.project]
            let document = documentsOf[index].map { documents[$0] }.first { $0.project == likest.project }
            parts.append(
                .project(
                    title: title, terms: document.map { heaviest(title, $0, in: proposal.bag) } ?? [],
                    points: likest.points))
        }
        if let rules = rules.bids, let bid {
            let own = parts.reduce(0) { $0 + $1.points }
            parts.append(.bid(bid, points: rules.points(bid, on: own)))
        }
        return Affinity(parts: parts.filter { $0.points != 0 })
    }

    /// The words of the expert's text that count most towards the likeness: neighbouring terms are told as one word.
    private func heaviest(_ text: String, _ document: Document, in bag: TermBag) -> [String] {
        var found: [String: Double] = [:]
        for run in TextRun.all(in: text) {
            let terms = run.terms
            let worth = terms.map { term -> Double in
                lexicon.weight(term, count: bag.count(term)) * (document.weights[term] ?? 0)
            }
            var start = 0
            while start < terms.count {
                guard worth[start] > 0 else { start += 1; continue }
                var end = start
                var sum = 0.0
                while end < terms.count, worth[end] > 0 {
                    sum += worth[end]
                    end += 1
                }
                let words = run.words(start..<end)
                found[words] = max(found[words] ?? 0, sum)
                start = end
            }
        }
        return found.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3).map(\.key)
    }

    private static func points(_ most: Int, _ sum: Double, _ length: Double) -> Int {
        length > 0 ? Int((Double(most) * min(1, sum / length)).rounded()) : 0
    }

    private static func field(_ code: String) -> String { String(code.prefix(3)) }
    private static func folded(_ word: String) -> String { word.lowercased() }
}

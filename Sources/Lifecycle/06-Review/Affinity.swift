/// What a proposal says of its field.
package struct ProposalProfile: Sendable, Hashable {
    /// A second-level code of GB/T 13745.
    package let discipline: String
    package let keywords: [String]
    package let bag: TermBag

    package init(discipline: String, keywords: [String], bag: TermBag) {
        self.discipline = discipline
        self.keywords = keywords
        self.bag = bag
    }
}

/// What the register says of an expert's field.
package struct ExpertProfile: Sendable, Hashable {
    package let disciplines: [String]
    package let keywords: [String]
    /// Titles of projects the expert leads or led.
    package let projects: [String]

    package init(disciplines: [String], keywords: [String], projects: [String]) {
        self.disciplines = disciplines
        self.keywords = keywords
        self.projects = projects
    }
}

/// Why a proposal and an expert go together, in points that add up.
package struct Affinity: Sendable, Codable, Hashable {
    package enum Part: Sendable, Codable, Hashable {
        /// The same second-level discipline.
        case discipline(code: String, points: Int)
        /// The same first-level discipline; the expert's second-level codes in it.
        case field(codes: [String], points: Int)
        /// Keywords both wrote.
        case keywords([String], points: Int)
        /// Terms of the expert's keywords that weigh most in the proposal.
        case text(terms: [String], points: Int)
        /// The expert's own project that is likest, with the terms that weigh most.
        case project(title: String, terms: [String], points: Int)
        /// What the expert said of it; may take points away.
        case bid(Willingness, points: Int)

        package var points: Int {
            switch self {
            case .discipline(_, let points), .field(_, let points), .keywords(_, let points),
                .text(_, let points), .project(_, _, let points), .bid(_, let points):
                points
            }
        }
    }

    package let parts: [Part]

    package init(parts: [Part]) { self.parts = parts }

    package var score: Int { parts.reduce(0) { $0 + $1.points } }
}

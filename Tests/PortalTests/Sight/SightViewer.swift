import Lifecycle

/// Somebody who walks through every address, and what they are to each record by the city's making. Written by
/// hand and not read from the database, so that it can contradict what the house works out.
struct SightViewer: Sendable, Hashable {
    /// Of the city's people; `public` is nobody.
    let key: String
    let official: Set<Relation>

    var isSignedIn: Bool { key != "public" }

    private init(_ key: String, _ official: Relation...) {
        self.key = key
        self.official = Set(official)
    }

    /// Those who may do least come first: where an act ends something, the others have tried before.
    static let all = [
        SightViewer("public"), SightViewer("audit-admin", .auditAdmin),
        SightViewer("subject"), SightViewer("office-2"), SightViewer("expert-3"),
        SightViewer("team-member"), SightViewer("expert-2"), SightViewer("reviewer"),
        SightViewer("unfunded"), SightViewer("bidder"), SightViewer("conflicted", .programmeOfficer),
        SightViewer("finance-approver", .finance), SightViewer("finance", .finance),
        SightViewer("integrity", .integrity), SightViewer("auditor", .auditor),
        SightViewer("university-leader"), SightViewer("research-office"), SightViewer("owner"),
        SightViewer("rival"), SightViewer("recommender"), SightViewer("expert"),
        SightViewer("joint-funder"), SightViewer("commission-leader", .commissionLeader),
        SightViewer("screener", .programmeOfficer), SightViewer("programme-officer", .programmeOfficer),
        SightViewer("system-admin", .systemAdmin), SightViewer("security-admin", .securityAdmin),
    ]

    /// What a canary stands in.
    enum Record: Hashable {
        /// A submitted dossier of the city, and everything that belongs to it.
        case dossier(String)
        /// A person of the register.
        case person(String)
        /// A draft, as those see it who were asked to join.
        case request(String)
        /// A draw by lot of the city.
        case draw
        /// A problem of the pool.
        case problem(String)
        /// A topic of the city.
        case topic(String)
    }

    private static let owners = [
        "paid": "owner", "unfunded": "unfunded", "reviewed": "rival", "excepted": "excepted",
        "appraised": "owner",
    ]
    private static let proposers = ["told": "subject", "merged": "subject", "plain": "owner"]
    private static let invited: [String: Set<String>] = [
        "sealed": ["expert-3", "expert", "expert-2", "auditor", "team-member"],
        "public": ["expert-3", "expert", "expert-2", "auditor"],
    ]
    /// Of calls that their organisation funds too.
    private static let joint = ["championed": "joint-funder"]
    private static let members = ["paid": "team-member"]
    private static let recommenders = ["nominated": ["recommender"]]
    private static let experts = [
        "paid": ["reviewer"], "unfunded": ["reviewer"], "second": ["reviewer"], "third": ["reviewer"],
        "fourth": ["reviewer"], "fifth": ["reviewer"],
        "noticed": ["reviewer"], "noticed-2": ["reviewer"], "proposed": ["reviewer"],
        "proposed-2": ["reviewer"], "reviewed": ["reviewer", "expert"],
        "appraised": ["reviewer", "expert", "expert-2"],
    ]
    /// Under review, near the field, and not theirs to review yet.
    private static let bidders = [
        "matched": near, "matched-2": near, "reviewed": near, "reviewed-2": near,
    ]
    private static let near: Set<String> = ["bidder", "expert", "expert-2", "expert-3"]
    /// Dossiers from which the officer with declared relations is barred.
    private static let barred: Set<String> = [
        "paid", "unfunded", "second", "third", "noticed", "reviewed", "proposed", "screened", "matched",
    ]
    private static let contracted: Set<String> = ["paid", "second", "fourth", "fifth"]

    func relations(to record: Record) -> Set<Relation> {
        var found: Set<Relation> = [.anyone]
        switch record {
        case .person(let person):
            if key == person { found.insert(.owner) }
            return found.union(official)
        case .draw: return found.union(official)
        case .problem(let problem):
            if Self.proposers[problem] == key { found.insert(.owner) }
            // A citizen comes back by a secret, which stands for being the owner.
            if problem == "told", Self.invited["sealed"]?.contains(key) == true { found.insert(.invited) }
            return found.union(official.subtracting([.systemAdmin, .securityAdmin, .auditAdmin, .finance]))
        case .topic(let topic):
            if Self.invited[topic]?.contains(key) == true { found.insert(.invited) }
            return found.union(official.subtracting([.systemAdmin, .securityAdmin, .auditAdmin, .finance]))
        case .request("nomination"): return key == "recommender" ? found.union([.recommender]) : found
        case .request: return key == "team-member" ? found.union([.teamMember]) : found
        case .dossier(let dossier):
            if Self.owners[dossier] == key { found.insert(.owner) }
            if Self.recommenders[dossier]?.contains(key) == true { found.insert(.recommender) }
            if Self.joint[dossier] == key { found.insert(.commissionLeader) }
            if Self.members[dossier] == key { found.insert(.teamMember) }
            if Self.experts[dossier]?.contains(key) == true { found.insert(.expert) }
            if Self.bidders[dossier]?.contains(key) == true { found.insert(.bidder) }
            if key == "research-office" || key == "university-leader" { found.insert(.researchOffice) }
            guard key != "conflicted" || !Self.barred.contains(dossier) else { return found }
            return found.union(
                official.subtracting([.systemAdmin, .securityAdmin, .auditAdmin])
                    .subtracting(Self.contracted.contains(dossier) ? [] : [.finance]))
        }
    }
}

import Lifecycle

/// Every signed plan, for everybody.
struct SignedPlanListPage: Sendable {
    let rows: [Row]
    let hasRows: Bool
    let pager: Pager

    struct Row: Sendable {
        let href: String
        let title: String
        let at: String
        let total: String
        let filled: String
        let proof: String
        let tone: String
    }

    init(_ page: Paged<SignedPlanRecord>, _ ask: Ask) {
        pager = Pager(page, ListAddress("/matchings"), ask.words)
        rows = page.rows.map { record in
            let seen = Seen(record, as: [])
            let signed = seen[PlanSight.claim]
            let figures = signed.map { PlanFigures($0.summary, $0.objective, ask.words) }
            return Row(
                href: "/matchings/\(record.signed.plan)", title: record.callTitle,
                at: seen[PlanSight.signedAt]?.text ?? "", total: figures?.total ?? "",
                filled: figures?.filled ?? "", proof: figures?.proof ?? "", tone: figures?.proofTone ?? "")
        }
        hasRows = !rows.isEmpty
    }
}

/// What a signed plan claims, and how anybody checks it. Names neither applicant nor expert.
struct SignedPlanPage: Sendable {
    let title: String
    let base: String
    let at: String
    let figures: PlanFigures
    let counts: String
    let bound: String
    let changes: String
    let publicProof: String
    let hasFiles: Bool
    let few: String
    let documents: [Document]
    let kept: [Document]
    let command: String
    let signer: String
    let hasSigner: Bool
    let officeHref: String

    struct Document: Sendable {
        let name: String
        let href: String
        let digest: String
        let what: String
    }

    /// Applications from which on the files are open to everybody: of a handful, numbers could be told apart.
    static let least = 10

    init(_ record: SignedPlanRecord, _ ask: Ask) {
        let words = ask.words
        let seen = Seen(record, as: PlanSight.relations(ask.viewer))
        let signed = record.signed
        let summary = signed.summary
        title = record.callTitle
        base = "/matchings/\(signed.plan)"
        at = seen[PlanSight.signedAt]?.text ?? ""
        figures = PlanFigures(summary, signed.objective, words)
        counts = words.filled(
            "matching.counts",
            [
                "applications": "\(summary.applications)", "experts": "\(summary.experts)",
                "candidates": PlanWords.points(Int64(summary.candidates)),
            ])
        bound = PlanWords.points(summary.bound)
        changes = figures.changes
        publicProof =
            signed.publicGap == 0
            ? words["matching.public.optimal"]
            : words.filled("matching.public.gap", ["gap": PlanWords.points(signed.publicGap)])
        hasFiles = Self.isOpen(signed, ask.viewer)
        few = words.filled("matching.few", ["least": "\(Self.least)"])
        let base = base
        documents = signed.published.sorted { $0.key < $1.key }.map { name, digest in
            Document(
                name: name, href: "\(base)/\(name)", digest: digest,
                what: words["plan.file.\(name.replacing(".", with: "-"))"])
        }
        kept = signed.documents.sorted { $0.key < $1.key }.map { name, digest in
            Document(
                name: name, href: "", digest: digest,
                what: words["plan.file.\(name.replacing(".", with: "-"))"])
        }
        command = PlanForm.command(groupCap: nil)
        signer = seen[PlanSight.signerName] ?? ""
        hasSigner = !signer.isEmpty
        officeHref = "/office/assign/\(signed.call)/plans/\(signed.plan)"
    }

    static func isOpen(_ signed: AssignmentPlanSigned, _ viewer: Viewer) -> Bool {
        signed.summary.applications >= least || !PlanSight.relations(viewer).isEmpty
    }
}

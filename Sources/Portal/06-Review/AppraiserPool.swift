import Lifecycle
import Store

/// Whom one could ask to sit for a lens, and what stands against it.
enum AppraiserPool {
    struct Candidate: Sendable {
        let expert: ExpertRecord
        let kinds: [ExpertKind]
        let nearness: Nearness
        let obstacles: [Refusal]
    }

    private struct KindRow: Decodable, Sendable {
        let person: ID<Person>
        let kind: String
    }

    /// As what an expert can judge; of the sciences where nothing is known.
    static func kinds(of expert: ID<Person>, _ store: Transaction) throws -> [ExpertKind] {
        let kinds = try store.values(
            "SELECT kind FROM expert_kind WHERE person = \(expert)", as: String.self)
        return kinds.isEmpty ? [.science] : ExpertKind.allCases.filter { kinds.contains($0.rawValue) }
    }

    /// Seats that experts hold in the panels of a call that still sit, beside the reviews they owe.
    static func loads(
        in call: ID<Call>, of expert: ID<Person>? = nil, _ store: Transaction
    ) throws -> [ID<Person>: Int] {
        struct Row: Decodable, Sendable {
            let expert: ID<Person>
            let count: Int
        }
        let one: SQL = expert.map { "AND expert = \($0)" } ?? ""
        let rows = try store.rows(
            """
            SELECT expert, COUNT(*) AS count FROM appraiser_seat
            WHERE call = \(call) AND state IN ('invited', 'accepted', 'written') AND ended_fact IS NULL
              \(sql: one) GROUP BY expert
            """, as: Row.self)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.expert, $0.count) })
    }

    /// Every expert who holds the role now: of the lens's kind first, then the nearest, then the least busy.
    static func candidates(
        for lens: Appraisal.Lens, _ opened: AppraisalActs.Opened, of dossier: DossierRecord,
        at now: Instant, _ store: Transaction
    ) throws -> [Candidate] {
        let parties = try Parties.withRivals(dossier.id, store)
        let known = Dictionary(
            grouping: try store.rows("SELECT person, kind FROM expert_kind", as: KindRow.self), by: \.person)
        let loads = try loads(in: opened.call.id, store)
        let field = String(dossier.discipline.prefix(3))
        return try Candidates.all(in: opened.call.id, at: now, store).map { record in
            let held = known[record.person]?.compactMap { ExpertKind(rawValue: $0.kind) } ?? []
            let kinds = held.isEmpty ? [.science] : ExpertKind.allCases.filter(held.contains)
            let codes = record.disciplineCodes
            let nearness: Nearness =
                codes.contains(dossier.discipline)
                ? .discipline : codes.contains { $0.hasPrefix(field) } ? .field : .far
            return Candidate(
                expert: record, kinds: kinds, nearness: nearness,
                obstacles: obstacles(
                    record, kinds: kinds, lens: lens, opened, seats: loads[record.person] ?? 0,
                    parties: parties))
        }.sorted { left, right in
            let (a, b) = (left.kinds.contains(lens.of), right.kinds.contains(lens.of))
            if a != b { return a }
            return (
                left.nearness, left.expert.load + (loads[left.expert.person] ?? 0),
                left.expert.person.rawValue
            )
                < (
                    right.nearness, right.expert.load + (loads[right.expert.person] ?? 0),
                    right.expert.person.rawValue
                )
        }
    }

    /// Everything that keeps an expert from sitting for the lens.
    ///
    /// - Parameter seats: that the expert holds in the call.
    static func obstacles(
        _ record: ExpertRecord, kinds: [ExpertKind], lens: Appraisal.Lens, _ opened: AppraisalActs.Opened,
        seats: Int, parties: DossierParties
    ) -> [Refusal] {
        var found = Candidates.conflicts(
            of: record.person, entity: record.entity, parties: parties, in: opened.programme,
            step: opened.step, standing: opened.standing, sat: opened.sat)
        if !kinds.contains(lens.of) {
            found.append(
                Refusal(
                    "appraisal.outside-lens",
                    ["lens": lens.label.zh, "kind": "appraisal.kind.\(lens.of.rawValue)"]))
        }
        let own = opened.panel.filter { $0.expert == record.person }
        if let live = own.first(where: \.state.counts) {
            let label = opened.instrument.lens(live.lens)?.label.zh ?? live.lens
            found.append(
                live.lens == lens.id
                    ? Refusal("appraisal.already-seated")
                    : Refusal("appraisal.two-lenses", ["lens": label]))
        } else if own.contains(where: { $0.state == .declined || $0.state == .recused }) {
            found.append(Refusal("appraisal.declined-before"))
        }
        // Who has written there is kept away as by any step before; here it is enough to be asked.
        if let other = opened.elsewhere.first(where: { $0.expert == record.person }) {
            let label = opened.standing.procedure.step(other.step)?.label ?? Label(other.step, other.step)
            found.append(
                Refusal("appraisal.other-panel", citation: opened.step.cites).naming("step", label))
        }
        if record.load + seats >= record.loadMax {
            found.append(
                Refusal("review.load", ["load": "\(record.load + seats)", "most": "\(record.loadMax)"]))
        }
        return found
    }
}

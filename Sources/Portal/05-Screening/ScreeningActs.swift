import Foundation
package import Lifecycle
package import Store

enum ScreeningFacts {
    static let tables = [ProjectedTable("screening", key: "application")]

    static let projections: [Projection] = [
        .on(ApplicationScreened.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO screening (application, fact, at, officer, passed, overturned, reason)
                VALUES (\(fact.subject.id), \(fact.number), \(fact.at), \(fact.actor), \(body.passed),
                  \(body.overturned), \(fact.reason))
                ON CONFLICT (application) DO UPDATE SET fact = excluded.fact, at = excluded.at,
                  officer = excluded.officer, passed = excluded.passed, overturned = excluded.overturned,
                  reason = excluded.reason
                """)
        }
    ]
}

package enum ScreeningActs {
    package struct Findings: Sendable {
        package let verdicts: [Verdict]
        /// Beside the verdicts: what was asked of whom, and decided.
        package let exceptions: [ExceptionRecord]
        package let incomplete: [AnswerProblem]
        package let proposal: ScreeningProposal
    }

    /// What screening reads of a submission. The verdicts of then, which are most of it, are judged anew and not
    /// even decoded: a desk shows a hundred dossiers.
    private struct SubmittedAnswers: Decodable {
        let application: Part

        struct Part: Decodable {
            let call: ID<Call>
            let applicant: Applicant
            let answers: [String: String]
        }

        struct Applicant: Decodable {
            let person: ID<Person>
        }
    }

    /// What the rules say of a submitted dossier, judged anew.
    package static func findings(_ application: ID<Application>, _ house: House, _ store: Transaction) throws
        -> Findings
    {
        guard
            let fact = try store.value(
                "SELECT fact FROM application WHERE id = \(application)", as: Int64.self),
            let text = try store.value("SELECT body FROM payload WHERE number = \(fact)", as: String.self)
        else { throw Missing() }
        let submitted = try JSONDecoder().decode(SubmittedAnswers.self, from: Data(text.utf8)).application
        let (call, programme) = try Calls.found(submitted.call, house, store)
        let verdicts = try EligibilityFacts.verdicts(
            for: submitted.applicant.person, in: call, programme, besides: application, house, store)
        let incomplete = programme.form.problems(
            in: submitted.answers, disciplines: house.disciplines, settings: call.settings)
        let exceptions = try ExceptionRecord.all(of: application, judged: verdicts, store)
        return Findings(
            verdicts: verdicts, exceptions: exceptions, incomplete: incomplete,
            proposal: ScreeningProposal(
                verdicts: verdicts, incomplete: incomplete.map(\.field),
                rulings: exceptions.compactMap(\.ruling)))
    }

    /// The officer's word. A word against the proposal needs a reason; so does every failure.
    package static func screen(
        _ application: ID<Application>, passed: Bool, reason: String, by person: ID<Person>, _ change: Change,
        _ house: House
    ) throws {
        let (step, _, _, _) = try Dossiers.require(
            .screen, of: application, by: person, as: .programmeOfficer, house: house, change.store)
        let findings = try findings(application, house, change.store)
        let overturned =
            switch findings.proposal {
            case .pass: !passed
            case .fail: passed
            case .look, .wait: false
            }
        try ExceptionActs.requireSettled(findings, passed: passed, by: person, of: application, change.store)
        let hardUnmet = findings.verdicts.filter(\.stops)
        if passed, let hard = hardUnmet.first(where: { $0.standing == .binding && $0.verified.isVerified }) {
            throw Refused([
                Refusal("screening.binding", citation: hard.citation).naming("label", hard.label)
            ])
        }
        if (overturned || !passed || findings.proposal == .look) && reason.trimmedCount < 5 {
            throw Refused("reason.short", ["least": "5"])
        }
        let rulings = findings.exceptions.compactMap(\.ruling)
        try change.append(
            ApplicationScreened(
                passed: passed, verdicts: findings.verdicts, incomplete: findings.incomplete.map(\.field),
                overturned: overturned, rulings: rulings.isEmpty ? nil : rulings),
            about: .application(application), as: .programmeOfficer,
            move: Move(step.id, passed ? .done : .refused),
            reason: reason.isEmpty ? nil : reason)
    }

    /// One dossier of a batch, with what keeps it out.
    package struct BatchLine: Sendable {
        package let record: DossierRecord
        package let problems: [Refusal]
    }

    /// Looks at a batch of dossiers to pass as the rules propose, and writes nothing.
    ///
    /// A dossier the officer may not see makes the whole batch missing.
    package static func batch(
        _ applications: [ID<Application>], of viewer: Viewer, _ house: House, _ store: Transaction
    ) throws -> [BatchLine] {
        try applications.map { application in
            let (record, seen) = try DossierSight.find(application, for: viewer, store)
            guard seen.relations.contains(.programmeOfficer) else { throw Missing() }
            var problems: [Refusal] = []
            do {
                try Dossiers.require(
                    .screen, of: application, by: viewer.person, as: .programmeOfficer, house: house, store)
                if try findings(application, house, store).proposal != .pass {
                    problems.append(Refusal("screening.not-proposed"))
                }
            } catch let refused as Refused {
                problems += refused.refusals
            }
            return BatchLine(record: record, problems: problems)
        }
    }

    /// Passes every dossier of the batch, or none and says which stops it.
    package static func passAll(
        _ applications: [ID<Application>], by viewer: Viewer, _ change: Change, _ house: House
    ) throws {
        guard let person = viewer.person else { throw Missing() }
        guard !applications.isEmpty else { throw Refused("screening.none-chosen") }
        let lines = try batch(applications, of: viewer, house, change.store)
        let stopped = lines.filter { !$0.problems.isEmpty }
        guard stopped.isEmpty else {
            throw Refused(
                stopped.map { Refusal("screening.batch-stopped", ["number": $0.record.number]) }
                    + stopped.flatMap(\.problems))
        }
        for application in applications {
            try screen(application, passed: true, reason: "", by: person, change, house)
        }
    }
}

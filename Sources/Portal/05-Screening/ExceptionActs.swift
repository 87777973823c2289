package import Lifecycle
import Store

enum ExceptionFacts {
    static let tables = [ProjectedTable("exception_ruling", key: "application, rule, submission")]

    static let projections: [Projection] = [
        .on(ExceptionGranted.self) { store, fact, body in
            try ruled(body.verdict.rule, on: body.submission, granted: true, fact, store)
        },
        .on(ExceptionDeclined.self) { store, fact, body in
            try ruled(body.verdict.rule, on: body.submission, granted: false, fact, store)
        },
    ]

    private static func ruled(
        _ rule: String, on submission: Int64, granted: Bool, _ fact: Fact, _ store: Transaction
    ) throws {
        _ = try store.run(
            """
            INSERT INTO exception_ruling (application, rule, submission, fact, at, person, role, granted, reason)
            VALUES (\(fact.subject.id), \(rule), \(submission), \(fact.number), \(fact.at), \(fact.actor),
              \(fact.role), \(granted), \(fact.reason))
            """)
    }
}

/// Excepting a dossier from a rule “in principle”: a decision of its own, by whom the rule names.
package enum ExceptionActs {
    /// Grants or declines the exception of one dossier from one rule, while the dossier is screened.
    ///
    /// Whoever decides is apart from those the screening officer is apart from, and from that officer. Where nobody
    /// asked, because the rule came to be unmet after the submission, it can be decided all the same: else nobody
    /// could let the dossier pass.
    ///
    /// - Parameter role: the role in which `person` decides, which the caller knows the person to hold.
    package static func decide(
        _ rule: String, of application: ID<Application>, granted: Bool, reason: String, by person: ID<Person>,
        as role: Role, _ change: Change, _ house: House
    ) throws {
        let store = change.store
        guard
            let record = try store.row(
                "SELECT \(sql: DossierRecord.columns) FROM application WHERE id = \(application)",
                as: DossierRecord.self)
        else { throw Missing() }
        let (call, programme) = try Calls.found(record.call, house, store)
        let standing = try Dossiers.standing(of: application, in: call, programme, house, store)
        guard let step = standing.open.first(where: { $0.step.kind == .screen })?.step else {
            throw Refused(Dossiers.notOpen(.screen, in: standing))
        }
        let verdicts = try EligibilityFacts.verdicts(
            for: record.owner, in: call, programme, besides: application, house, store)
        guard let verdict = verdicts.first(where: { $0.rule == rule }) else { throw Missing() }
        guard let decider = verdict.exceptionBy else {
            throw Refused([
                Refusal("exception.hard", citation: verdict.citation).naming("label", verdict.label)
            ])
        }
        guard role == decider else {
            throw Refused([
                Refusal(
                    "exception.not-yours", ["role": "role.\(decider.rawValue)"], citation: verdict.citation
                ).naming("label", verdict.label)
            ])
        }
        try Dossiers.requireApart(
            person, from: step.apartFrom + [step.id], in: standing, citing: step.cites)
        try Dossiers.requireFree(person, as: role, on: application, store)
        if let ruling = try ExceptionRecord.all(of: application, store).first(where: { $0.rule == rule })?
            .ruling
        {
            throw Refused([
                Refusal("exception.decided", ["n": "\(ruling.fact)"]).naming("label", verdict.label)
            ])
        }
        guard verdict.isExceptable else {
            throw Refused([
                Refusal("exception.not-needed", citation: verdict.citation).naming("label", verdict.label)
            ])
        }
        guard reason.trimmedCount >= 5 else { throw Refused("reason.short", ["least": "5"]) }
        let subject = Subject.application(application)
        let clause = verdict.citation.clause ?? programme.clauses.first
        if granted {
            try change.append(
                ExceptionGranted(submission: record.fact, verdict: verdict), about: subject, as: role,
                reason: reason, clause: clause)
        } else {
            try change.append(
                ExceptionDeclined(submission: record.fact, verdict: verdict), about: subject, as: role,
                reason: reason, clause: clause)
        }
    }

    /// Refuses a screening officer's word while an exception is open, a pass where one was declined, and any word of
    /// somebody who decided on one here.
    static func requireSettled(
        _ findings: ScreeningActs.Findings, passed: Bool, by person: ID<Person>,
        of application: ID<Application>, _ store: Transaction
    ) throws {
        let decided = try store.value(
            "SELECT 1 FROM exception_ruling WHERE application = \(application) AND person = \(person) LIMIT 1",
            as: Int.self)
        if decided != nil { throw Refused("exception.decided-here") }
        for verdict in findings.verdicts where verdict.isExceptable {
            let ruling = findings.exceptions.first { $0.rule == verdict.rule }?.ruling
            func refused(_ code: String) -> Refused {
                let values = ["role": "role.\(verdict.exceptionBy?.rawValue ?? "")"]
                return Refused([
                    Refusal(code, values, citation: verdict.citation).naming("label", verdict.label)
                ])
            }
            switch ruling?.granted {
            case nil where passed || findings.proposal == .wait: throw refused("exception.open")
            case false? where passed: throw refused("exception.was-declined")
            case nil, false?, true?: continue
            }
        }
    }
}

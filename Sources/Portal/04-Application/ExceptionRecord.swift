package import Lifecycle
package import Store

/// An exception to a rule “in principle”, as it stands beside the rule's verdict: asked for, decided, or (at
/// screening) neither, where the rule came to be unmet after the submission.
package struct ExceptionRecord: Sendable, Codable {
    package let rule: String
    /// Who decides, or decided.
    package let decider: Role?
    /// The applicant's grounds; nil where nobody asked.
    package let grounds: String?
    /// Nil until it is decided.
    package let granted: Bool?
    package let fact: Int64?
    package let at: Instant?
    package let deciderName: String?
    package let reason: String?

    /// What screening rests on.
    package var ruling: ExceptionRuling? {
        guard let granted, let fact else { return nil }
        return ExceptionRuling(rule: rule, granted: granted, fact: fact)
    }

    /// Requests and rulings of a dossier's last submission, by rule.
    package static func all(of application: ID<Application>, _ store: Transaction) throws -> [ExceptionRecord]
    {
        let requested = try store.rows(
            """
            SELECT exception_request.rule AS rule, exception_request.decider AS decider,
              exception_request.grounds AS grounds, exception_ruling.granted AS granted,
              exception_ruling.fact AS fact, exception_ruling.at AS at, person.name AS decider_name,
              exception_ruling.reason AS reason
            FROM exception_request JOIN application ON application.id = exception_request.application
            LEFT JOIN exception_ruling ON exception_ruling.application = exception_request.application
              AND exception_ruling.rule = exception_request.rule AND exception_ruling.submission = application.fact
            LEFT JOIN person ON person.id = exception_ruling.person
            WHERE exception_request.application = \(application) ORDER BY exception_request.rule
            """, as: ExceptionRecord.self)
        let unasked = try store.rows(
            """
            SELECT exception_ruling.rule AS rule, exception_ruling.role AS decider, NULL AS grounds,
              exception_ruling.granted AS granted, exception_ruling.fact AS fact, exception_ruling.at AS at,
              person.name AS decider_name, exception_ruling.reason AS reason
            FROM exception_ruling JOIN application ON application.id = exception_ruling.application
            LEFT JOIN person ON person.id = exception_ruling.person
            WHERE exception_ruling.application = \(application)
              AND exception_ruling.submission = application.fact
              AND NOT EXISTS (SELECT 1 FROM exception_request
                WHERE exception_request.application = exception_ruling.application
                  AND exception_request.rule = exception_ruling.rule)
            ORDER BY exception_ruling.rule
            """, as: ExceptionRecord.self)
        return requested + unasked
    }

    /// The same, and while the dossier is screened the unmet rules for which nobody asked: they came to be unmet
    /// after the submission, and somebody has to decide all the same.
    package static func all(
        of application: ID<Application>, judged verdicts: [Verdict], _ store: Transaction
    ) throws -> [ExceptionRecord] {
        let known = try all(of: application, store)
        return known
            + verdicts.filter { verdict in
                verdict.isExceptable && !known.contains { $0.rule == verdict.rule }
            }.map {
                ExceptionRecord(
                    rule: $0.rule, decider: $0.exceptionBy, grounds: nil, granted: nil, fact: nil, at: nil,
                    deciderName: nil, reason: nil)
            }
    }
}

import Lifecycle
import Store

/// A university's list of one call, as its research office sees it.
struct UniversityList: Sendable {
    let call: Call
    let programme: Programme
    let university: ID<Organisation>
    let universityName: String
    /// The last moment at which it can be put forward; nil where the procedure sets none.
    let end: Instant?
    /// At the university now: may be put forward or sent back.
    let candidates: [Candidate]
    /// Everything else of the university in this call.
    let others: [Candidate]
    let endorsed: Endorsed?
    /// On what its quota stands; nil where no formula said anything of the university.
    let ground: QuotaGround?
    /// What its applicants are told too; nil where the programme has no rules for lists.
    let unit: UnitOutlook?

    struct Candidate: Sendable {
        let dossier: DossierRecord
        let verdicts: [Verdict]
        /// What its endorsement covers.
        let exceptions: [ExceptionRecord]
        /// Counts as young under the call's rule; nil where no rule counts the young.
        let isYoung: Bool?

        /// The research office of the applicant's university sees it as such.
        var seen: Seen<DossierRecord> { Seen(dossier, as: [.researchOffice]) }

        /// The form as its applicant fills it in: with the section for what is asked to be excepted.
        func form(_ programme: Programme) -> ApplicationForm {
            ApplicationForm(adding: verdicts, to: programme.form)
        }

        /// The grounds of each exception asked for, as that office sees them.
        func requests(_ words: Words.Catalogue) -> [String] {
            exceptions.map { Seen($0, as: [.researchOffice]) }.compactMap { exception in
                guard let rule = exception[ExceptionSight.rule],
                    let grounds = exception[ExceptionSight.grounds]
                else { return nil }
                let label = verdicts.first { $0.rule == rule }?.label.text(in: words.language)
                return words.filled("list.request", ["rule": label ?? rule, "grounds": grounds])
            }
        }
    }

    struct Endorsed: Sendable, Decodable {
        let fact: Int64
        let at: Instant
        let officer: String?
    }

    var quota: Int? { call.quota(for: university) }

    func candidate(_ id: ID<Application>) -> Candidate? { candidates.first { $0.dossier.id == id } }

    /// - Parameter asked: the university chosen where the viewer serves several.
    static func find(
        _ id: ID<Call>, of asked: String?, for viewer: Viewer, _ house: House, _ store: Transaction
    ) throws -> UniversityList {
        let mine = viewer.organisations(as: .researchOffice)
        guard let university = mine.first(where: { asked == nil || $0.rawValue == asked }) else {
            throw Missing()
        }
        let (call, programme) = try Calls.found(id, house, store)
        let dossiers = try store.rows(
            """
            SELECT \(sql: DossierRecord.columns) FROM application
            WHERE call = \(id) AND university = \(university) ORDER BY list_rank IS NULL, list_rank, number
            """, as: DossierRecord.self)
        // The same as the act asks: whichever of several open steps it is.
        let waiting = Set(
            try store.values(
                """
                SELECT id FROM application WHERE call = \(id) AND university = \(university)
                  AND state = 'open' AND \(sql: OpenSteps.has(.endorse))
                """, as: ID<Application>.self))
        func isCandidate(_ dossier: DossierRecord) -> Bool { waiting.contains(dossier.id) }
        let judged = try EligibilityFacts.verdicts(
            on: dossiers.filter(isCandidate).map { EligibilityFacts.Asked($0.owner, $0.id) }, in: call,
            programme, house, store)
        var candidates: [Candidate] = []
        var others: [Candidate] = []
        for dossier in dossiers {
            let isCandidate = isCandidate(dossier)
            let candidate = Candidate(
                dossier: dossier, verdicts: judged[dossier.id] ?? [],
                exceptions: isCandidate ? try ExceptionRecord.all(of: dossier.id, store) : [],
                isYoung: try isYoung(dossier, call, programme, university, store))
            if isCandidate { candidates.append(candidate) } else { others.append(candidate) }
        }
        return UniversityList(
            call: call, programme: programme, university: university,
            universityName: try store.value(
                "SELECT name FROM organisation WHERE id = \(university)", as: String.self) ?? "",
            end: try end(call, programme, house.definitions, store), candidates: candidates, others: others,
            endorsed: try store.row(
                """
                SELECT endorsement_list.fact AS fact, endorsement_list.at AS at, person.name AS officer
                FROM endorsement_list LEFT JOIN person ON person.id = endorsement_list.officer
                WHERE endorsement_list.call = \(id) AND endorsement_list.university = \(university)
                """), ground: try QuotaGround.find(id, of: university, store),
            unit: try UnitLimits.find(university, in: call, programme, store))
    }

    static func end(
        _ call: Call, _ programme: Programme, _ definitions: Definitions, _ store: Transaction
    ) throws -> Instant? {
        guard let endorse = programme.procedure.step(of: .endorse),
            case .afterClosing(let term)? = endorse.within
        else { return nil }
        return term.end(from: call.closes, in: try definitions.calendar(store))
    }

    /// The rule about the young's share, asked of a list that has only this one.
    private static func isYoung(
        _ dossier: DossierRecord, _ call: Call, _ programme: Programme, _ university: ID<Organisation>,
        _ store: Transaction
    ) throws -> Bool? {
        let day = EligibilityFacts.rulesDay(of: call, store)
        for rule in programme.rules where rule.scope == .list {
            switch rule.version(on: day)?.demand {
            case .bornOnOrAfterShare, .ageAtMostShare:
                return rule.verdict(
                    on: day, list: [Applicant(born: dossier.born)], quota: nil, settings: call.settings
                ).result == .met
            case .organisationGroup, .organisationLevel, .fullTimeTeacher, .serviceCoversProject,
                .applicationsPerPerson, .applicationsPerPersonInFamily, .amountByChoice,
                .noActiveProject, .notRevokedSince, .yearsSinceLateClosing, .neverLed, .neverLedLevel,
                .notTitleAtAge, .notUnfundedRunning, .notBarred, .choiceShare, .choiceLeast, .quota,
                .sameField, .dayWithin,
                .none:
                continue
            }
        }
        return nil
    }
}

/// One line of the research office's overview.
struct ListSummary: Sendable, Decodable {
    let call: ID<Call>
    let university: ID<Organisation>
    let universityName: String
    let received: Int
    let waiting: Int
    let endorsedAt: Instant?

    static func all(_ viewer: Viewer, _ store: Transaction) throws -> [ListSummary] {
        try store.rows(
            """
            SELECT call.id AS call, organisation.id AS university, organisation.name AS university_name,
              COUNT(application.call) AS received,
              COUNT(CASE WHEN application.state = 'open' AND \(sql: OpenSteps.has(.endorse)) THEN 1 END) AS waiting,
              endorsement_list.at AS endorsed_at
            FROM call JOIN organisation ON organisation.id IN \(list: viewer.organisations(as: .researchOffice))
            LEFT JOIN application ON application.call = call.id AND application.university = organisation.id
            LEFT JOIN endorsement_list ON endorsement_list.call = call.id
              AND endorsement_list.university = organisation.id
            GROUP BY call.id, call.closes_at, organisation.id, organisation.name, endorsement_list.at
            ORDER BY call.closes_at DESC, call.id, organisation.id
            """)
    }
}

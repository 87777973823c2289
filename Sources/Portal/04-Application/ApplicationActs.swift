package import Lifecycle
package import Store

/// What applicants, members and research offices do.
package enum ApplicationActs {
    /// Everything that keeps the draft from being submitted now; empty when it may be.
    package static func obstacles(
        _ draft: Draft, _ call: Call, _ programme: Programme, at now: Instant, _ house: House,
        _ store: Transaction
    ) throws -> [Refusal] {
        var found: [Refusal] = []
        if let late = try lateness(draft.id, call, programme, at: now, house, store) { found.append(late) }
        let answers = try Drafts.answers(draft.id, store)
        let topics = try TopicQueries.offers(in: call, store)
        let form = ApplicationForm(of: programme, choosing: topics, answers: answers)
        for problem in form.problems(in: answers, disciplines: house.disciplines, settings: call.settings)
            + form.ceilingProblems(in: answers, topics: topics)
        {
            found.append(
                Refusal(
                    "answer.\(problem.code)",
                    problem.values.merging(["section": problem.section, "field": problem.field]) { old, _ in
                        old
                    }
                ).naming("label", problem.label))
        }
        for asked in try Drafts.asked(draft.id, store) {
            found.append(Refusal("member.no-consent", ["address": asked.email]))
        }
        found += try PartyActs.obstacles(of: draft.id, programme, store)
        if let stake = try TopicStake.obstacle(to: draft, answers, store) { found.append(stake) }
        let verdicts = try EligibilityFacts.verdicts(
            for: draft.owner, in: call, programme, besides: draft.id, house, store)
        for verdict in verdicts where verdict.stops {
            found.append(
                Refusal("rule.unmet", citation: verdict.citation).naming("label", verdict.label))
        }
        let grounds = try Drafts.grounds(draft.id, store)
        for (request, verdict) in zip(
            ExceptionRequest.all(for: verdicts, grounds: grounds), verdicts.filter(\.isExceptable))
        {
            if let obstacle = request.obstacle(to: verdict) { found.append(obstacle) }
        }
        return found
    }

    /// Whether the dossier can be (re)submitted at `now`. After a return the university's own time counts.
    package static func lateness(
        _ id: ID<Application>, _ call: Call, _ programme: Programme, at now: Instant, _ house: House,
        _ store: Transaction
    ) throws -> Refusal? {
        if now < call.opens { return Refusal("call.not-open", ["opens": call.opens.text]) }
        let known = try store.value("SELECT 1 FROM application WHERE id = \(id)", as: Int.self) != nil
        guard known else {
            return now > call.closes ? Refusal("call.closed", ["closes": call.closes.text]) : nil
        }
        let standing = try Dossiers.standing(of: id, in: call, programme, house, store)
        guard let write = standing.open.first(where: { $0.step.kind == .draft }) else {
            return Refusal("application.not-returned")
        }
        // The university's list goes once; who is not on it by then has missed it.
        if let university = try store.value(
            "SELECT university FROM application WHERE id = \(id)", as: ID<Organisation>.self),
            try isEndorsed(call.id, university, store)
        {
            return Refusal("application.list-gone")
        }
        guard let due = write.due, now > due else { return nil }
        return Refusal("call.closed", ["closes": due.text])
    }

    /// Takes in the draft as it stands. `at` is when the submission's last byte arrived.
    @discardableResult
    package static func submit(_ draft: Draft, _ change: Change, _ house: House) throws -> Fact {
        let store = change.store
        let (call, programme) = try Calls.found(draft.call, house, store)
        let obstacles = try obstacles(draft, call, programme, at: change.at, house, store)
        guard obstacles.isEmpty else { throw Refused(obstacles) }
        let answers = ApplicationForm.ofChosenTopic(try Drafts.answers(draft.id, store))
        var considered = try EligibilityFacts.applicant(
            draft.owner, in: call, programme, besides: draft.id, house, store)
        considered.choices = programme.form.choices(in: answers)
        considered.days = programme.form.days(in: answers)
        let verdicts = EligibilityFacts.verdicts(on: considered, in: call, programme, store)
        struct PersonRow: Decodable, Sendable {
            let name: String
            let born: Day?
            let title: String?
            let university: ID<Organisation>
            let universityName: String
        }
        guard
            let person = try store.row(
                """
                SELECT person.name, person.born, person.title, entity.id AS university,
                  entity.name AS university_name FROM person
                JOIN organisation AS own ON own.id = person.organisation
                JOIN organisation AS entity ON entity.id = own.legal_entity WHERE person.id = \(draft.owner)
                """, as: PersonRow.self)
        else { throw Missing() }
        let known = try store.value("SELECT number FROM application WHERE id = \(draft.id)", as: String.self)
        let number = try known ?? nextNumber(in: call, store)
        let members = try Drafts.members(draft.id, store)
        let requests = ExceptionRequest.all(for: verdicts, grounds: try Drafts.grounds(draft.id, store))
        let continues = try Drafts.continuations(draft.id, store)
        let application = Application(
            id: draft.id, call: call.id, number: number,
            applicant: ApplicantAsSubmitted(
                person: draft.owner, name: person.name, university: person.university,
                universityName: person.universityName, born: person.born, title: person.title),
            answers: answers,
            members: members.map {
                TeamMember(
                    person: $0.person, name: $0.name, organisation: $0.organisation,
                    organisationName: $0.organisationName, task: $0.task)
            },
            attachments: try Drafts.attachments(draft.id, store), verdicts: verdicts,
            exceptions: requests.isEmpty ? nil : requests, considered: considered,
            continues: continues.isEmpty ? nil : continues)
        let write = programme.procedure.step(of: .draft)?.id ?? "write"
        let fact = try change.append(
            ApplicationSubmitted(application, university: person.university), about: .application(draft.id),
            as: .applicant, move: Move(write, .done), clause: programme.clauses.first)
        for exclusion in try Drafts.exclusions(draft.id, store) {
            try change.append(
                ExclusionAsked(submission: fact.number, person: exclusion.person),
                about: .application(draft.id), as: .applicant, reason: exclusion.reason)
        }
        _ = try store.run("UPDATE draft SET submitted = \(true) WHERE id = \(draft.id)")
        return fact
    }

    /// The call's number and five digits that count up. One writer at a time, so no two get the same.
    private static func nextNumber(in call: Call, _ store: Transaction) throws -> String {
        let last = try store.value(
            "SELECT MAX(number) FROM application WHERE call = \(call.id)", as: String.self)
        let count = last.flatMap { Int($0.suffix(5)) } ?? 0
        if count >= 99_999 { throw Refused("call.full", ["most": "99999"]) }
        return "\(call.number)-\(String(String(100_001 + count).dropFirst()))"
    }

    /// A member agrees to take part, in a draft that asked the member's address.
    package static func consent(_ application: ID<Application>, by person: ID<Person>, _ change: Change)
        throws
    {
        guard try Drafts.join(application, by: person, change.store) else {
            // The button pressed a second time.
            guard try Drafts.isMember(application, person, change.store) else { throw Missing() }
            return
        }
        try change.append(
            MemberConsented(application: application, person: person), about: .application(application),
            as: .teamMember)
    }

    package static func withdraw(
        _ application: ID<Application>, by person: ID<Person>, reason: String, _ change: Change,
        _ house: House
    ) throws {
        guard
            let owner = try change.store.value(
                "SELECT owner FROM application WHERE id = \(application)", as: ID<Person>.self),
            owner == person,
            let callID = try change.store.value(
                "SELECT call FROM application WHERE id = \(application)", as: ID<Call>.self)
        else { throw Missing() }
        let (call, programme) = try Calls.found(callID, house, change.store)
        let standing = try Dossiers.standing(of: application, in: call, programme, house, change.store)
        let isDecided = programme.procedure.step(of: .decide).map { standing.isDone($0.id) } ?? false
        // Of several that are open at once, one that came further than this keeps it in.
        guard let open = standing.open.first, !isDecided,
            standing.open.allSatisfy({ [.draft, .endorse, .screen, .statement].contains($0.step.kind) })
        else {
            throw Refused("application.too-late-to-withdraw")
        }
        try change.append(
            ApplicationWithdrawn(), about: .application(application), as: .applicant,
            move: Move(open.step.id, .refused), reason: reason)
    }

    /// Sends an application back to its writer for correction.
    package static func sendBack(
        _ application: ID<Application>, by person: ID<Person>, reason: String, sections: [String],
        _ change: Change,
        _ house: House
    ) throws {
        guard reason.trimmedCount >= 5 else { throw Refused("reason.short", ["least": "5"]) }
        let (step, _, _, _) = try Dossiers.require(
            .endorse, of: application, by: person, as: .researchOffice, house: house, change.store)
        try change.append(
            ApplicationReturned(sections: sections), about: .application(application), as: .researchOffice,
            move: Move(step.id, .returned, target: step.returnsTo.first), reason: reason)
        _ = try change.store.run("UPDATE draft SET submitted = \(false) WHERE id = \(application)")
    }

    /// Everything that keeps a university's ranked list from being put forward now; empty when it may be.
    package static func listObstacles(
        _ ranked: [ID<Application>], of university: ID<Organisation>, in callID: ID<Call>,
        by person: ID<Person>, at now: Instant, _ house: House, _ store: Transaction
    ) throws -> [Refusal] {
        let (call, programme) = try Calls.found(callID, house, store)
        if try isEndorsed(callID, university, store) { return [Refusal("list.done")] }
        var found: [Refusal] = []
        if ranked.isEmpty { found.append(Refusal("list.empty")) }
        if Set(ranked).count != ranked.count { found.append(Refusal("list.twice")) }
        if let endorse = programme.procedure.step(of: .endorse),
            case .afterClosing(let term)? = endorse.within
        {
            let end = term.end(from: call.closes, in: try house.definitions.calendar(store))
            if now > end { found.append(Refusal("list.late", ["end": end.text], citation: endorse.cites)) }
        }
        if now <= call.closes { found.append(Refusal("list.early", ["closes": call.closes.text])) }
        let verdicts = try EligibilityFacts.listVerdicts(ranked, of: university, in: call, programme, store)
        for verdict in verdicts where verdict.stops {
            func facts(_ language: Language, _ comma: String) -> String {
                verdict.looked.map { "\($0.label.text(in: language)) \($0.text(in: language))" }
                    .joined(separator: comma)
            }
            found.append(
                Refusal("rule.list-unmet", citation: verdict.citation).naming("label", verdict.label)
                    .naming("facts", Label(facts(.zh, "，"), facts(.en, ", "))))
        }
        for application in ranked {
            let home = try store.value(
                "SELECT university FROM application WHERE id = \(application)", as: ID<Organisation>.self)
            guard home == university else { throw Missing() }
            do {
                try Dossiers.require(
                    .endorse, of: application, by: person, as: .researchOffice, house: house, store)
            } catch let refused as Refused {
                let number =
                    try store.value(
                        "SELECT number FROM application WHERE id = \(application)", as: String.self) ?? ""
                found += refused.refusals.map {
                    Refusal(
                        $0.code, $0.values.merging(["number": number]) { old, _ in old },
                        citation: $0.citation, standing: $0.standing)
                }
            }
        }
        return found
    }

    static func isEndorsed(_ call: ID<Call>, _ university: ID<Organisation>, _ store: Transaction) throws
        -> Bool
    {
        try store.value(
            "SELECT 1 FROM endorsement_list WHERE call = \(call) AND university = \(university)", as: Int.self
        )
            != nil
    }

    /// Puts a university's ranked list forward: all of it goes, or everything that stops it is said.
    ///
    /// - Parameter leavingOut: why the university's other applications of the call do not go; nil leaves them
    ///   where they are.
    package static func endorse(
        _ ranked: [ID<Application>], of university: ID<Organisation>, in callID: ID<Call>,
        by person: ID<Person>, leavingOut: String? = nil, _ change: Change, _ house: House
    ) throws {
        let store = change.store
        let (call, programme) = try Calls.found(callID, house, store)
        let obstacles = try listObstacles(
            ranked, of: university, in: callID, by: person, at: change.at, house, store)
        guard obstacles.isEmpty else { throw Refused(obstacles) }
        let step = programme.procedure.step(of: .endorse)?.id ?? "endorse"
        let others = try store.values(
            """
            SELECT id FROM application WHERE call = \(callID) AND university = \(university)
              AND state = 'open' AND \(sql: OpenSteps.has(.endorse)) ORDER BY number
            """, as: ID<Application>.self
        ).filter { !ranked.contains($0) }
        if let leavingOut, !others.isEmpty, leavingOut.trimmedCount < 5 {
            throw Refused("reason.short", ["least": "5"])
        }
        try change.append(
            ListEndorsed(
                call: callID, university: university, ranked: ranked,
                verdicts: try EligibilityFacts.listVerdicts(
                    ranked, of: university, in: call, programme, store)),
            about: Subject(kind: "list", id: "\(callID.rawValue)-\(university.rawValue)"), as: .researchOffice
        )
        for (index, application) in ranked.enumerated() {
            try change.append(
                ApplicationEndorsed(rank: index + 1), about: .application(application), as: .researchOffice,
                move: Move(step, .done))
        }
        guard let leavingOut else { return }
        for application in others {
            try change.append(
                ApplicationLeftOut(), about: .application(application), as: .researchOffice,
                move: Move(step, .refused), reason: leavingOut)
        }
    }
}

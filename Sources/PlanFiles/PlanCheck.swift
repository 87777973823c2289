package import Lifecycle

/// Everything that can be found wrong with the plan's files: what does not read, and what does not make sense.
package enum PlanCheck {
    /// Findings in order of path and place; empty when all is well.
    package static func check(_ directory: String) -> [PlanProblem] {
        let log = ProblemLog()
        let reading = Reading.folder(directory, log: log)
        for task in reading.plan.tasks {
            for id in task.programmes where reading.plan.programme(id) == nil {
                // A programme that does not read is reported already.
                guard !log.problems.contains(where: \.isError),
                    let place = reading.planPlaces["task:\(task.id)"]
                else {
                    continue
                }
                log.add(place, "programme.unknown", "没有方案“\(id)”", "there is no programme “\(id)”")
            }
        }
        for programme in reading.plan.programmes {
            let check = ProgrammeCheck(
                programme: programme, places: reading.places[programme.id] ?? [:],
                clauses: reading.clauses, log: log)
            check.run()
        }
        return PlanProblems(log.problems).problems
    }

    /// The same for the texts of one programme's files.
    ///
    /// - Parameter clauses: the plan's, which the programme may cite; nil for not comparing them.
    package static func check(files: [String: String], clauses: Set<ClauseID>? = nil) -> [PlanProblem] {
        let log = ProblemLog()
        var reader = ProgrammeReader(log: log)
        // Nothing here asks for the digest, and what is too large is not hashed to be refused.
        if let programme = reader.read(files, folder: "", digest: "") {
            ProgrammeCheck(programme: programme, places: log.places, clauses: clauses, log: log).run()
        }
        return PlanProblems(log.problems).problems
    }
}

/// The checks of one programme.
struct ProgrammeCheck {
    let programme: Programme
    let places: [String: Place]
    /// Nil where there is no plan to compare with, or it did not read.
    let clauses: Set<ClauseID>?
    let log: ProblemLog

    func run() {
        checkClauses()
        checkRules()
        checkProcedure()
        checkAppraisals()
        checkMeeting()
        checkFunding()
        checkStatements()
        checkParties()
        checkEach()
        checkContributions()
        checkLetting()
        checkRace()
        checkQuotaFormula()
        checkNonConsensus()
        checkJoint()
        checkConditions()
        checkCases()
    }

    func place(_ name: String) -> Place {
        places[name] ?? Place(path: "programme.yaml", line: 1, column: 1)
    }

    private func checkClauses() {
        guard let clauses else { return }
        for clause in programme.clauses where !clauses.contains(clause) {
            unknownClause(clause, place("clause:\(clause.rawValue)"))
        }
        for rule in programme.rules {
            for (index, version) in rule.versions.enumerated() {
                if let clause = version.cites.clause, !clauses.contains(clause) {
                    unknownClause(clause, place("rule:\(rule.id)/\(index)"))
                }
            }
        }
        for preference in programme.preferences ?? [] {
            if let clause = preference.cites.clause, !clauses.contains(clause) {
                unknownClause(clause, place("preference:\(preference.id)"))
            }
        }
        for step in programme.procedure.steps {
            if let clause = step.cites?.clause, !clauses.contains(clause) {
                unknownClause(clause, place("step:\(step.id)"))
            }
        }
    }

    func unknownClause(_ clause: ClauseID, _ place: Place) {
        log.add(
            place, "clause.unknown", "计划里没有条款 \(clause.rawValue)",
            "the plan has no clause \(clause.rawValue)")
    }

    private func checkProcedure() {
        let steps = programme.procedure.steps
        if steps.isEmpty { log.add(place("steps"), "list.empty", "没有步骤", "there is no step") }
        for finding in programme.procedure.findings {
            let id = finding.step.id
            let here = place("step:\(id)")
            switch finding.kind {
            case .unknownStep(let name, let key):
                let near = Spelling.nearest(to: name, among: steps.map(\.id))
                log.add(
                    place("step:\(id)/\(key)"), "step.unknown",
                    "没有步骤“\(name)”" + (near.map { "，是否想写“\($0)”？" } ?? ""),
                    "there is no step “\(name)”" + (near.map { ", did you mean “\($0)”?" } ?? ""))
            case .cycle:
                log.add(here, "procedure.cycle", "步骤“\(id)”在循环里等待自己", "the step “\(id)” waits for itself")
            case .unreachable:
                log.add(here, "procedure.unreachable", "步骤“\(id)”无法到达", "the step “\(id)” is never reached")
            case .deadEnd:
                log.add(
                    here, "procedure.dead-end", "步骤“\(id)”之后没有步骤，流程在此断头",
                    "nothing follows the step “\(id)” and it does not end the procedure")
            case .twice:
                log.add(
                    here, "procedure.twice", "流程里只能有一个 \(finding.step.kind.rawValue) 步骤",
                    "a procedure has one step of the kind \(finding.step.kind.rawValue)")
            case .without(let kind):
                log.add(
                    here, "procedure.without", "“\(id)”须以 \(kind.rawValue) 步骤为前提，流程里没有",
                    "“\(id)” rests on a step of the kind \(kind.rawValue), and there is none")
            case .returnsForward(let target):
                log.add(
                    place("step:\(id)/returnsTo"), "step.returns-forward", "“\(id)”不能退回到它之前没有的“\(target)”",
                    "“\(id)” cannot send back to “\(target)”, which does not come before it")
            case .administrator:
                log.add(
                    here, "step.administrator", "三类系统管理员不办理业务步骤", "an administrator does no step of a dossier"
                )
            case .neverJoins(let decide):
                log.add(
                    here, "procedure.never-joins",
                    "“\(decide)”不等“\(id)”就会作出；须让它（经由后面的步骤）写进 after",
                    "“\(decide)” would not wait for “\(id)”: it has to follow on it, directly or through later steps"
                )
            case .apartOneWay(let other):
                log.add(
                    place("step:\(id)/apartFrom"), "step.apart-one-way",
                    "“\(id)”与“\(other)”同时进行，先后不定；“\(other)”也须写 apartFrom: [\(id)]",
                    "“\(id)” and “\(other)” lie side by side and either may come first: “\(other)” has to declare apartFrom: [\(id)] too"
                )
            case .notApart(let other):
                log.add(
                    here, "step.not-apart", "同一人可能既办“\(other)”又办“\(id)”，须写 apartFrom: [\(other)]",
                    "one person might do both “\(other)” and “\(id)”: declare apartFrom: [\(other)]")
            }
        }
    }

    private func checkFunding() {
        if programme.funding == FundingRegime.none { return }
        let total = programme.funding.instalments.reduce(0) { $0 + $1.percent }
        if total != 100 {
            log.add(
                place("instalments"), "funding.not-hundred", "各笔合计 \(total)%，应为 100%",
                "the instalments come to \(total) %, not 100 %")
        }
        let milestones = programme.funding.milestones.map(\.id)
        if let test = programme.funding.test, !milestones.contains(test.upon) {
            log.add(
                place("thirdPartyTest"), "funding.unknown-milestone", "没有节点“\(test.upon)”",
                "there is no milestone “\(test.upon)”")
        }
        for instalment in programme.funding.instalments
        where instalment.upon != "contract" && !milestones.contains(instalment.upon) {
            log.add(
                place("instalment:\(instalment.id)"), "funding.unknown-milestone", "没有节点“\(instalment.upon)”",
                "there is no milestone “\(instalment.upon)”")
        }
    }
}

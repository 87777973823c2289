/// Clause by clause, what of the plan's own data carries it out, and what nothing carries out yet.
///
/// A clause is carried out by a programme that names it, or by a rule, party, step, statement, practice, criterion,
/// appraisal or funding regime that cites it. What is a setting of the demo carries nothing out: a clause that has nothing
/// else is *demo*. A task only says that it is to be done, and an indicator by what one would know: a clause that has tasks
/// and nothing else is *planned*. A clause asks for several things; that one of them is carried out says nothing of the others, and
/// so the tasks of which no programme takes care stand in a list of their own.
package struct PlanCoverage: Sendable, Codable, Hashable {
    package enum State: String, Sendable, Codable, CaseIterable {
        /// Something carries it out.
        case carried
        /// What names it are settings of the demo alone.
        case demo
        /// A task names it and nothing carries it out yet.
        case planned
        /// Nothing names it.
        case nothing
        /// A heading: what it holds stands in its parts.
        case heading
    }

    /// One thing that names a clause.
    package struct Use: Sendable, Codable, Hashable {
        package enum Kind: String, Sendable, Codable, CaseIterable {
            case task
            case indicator
            case programme
            case rule
            case party
            case step
            case statement
            case practice
            case criterion
            case review
            case appraisal
            case funding
        }

        package let kind: Kind
        /// Within its programme; of a task or an indicator, its own.
        package let id: String
        package let label: Label
        /// Nil for a task or an indicator.
        package let programme: String?
        /// Nil where the thing has none of its own.
        package let standing: RuleStanding?
        /// Of a rule: the day from which the version that cites the clause is in force.
        package let from: Day?
        /// Of an indicator: what the plan states of how much or how often, or that it states nothing.
        package let target: Label?

        /// Whether it is more than a word that something is to be done, and more than a setting of the demo.
        package var carries: Bool { names && standing != .demo }
        /// Whether it is of a programme.
        fileprivate var names: Bool { kind != .task && kind != .indicator }
    }

    package struct Line: Sendable, Codable, Hashable {
        package let clause: PlanClause
        package let state: State
        package let uses: [Use]

        /// 1 for a part, 2 for a section, 3 for an item.
        package var depth: Int { clause.id.parts.count }
    }

    /// A task that no programme carries out yet.
    package struct OpenTask: Sendable, Codable, Hashable {
        package let id: String
        package let label: Label
        package let clauses: [ClauseID]
    }

    /// Every clause of the plan, in the plan's order.
    package let lines: [Line]
    /// In the plan's order.
    package let openTasks: [OpenTask]

    package init(_ plan: Plan) {
        var uses: [ClauseID: [Use]] = [:]
        for task in plan.tasks {
            for clause in task.clauses { uses[clause, default: []].append(Use(task)) }
        }
        for indicator in plan.indicators {
            for clause in indicator.clauses { uses[clause, default: []].append(Use(indicator)) }
        }
        for programme in plan.programmes {
            for (clause, use) in programme.uses where uses[clause]?.contains(use) != true {
                uses[clause, default: []].append(use)
            }
        }
        openTasks = plan.tasks.filter(\.programmes.isEmpty).map {
            OpenTask(id: $0.id, label: $0.title, clauses: $0.clauses)
        }
        let above = Set(plan.clauses.compactMap { $0.id.parent })
        lines = plan.clauses.map { clause in
            let own = uses[clause.id] ?? []
            return Line(
                clause: clause, state: Self.state(of: own, isHeading: above.contains(clause.id)),
                uses: own.sorted {
                    (Use.Kind.place($0.kind), $0.programme ?? "", $0.id, $0.from?.number ?? 0)
                        < (Use.Kind.place($1.kind), $1.programme ?? "", $1.id, $1.from?.number ?? 0)
                })
        }
    }

    private static func state(of uses: [Use], isHeading: Bool) -> State {
        if uses.contains(where: \.carries) { return .carried }
        if uses.contains(where: \.names) { return .demo }
        if uses.contains(where: { $0.kind == .task }) { return .planned }
        return isHeading ? .heading : .nothing
    }

    /// What nothing carries out yet, in order: named by a task or by settings of the demo at most.
    package var nothingYet: [Line] {
        lines.filter {
            switch $0.state {
            case .demo, .planned, .nothing: true
            case .carried, .heading: false
            }
        }
    }

    package func count(_ state: State) -> Int { lines.count { $0.state == state } }

    package func line(_ clause: ClauseID) -> Line? { lines.first { $0.clause.id == clause } }
}

extension PlanCoverage.Use {
    fileprivate init(_ task: PlanTask) {
        self.init(
            kind: .task, id: task.id, label: task.title, programme: nil, standing: nil, from: nil,
            target: nil)
    }

    fileprivate init(_ indicator: PlanIndicator) {
        self.init(
            kind: .indicator, id: indicator.id, label: indicator.title, programme: nil, standing: nil,
            from: nil, target: indicator.stated)
    }
}

extension PlanIndicator {
    /// What the plan states of it, or that it states no figure.
    fileprivate var stated: Label {
        let own = target ?? Label("计划没有写明数值", "the plan states no figure")
        guard let until else { return own }
        return Label("\(own.zh)，至 \(until) 止", "\(own.en), by \(until)")
    }
}

extension PlanCoverage.Use.Kind {
    fileprivate static func place(_ kind: Self) -> Int { allCases.firstIndex(of: kind) ?? 0 }
}

extension Programme {
    /// Everything of the programme that names a clause.
    fileprivate var uses: [(ClauseID, PlanCoverage.Use)] {
        func use(
            _ kind: PlanCoverage.Use.Kind, _ id: String, _ label: Label, _ standing: RuleStanding? = nil,
            from: Day? = nil
        ) -> PlanCoverage.Use {
            PlanCoverage.Use(
                kind: kind, id: id, label: label, programme: self.id, standing: standing, from: from,
                target: nil)
        }
        var found = clauses.map { ($0, use(.programme, id, title)) }
        for party in parties ?? [] {
            if let clause = party.cites.clause {
                found.append((clause, use(.party, party.role.rawValue, party.describes, party.standing)))
            }
        }
        for rule in rules {
            for version in rule.versions {
                guard let clause = version.cites.clause else { continue }
                found.append(
                    (
                        clause,
                        use(.rule, rule.id, version.label ?? rule.label, version.standing, from: version.from)
                    ))
            }
        }
        for step in procedure.steps {
            if let clause = step.cites?.clause {
                found.append((clause, use(.step, step.id, step.label, step.standing)))
            }
        }
        for statement in statements ?? [] {
            if let clause = statement.cites?.clause {
                found.append((clause, use(.statement, statement.id, statement.label, statement.standing)))
            }
        }
        for item in defaults {
            if let clause = item.cites.clause {
                found.append((clause, use(.practice, item.id, item.label, item.standing)))
            }
        }
        for preference in preferences ?? [] {
            if let clause = preference.cites.clause {
                found.append((clause, use(.practice, preference.id, preference.label, preference.standing)))
            }
        }
        for criterion in review.criteria {
            if let clause = criterion.clause {
                found.append((clause, use(.criterion, criterion.id, criterion.label, review.standing)))
            }
        }
        for appraisal in appraisals ?? [] {
            for criterion in appraisal.lenses.flatMap(\.criteria) {
                if let clause = criterion.clause {
                    let name = "\(appraisal.id)/\(criterion.id)"
                    found.append((clause, use(.criterion, name, criterion.label, appraisal.standing)))
                }
            }
            if let clause = appraisal.cites.clause {
                found.append((clause, use(.appraisal, appraisal.id, appraisal.label, appraisal.standing)))
            }
        }
        if let clause = review.cites.clause {
            found.append((clause, use(.review, "review", Label("评审办法", "The review"), review.standing)))
        }
        if let race, let clause = race.cites.clause {
            found.append((clause, use(.practice, "race", Label("赛马", "The race"), race.standing)))
        }
        if let route = nonConsensus, let clause = route.cites.clause {
            let label = Label("非共识通道", "The route for non-consensus proposals")
            found.append((clause, use(.practice, "non-consensus", label, route.standing)))
        }
        if let clause = funding.cites.clause {
            found.append((clause, use(.funding, "funding", Label("经费办法", "The funding"), funding.standing)))
        }
        return found
    }
}

extension ClauseID {
    /// `3`, `3.1`, `3.1.2` → `["3"]`, `["3", "1"]`, `["3", "1", "2"]`.
    package var parts: [Substring] { rawValue.split(separator: ".") }

    /// The clause it is a part of; nil for a part of the document.
    package var parent: ClauseID? {
        let parts = parts
        return parts.count > 1 ? ClauseID(parts.dropLast().joined(separator: ".")) : nil
    }
}

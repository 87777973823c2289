import Lifecycle

extension ProgrammeReader {
    /// `demands: [titles, papers]`, of a closed vocabulary; an empty list says that it rests on none. Nil where the key is
    /// absent.
    func readDemands(_ fields: Fields) -> [RestrictiveCondition]? {
        guard fields.has("demands") else { return nil }
        return all(fields.list("demands")) { $0.choice(log, RestrictiveCondition.self) }
    }
}

/// Conditions that a statute frowns on, wherever they stand: in a rule, in a field that has to be filled, in a parameter
/// that a call's guide states.
///
/// 《北京国际科技创新中心建设条例》第五十条: no title, paper or award as a restrictive condition of projects on the city's fiscal
/// money, hence only of programmes that hand money out. Age and degree are common practice in open challenges only, and
/// unverified. Whether something is such a condition is a person's to judge, hence a warning. What can be known from the
/// kind of a demand is known without being declared, and words that sound like one want a declaration.
extension ProgrammeCheck {
    func checkConditions() {
        guard programme.givesMoney else { return }
        let declared = Dictionary(
            programme.form.sections.flatMap(\.fields).map { ($0.id, Set($0.demands ?? [])) },
            uniquingKeysWith: { first, _ in first })
        for rule in programme.rules {
            for (index, version) in rule.versions.enumerated() where version.until == nil {
                let here = place("rule:\(rule.id)/\(index)")
                // What is counted of a list is what the counted answer says.
                let counted = version.demand?.choice.flatMap { declared[$0.field] } ?? []
                let known = (version.demand?.restricts ?? []).union(counted)
                warn(known.union(version.demands ?? []), "rule", here)
                guard version.demand != nil, version.demands == nil else { continue }
                let spoken = RestrictiveCondition.spokenOf(in: [version.label ?? rule.label])
                warn(undeclared: spoken.subtracting(known), here)
            }
        }
        for field in programme.form.sections.flatMap(\.fields) {
            check(field, place("field:\(field.id)"))
        }
        for statement in programme.statements ?? []
        where programme.procedure.steps.contains(where: {
            $0.statement == statement.id && [.applicant, .teamMember].contains($0.by)
        }) {
            for field in statement.fields {
                check(field, place("statement:\(statement.id)/field:\(field.id)"))
            }
        }
        for parameter in programme.parameters {
            let here = place("parameter:\(parameter.id)")
            warn(Set(parameter.demands ?? []), "parameter", here)
            if parameter.demands == nil {
                warn(undeclared: RestrictiveCondition.spokenOf(in: [parameter.label, parameter.hint]), here)
            }
        }
    }

    /// What may be left empty keeps nobody from applying.
    private func check(_ field: ApplicationForm.Field, _ here: Place) {
        guard field.required else { return }
        warn(Set(field.demands ?? []), "field", here)
        if field.demands == nil {
            warn(undeclared: RestrictiveCondition.spokenOf(in: [field.label, field.hint]), here)
        }
    }

    private var isChallenge: Bool { programme.way == .openChallenge || programme.way == .race }

    private static func named(_ conditions: Set<RestrictiveCondition>, in language: Language) -> String {
        RestrictiveCondition.allCases.filter(conditions.contains).map { $0.label.text(in: language) }
            .joined(separator: language == .zh ? "、" : ", ")
    }

    /// - Parameter what: of what it is a condition: `rule`, `field` or `parameter`.
    private func warn(_ conditions: Set<RestrictiveCondition>, _ what: String, _ here: Place) {
        let statute = conditions.intersection(RestrictiveCondition.ofStatute)
        if !statute.isEmpty {
            log.warn(
                here, "\(what).title-condition",
                "财政科技项目不得将职称、论文、奖项等作为申报的限制性条件（《北京国际科技创新中心建设条例》第五十条），此处涉及"
                    + "\(Self.named(statute, in: .zh))，请人工核对",
                "titles, papers and awards must not restrict who may apply for fiscal money (Regulation on building the Beijing international innovation centre, article 50); here it is "
                    + "\(Self.named(statute, in: .en)): let a person check")
        }
        let practice = conditions.intersection(RestrictiveCondition.ofPractice)
        if isChallenge, !practice.isEmpty {
            log.warn(
                here, "\(what).age-condition",
                "揭榜挂帅通常不设年龄、学历要求（惯例，未核对原文），此处涉及\(Self.named(practice, in: .zh))，请人工核对",
                "an open challenge usually sets no age or degree (common practice, not checked); here it is "
                    + "\(Self.named(practice, in: .en)): let a person check")
        }
    }

    /// Words that sound like such a condition, of which the data says nothing.
    private func warn(undeclared spoken: Set<RestrictiveCondition>, _ here: Place) {
        let found = isChallenge ? spoken : spoken.intersection(RestrictiveCondition.ofStatute)
        guard !found.isEmpty else { return }
        let keys = RestrictiveCondition.allCases.filter(found.contains).map(\.rawValue).joined(
            separator: ", ")
        log.warn(
            here, "condition.undeclared",
            "文字提到\(Self.named(found, in: .zh))，但没有写明是否作为条件：请写 demands: [\(keys)]，不作条件的写 demands: []",
            "the words speak of \(Self.named(found, in: .en)) and nothing says whether it is demanded: write demands: [\(keys)], or demands: [] where it is not"
        )
    }
}

import Lifecycle

/// What a rule demands, in a sentence that says every number, with the programme's own names for its parameters and
/// answers.
struct DemandWords: Sendable {
    private let programme: Programme
    private let words: Words.Catalogue

    init(_ programme: Programme, _ words: Words.Catalogue) {
        self.programme = programme
        self.words = words
    }

    func text(_ demand: Demand) -> String {
        switch demand {
        case .organisationGroup(let groups, let also, let flag):
            return say("organisationGroup", ["groups": list(groups)])
                + (also.map {
                    say("organisationGroupAlso", ["group": $0, "parameter": flag.map(parameter) ?? ""])
                } ?? "")
        case .organisationLevel(let levels): return say("organisationLevel", ["levels": list(levels)])
        case .fullTimeTeacher: return say("fullTimeTeacher")
        case .serviceCoversProject: return say("serviceCoversProject")
        case .applicationsPerPerson(let most): return say("applicationsPerPerson", ["most": "\(most)"])
        case .applicationsPerPersonInFamily(let most, let family):
            return say(
                "applicationsPerPersonInFamily", ["most": "\(most)", "family": self.family(family)])
        case .noActiveProject(let family): return say("noActiveProject", ["family": self.family(family)])
        case .notRevokedSince(let family, let day):
            return say("notRevokedSince", ["family": self.family(family), "day": day.text])
        case .yearsSinceLateClosing(let family, let years):
            return say("yearsSinceLateClosing", ["family": self.family(family), "years": "\(years)"])
        case .neverLed(let family): return say("neverLed", ["family": self.family(family)])
        case .neverLedLevel(let level):
            return say("neverLedLevel", ["level": words["track.level.\(level.rawValue)"]])
        case .notTitleAtAge(let title, let age, let day):
            return say("notTitleAtAge", ["title": title, "age": "\(age)", "parameter": parameter(day)])
        case .notUnfundedRunning(let family, let years):
            return say("notUnfundedRunning", ["family": self.family(family), "years": "\(years)"])
        case .notBarred: return say("notBarred")
        case .bornOnOrAfterShare(let day, let percent):
            return say("bornOnOrAfterShare", ["parameter": parameter(day), "percent": "\(percent)"])
        case .ageAtMostShare(let age, let day, let percent):
            return say(
                "ageAtMostShare", ["age": "\(age)", "parameter": parameter(day), "percent": "\(percent)"])
        case .choiceShare(let field, let options, let percent):
            return say(
                "choiceShare",
                ["field": label(field), "options": answers(options, of: field), "percent": "\(percent)"])
        case .choiceLeast(let field, let options, let number):
            return say(
                "choiceLeast",
                [
                    "field": label(field), "options": answers(options, of: field),
                    "parameter": parameter(number),
                ])
        case .quota: return say("quota")
        case .sameField(let role, let least, let level):
            return say(
                "sameField",
                [
                    "role": words["role.\(role.rawValue)"], "least": "\(least)",
                    "level": words["programme.disciplineLevel.\(level.rawValue)"],
                ])
        case .dayWithin(let field, let from, let until):
            return say(
                "dayWithin",
                ["field": label(field), "from": parameter(from), "until": parameter(until)])
        case .amountByChoice(let field, let most, let years):
            return say(
                years == nil ? "amountByChoice" : "amountByChoiceYearly",
                ["field": label(field), "ceilings": ceilings(most, of: field)])
        }
    }

    /// Of whom alone something is asked.
    func text(_ condition: ChoiceCondition) -> String {
        words.filled(
            "programme.when",
            ["field": label(condition.field), "options": answers(condition.options, of: condition.field)])
    }

    private func ceilings(_ most: [AmountCeiling], of field: String) -> String {
        most.map { ceiling in
            let amount =
                switch ceiling.most {
                case .amount(let amount):
                    words.filled("call.money", ["wan": amount.wanText, "yuan": amount.yuanText])
                case .parameter(let id): words.filled("programme.byCall", ["parameter": parameter(id)])
                }
            let name = ceiling.label?.text(in: words.language) ?? answers([ceiling.option], of: field)
            return words.filled("programme.ceiling", ["option": name, "amount": amount])
        }.joined(separator: words.language == .zh ? "；" : "; ")
    }

    private func say(_ kind: String, _ values: [String: String] = [:]) -> String {
        words.filled("programme.demand.\(kind)", values)
    }

    private func list(_ items: [String]) -> String {
        items.joined(separator: words.language == .zh ? "、" : ", ")
    }

    private func parameter(_ id: String) -> String {
        programme.parameters.first { $0.id == id }?.label.text(in: words.language) ?? id
    }

    private func label(_ field: String) -> String {
        programme.form.field(field)?.label.text(in: words.language) ?? field
    }

    private func answers(_ options: [String], of field: String) -> String {
        let known = programme.form.field(field)?.options ?? []
        return list(options.map { id in known.first { $0.id == id }?.label.text(in: words.language) ?? id })
    }

    /// A family that the house has no word for, as another funder's, keeps its id.
    private func family(_ id: String) -> String {
        words.has("programme.family.\(id)") ? words["programme.family.\(id)"] : id
    }
}

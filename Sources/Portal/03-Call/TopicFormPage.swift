import Lifecycle

/// The officer's form of a topic, beside what the problems and the suggestions say.
struct TopicFormPage: Sendable {
    let heading: String
    let action: String
    let isNew: Bool
    let base: String
    let title: Field
    let goal: Field
    let indicators: Field
    let nodes: Field
    let ceiling: Field
    let userName: Field
    let userEmail: Field
    let reason: Field
    let payments: Field
    let tests: [Choice]
    let testOf: Field
    let testBy: Field
    let mostTitle: Int
    let mostGoal: Int
    let problems: [Problem]
    let hasProblems: Bool
    let suggestions: [Suggestion]
    let hasSuggestions: Bool
    let errors: [ErrorLine]
    let hasErrors: Bool
    let backHref: String

    struct Field: Sendable {
        let value: String
        let invalid: Bool
        let errors: [String]
    }

    struct Choice: Sendable {
        let value: String
        let label: String
        let checked: Bool
    }

    struct Problem: Sendable {
        let id: String
        let href: String
        let number: String
        let title: String
        let answers: [ProblemAnswerLine]
    }

    struct Suggestion: Sendable {
        let fact: String
        let who: String
        let text: String
        let checked: Bool
    }

    init(
        _ form: TopicForm, heading: String, action: String, base: Int?,
        problems: [(id: ID<Lifecycle.Problem>, seen: Seen<ProblemRecord>)],
        suggestions: [(fact: Int64, seen: Seen<TopicSuggestionRecord>)], refusals: [Refusal], _ ask: Ask
    ) {
        let words = ask.words
        let errors = Dictionary(grouping: refusals, by: TopicForm.field).mapValues { $0.map(words.sentence) }
        func field(_ name: String, _ value: String) -> Field {
            Field(value: value, invalid: errors[name] != nil, errors: errors[name] ?? [])
        }
        self.heading = words[heading]
        self.action = action
        isNew = action.hasPrefix("/office")
        self.base = base.map(String.init) ?? ask.form.text("base")
        title = field("title", form.text("title"))
        goal = field("goal", form.text("goal"))
        indicators = field("indicators", form.text("indicators"))
        nodes = field("nodes", form.text("nodes"))
        ceiling = field("ceiling", form.text("ceiling"))
        userName = field("user-name", form.text("user-name"))
        userEmail = field("user-email", form.text("user-email"))
        reason = field("reason", ask.form.text("reason"))
        payments = field("payments", form.text("payments"))
        tests = ["", "yes", "no"].map { value in
            Choice(
                value: value,
                label: words[
                    "topic.testChoice.\(value.isEmpty ? "programme" : value == "yes" ? "demanded" : "none")"],
                checked: form.text("test") == value)
        }
        testOf = field("test-of", form.text("test-of"))
        testBy = field("test-by", form.text("test-by"))
        mostTitle = TopicText.mostTitle
        mostGoal = TopicText.mostGoal
        self.problems = problems.map { id, seen in
            Problem(
                id: id.rawValue, href: "/problems/\(id)", number: seen[ProblemSight.number] ?? "",
                title: seen[ProblemSight.title] ?? "",
                answers: (seen[ProblemSight.answers] ?? []).map { ProblemAnswerLine($0, words) })
        }
        hasProblems = !problems.isEmpty
        let adopted = Set(ask.form.all("adopt"))
        self.suggestions = suggestions.map { fact, seen in
            Suggestion(
                fact: "\(fact)", who: seen[TopicSight.suggester] ?? "",
                text: seen[TopicSight.suggestion] ?? "",
                checked: adopted.contains("\(fact)"))
        }
        hasSuggestions = !suggestions.isEmpty
        self.errors = refusals.map {
            ErrorLine(href: "#\(TopicForm.field(of: $0))", text: words.sentence($0))
        }
        hasErrors = !refusals.isEmpty
        backHref = isNew ? "/office/problems" : String(action.dropLast("/edit".count))
    }
}

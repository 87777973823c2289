/// What a round's eligibility rested on, as it was recorded: what can be judged again under other rules.
///
/// It names no person. An application is its number, a university its code or id.
package struct RecordedRound: Sendable, Codable, Hashable {
    package struct Entry: Sendable, Codable, Hashable {
        package let number: String
        package let university: String
        package let universityName: String
        /// What eligibility looked at when it was submitted; nil in submissions from before that was kept.
        package let considered: Applicant?
        /// As the submission had it, also where `considered` is nil.
        package let born: Day?
        /// Place on the list that the university put forward; nil where it is on none.
        package let rank: Int?
        /// What the rules said then, by rule.
        package let recorded: [String: Verdict.Result]

        package init(
            number: String, university: String, universityName: String, considered: Applicant?, born: Day?,
            rank: Int?, recorded: [String: Verdict.Result]
        ) {
            self.number = number
            self.university = university
            self.universityName = universityName
            self.considered = considered
            self.born = born
            self.rank = rank
            self.recorded = recorded
        }

        /// What can be judged: of a submission that kept nothing, the birth alone.
        var applicant: Applicant { considered ?? Applicant(born: born) }

        /// What a rule of a list looks at.
        var listed: Applicant { Applicant(born: born, choices: considered?.choices) }
    }

    package let number: String
    package let title: String
    package let programme: String
    package let year: Int
    /// The day whose rules applied.
    package let rulesDay: Day
    package let settings: Settings
    /// By university; else the `quotaEach` of the settings.
    package let quotas: [String: Int]
    /// In order of their numbers.
    package let entries: [Entry]

    package init(
        number: String, title: String, programme: String, year: Int, rulesDay: Day,
        settings: Settings, quotas: [String: Int], entries: [Entry]
    ) {
        self.number = number
        self.title = title
        self.programme = programme
        self.year = year
        self.rulesDay = rulesDay
        self.settings = settings
        self.quotas = quotas
        self.entries = entries
    }

    /// What each university put forward; of one that put nothing forward, all that was submitted there.
    var lists: [(university: String, name: String, entries: [Entry])] {
        var order: [String] = []
        var all: [String: [Entry]] = [:]
        for entry in entries {
            if all[entry.university] == nil { order.append(entry.university) }
            all[entry.university, default: []].append(entry)
        }
        return order.sorted().map { university in
            let own = all[university] ?? []
            let ranked = own.filter { $0.rank != nil }
            return (university, own.first?.universityName ?? "", ranked.isEmpty ? own : ranked)
        }
    }

    func quota(for university: String) -> Int? { quotas[university] ?? settings.count("quotaEach") }
}

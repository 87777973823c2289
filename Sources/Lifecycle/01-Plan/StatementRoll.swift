/// What the statements of one form make together, over all dossiers of a call (名单、日程): one public list, and what
/// may not be said twice or too often in it.
package struct StatementRoll: Sendable, Codable, Hashable {
    /// Two dossiers that say the same in all of `same` stand in each other's way: always, or, where a beginning and an
    /// end are named, while their times overlap. One that ends when the other begins does not overlap it.
    package struct Apart: Sendable, Codable, Hashable {
        package let same: [String]
        package let times: Times?

        package struct Times: Sendable, Codable, Hashable {
            package let from: String
            package let until: String

            package init(from: String, until: String) {
                self.from = from
                self.until = until
            }
        }

        package init(same: [String], times: Times? = nil) {
            self.same = same
            self.times = times
        }
    }

    /// No more than the call's number says may choose one of `options`.
    package struct Cap: Sendable, Codable, Hashable {
        package let field: String
        package let options: [String]
        package let parameter: String

        package init(field: String, options: [String], parameter: String) {
            self.field = field
            self.options = options
            self.parameter = parameter
        }
    }

    /// A statement of the same form, of another dossier of the call, or what is said of somebody invited.
    package struct Entry: Sendable, Hashable {
        /// The dossier's number; the name of who was invited.
        package let number: String
        package let answers: [String: String]
        /// What it said is not known any more. It counts against each cap: nobody gets a place because words were erased.
        package let isErased: Bool

        package init(number: String, answers: [String: String], isErased: Bool = false) {
            self.number = number
            self.answers = answers
            self.isErased = isErased
        }
    }

    package let label: Label
    /// The fields anybody reads, in the order of the list's columns.
    package let shows: [String]
    /// A field whose answers head the list's parts; nil for one part.
    package let groupBy: String?
    /// Fields by whose answers the list is ordered, before the dossiers' numbers.
    package let orderBy: [String]
    package let apart: Apart?
    package let caps: [Cap]
    /// What those are called who stand in it without a dossier, entered by an officer (特邀); nil where nobody does.
    package let invites: Label?

    package init(
        label: Label, shows: [String], groupBy: String? = nil, orderBy: [String] = [], apart: Apart? = nil,
        caps: [Cap] = [], invites: Label? = nil
    ) {
        self.label = label
        self.shows = shows
        self.groupBy = groupBy
        self.orderBy = orderBy
        self.apart = apart
        self.caps = caps
        self.invites = invites
    }
}

extension StatementRoll {
    /// Everything that keeps `answers` from standing beside `others`.
    package func obstacles(
        to answers: [String: String], beside others: [Entry], in form: StatementForm, settings: Settings
    ) -> [Refusal] {
        var found: [Refusal] = []
        if let times = apart?.times, let from = answers[times.from], let until = answers[times.until],
            from >= until
        {
            found.append(Refusal("roll.times", ["from": from, "until": until, "field": times.until]))
        } else if let apart, let other = others.first(where: { apart.clashes(answers, $0.answers) }) {
            let taken = apart.same.map { form.words($0, answers[$0] ?? "") }
            let time =
                apart.times.map { times in
                    " \(other.answers[times.from] ?? "")—\(other.answers[times.until] ?? "")"
                } ?? ""
            found.append(
                Refusal(
                    "roll.taken", ["number": other.number, "field": apart.same[0]], citation: form.cites
                ).naming(
                    "what",
                    Label(
                        taken.map(\.zh).joined(separator: "、") + time,
                        taken.map(\.en).joined(separator: ", ") + time)))
        }
        for cap in caps {
            guard let own = answers[cap.field], cap.options.contains(own),
                let most = settings.count(cap.parameter)
            else { continue }
            let count = others.count { $0.isErased || cap.options.contains($0.answers[cap.field] ?? "") }
            guard count >= most else { continue }
            found.append(
                Refusal(
                    "roll.full", ["most": "\(most)", "count": "\(count)", "field": cap.field],
                    citation: form.cites
                ).naming("what", form.words(cap.field, own)))
        }
        return found
    }

    /// In the order of the list.
    package func sorted<Line>(_ lines: [Line], by entry: (Line) -> Entry, in form: StatementForm) -> [Line] {
        let keys = ([groupBy].compactMap(\.self) + orderBy).map { (id: $0, ranks: form.ranks($0)) }
        func key(_ entry: Entry) -> [String] {
            keys.map { key in
                let answer = entry.answers[key.id] ?? ""
                return key.ranks?[answer] ?? answer
            } + [entry.number]
        }
        return lines.map { ($0, key(entry($0))) }.sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
    }
}

extension StatementRoll.Apart {
    fileprivate func clashes(_ own: [String: String], _ other: [String: String]) -> Bool {
        guard same.allSatisfy({ own[$0] != nil && own[$0] == other[$0] }) else { return false }
        guard let times else { return true }
        guard let from = own[times.from], let until = own[times.until], let began = other[times.from],
            let ended = other[times.until]
        else { return false }
        return from < ended && began < until
    }
}

extension StatementForm {
    /// An answer as people read it: the option's own words of a choice.
    fileprivate func words(_ field: String, _ answer: String) -> Label {
        let field = fields.first { $0.id == field }
        return field?.options.first { $0.id == answer }?.label ?? Label(answer, answer)
    }

    /// Where each option of a choice stands, so that text orders it; nil for another field.
    fileprivate func ranks(_ id: String) -> [String: String]? {
        guard let field = fields.first(where: { $0.id == id }), field.kind == .choice else { return nil }
        return Dictionary(
            uniqueKeysWithValues: field.options.enumerated().map { place, option in
                let digits = String(place)
                return (option.id, String(repeating: "0", count: 6 - digits.count) + digits)
            })
    }
}

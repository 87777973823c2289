/// A panel meets over dossiers of one call: votes on each in secret (会议评审), hears each candidate (面谈), or only says
/// what it thinks of each and has it written down (会商).
package struct Meeting: Sendable, Codable, Hashable {
    package let id: ID<Meeting>
    package let call: ID<Call>
    package let title: String
    package let at: Instant
    package let place: String
    package let chair: ID<Person>
    /// Those who vote, the chair among them.
    package let panel: [ID<Person>]
    /// In the order in which they are taken.
    package let agenda: [ID<Application>]
    /// How many of the panel must vote on a dossier for the vote to count, or be in the room where nobody votes.
    package let quorum: Int
    /// Per cent of the votes for and against that must be for it, at least. More than half, so that no vote is both.
    /// Nil where nobody votes.
    package let majority: Int?
    /// The id of the ``StatementForm`` in which is written what was said of each dossier; nil where nothing is.
    package let notes: String?
    /// Whether candidates come in and are heard. Nil where they do not.
    package let hears: Bool?

    package init(
        id: ID<Meeting>, call: ID<Call>, title: String, at: Instant, place: String, chair: ID<Person>,
        panel: [ID<Person>], agenda: [ID<Application>], quorum: Int, majority: Int?,
        notes: String? = nil, hears: Bool = false
    ) {
        self.id = id
        self.call = call
        self.title = title
        self.at = at
        self.place = place
        self.chair = chair
        self.panel = panel
        self.agenda = agenda
        self.quorum = quorum
        self.majority = majority
        self.notes = notes
        self.hears = hears ? true : nil
    }

    /// What keeps it from being called; empty when it may.
    package var obstacles: [Refusal] {
        var found: [Refusal] = []
        if title.trimmedCount < 4 { found.append(Refusal("meeting.title")) }
        if Set(panel).count != panel.count { found.append(Refusal("meeting.panel-twice")) }
        if !panel.contains(chair) { found.append(Refusal("meeting.chair")) }
        if panel.count < quorum {
            found.append(
                Refusal("meeting.panel-small", ["panel": "\(panel.count)", "quorum": "\(quorum)"]))
        }
        if agenda.isEmpty { found.append(Refusal("meeting.no-agenda")) }
        if Set(agenda).count != agenda.count { found.append(Refusal("meeting.agenda-twice")) }
        return found
    }
}

package enum MeetingVote: String, Sendable, Codable, CaseIterable {
    case yes
    case no
    case abstain
}

/// What a secret vote came to. Says nothing of who voted how.
package struct MeetingTally: Sendable, Codable, Hashable {
    package enum Outcome: String, Sendable, Codable, CaseIterable {
        case supported
        case unsupported
        /// Too few voted: the dossier stays where it is, for another meeting.
        case inquorate
        /// The candidate was heard, and nobody votes here.
        case heard
        /// What the panel said of it was written down, and nobody votes here.
        case discussed
        /// It could not be taken to its end: the dossier stays where it is, for another meeting.
        case deferred
    }

    /// Members present who were not recused.
    package let entitled: Int
    package let yes: Int
    package let no: Int
    package let abstained: Int

    package init(entitled: Int, yes: Int, no: Int, abstained: Int) {
        self.entitled = entitled
        self.yes = yes
        self.no = no
        self.abstained = abstained
    }

    package init(_ votes: [MeetingVote], entitled: Int) {
        self.init(
            entitled: entitled, yes: votes.count { $0 == .yes }, no: votes.count { $0 == .no },
            abstained: votes.count { $0 == .abstain })
    }

    package var cast: Int { yes + no + abstained }

    /// Who abstains is there for the quorum and on neither side.
    package func outcome(quorum: Int, majority: Int) -> Outcome {
        guard cast >= quorum, yes + no > 0 else { return .inquorate }
        return yes * 100 >= (yes + no) * majority ? .supported : .unsupported
    }
}

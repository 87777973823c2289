package import Lifecycle
import Store

/// Who stands in a call's roll without a dossier: an officer of the call enters them, mends it, and takes them out.
package enum RollActs {
    static let nameMost = 60
    static let organisationMost = 120
    static let titleMost = 200
    static let agreedMost = 500

    /// What was filled in, as it was typed.
    package struct Said: Sendable {
        package let name: String
        package let organisation: String
        package let title: String
        /// By the fields of the statement's form.
        package let answers: [String: String]
        /// How and when they agreed; may be empty.
        package let agreed: String
        /// The number of the fact in whose place it stands; empty for somebody new.
        package let replaces: String

        package init(
            name: String, organisation: String, title: String, answers: [String: String],
            agreed: String = "", replaces: String = ""
        ) {
            self.name = name
            self.organisation = organisation
            self.title = title
            self.answers = answers
            self.agreed = agreed
            self.replaces = replaces
        }
    }

    /// A call's roll that invites.
    struct Inviting {
        let call: Call
        let programme: Programme
        let form: StatementForm
        let roll: StatementRoll
    }

    /// - Throws: ``Missing`` for who is no officer, and where the call has no such roll or it invites nobody; `Refused`
    ///   for who applies in the call.
    static func inviting(
        _ statement: String, of id: ID<Call>, by viewer: Viewer, _ house: House, _ store: Transaction
    ) throws -> Inviting {
        guard let person = viewer.person, viewer.holds(.programmeOfficer) else { throw Missing() }
        let (call, programme) = try Calls.found(id, house, store)
        guard let form = programme.statement(statement), let roll = form.roll, roll.invites != nil else {
            throw Missing()
        }
        if try Parties.takesPart(person, in: id, store) { throw Refused("roll.applies") }
        return Inviting(call: call, programme: programme, form: form, roll: roll)
    }

    /// Enters somebody, new or in the place of what was said before.
    ///
    /// - Throws: as ``inviting(_:of:by:_:_:)``; `Refused` with everything that is wrong.
    @discardableResult
    package static func invite(
        _ said: Said, to statement: String, of id: ID<Call>, by viewer: Viewer, _ change: Change,
        _ house: House
    ) throws -> Fact {
        let store = change.store
        let found = try inviting(statement, of: id, by: viewer, house, store)
        let form = found.form
        var obstacles = wrong(said)
        let replaced = Int64(said.replaces)
        if !said.replaces.isEmpty {
            let standing = try RollInvite.standing(of: form, in: id, store).map(\.fact)
            if !(replaced.map(standing.contains) ?? false) { obstacles.append(Refusal("roll.gone")) }
        }
        let read = ApplicationForm(sections: []).reading(said.answers, section: form.section)
        obstacles += read.problems.map {
            Refusal("answer.\($0.code)", ["field": $0.field]).naming("label", $0.label)
        }
        if read.problems.isEmpty {
            obstacles += form.obstacles(
                to: .done, answers: read.answers, isSigned: false, reason: "", settings: found.call.settings)
            let others = try RollEntry.standing(
                of: form, in: id, found.programme, replaced: replaced, store)
            obstacles += found.roll.obstacles(
                to: read.answers, beside: others, in: form, settings: found.call.settings)
        }
        guard obstacles.isEmpty else { throw Refused(obstacles) }
        let agreed = said.agreed.trimmed
        let fact = try change.append(
            RollInvited(
                statement: form.id, name: said.name.trimmed,
                organisation: said.organisation.trimmed, title: said.title.trimmed,
                answers: read.answers),
            about: .call(id), as: .programmeOfficer, reason: agreed.isEmpty ? nil : agreed,
            clause: form.cites?.clause)
        if let replaced {
            try change.append(
                RollInvitationWithdrawn(fact: replaced, by: fact.number), about: .call(id),
                as: .programmeOfficer)
        }
        return fact
    }

    /// Takes somebody out of the roll.
    ///
    /// - Throws: as ``inviting(_:of:by:_:_:)``; `Refused` where nobody stands there any more.
    package static func withdraw(
        _ fact: String, from statement: String, of id: ID<Call>, by viewer: Viewer, _ change: Change,
        _ house: House
    ) throws {
        let found = try inviting(statement, of: id, by: viewer, house, change.store)
        let standing = try RollInvite.standing(of: found.form, in: id, change.store).map(\.fact)
        guard let number = Int64(fact), standing.contains(number) else { throw Refused("roll.gone") }
        try change.append(
            RollInvitationWithdrawn(fact: number, by: nil), about: .call(id), as: .programmeOfficer)
    }

    private static func wrong(_ said: Said) -> [Refusal] {
        var found: [Refusal] = []
        for (code, text, most) in [
            ("name", said.name, nameMost), ("organisation", said.organisation, organisationMost),
            ("title", said.title, titleMost),
        ] where text.trimmedCount < 2 || text.count > most {
            found.append(Refusal("roll.\(code)", ["most": "\(most)"]))
        }
        if said.agreed.count > agreedMost {
            found.append(Refusal("roll.agreed", ["most": "\(agreedMost)"]))
        }
        return found
    }
}

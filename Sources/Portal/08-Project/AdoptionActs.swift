package import Lifecycle
import Store

/// Saying whether a project's result was taken up: once the contract binds, as often as there is something to say.
package enum AdoptionActs {
    static let lineMost = 120
    static let evidenceLeast = 10
    static let evidenceMost = 4000

    /// What was filled in, as it was typed.
    package struct Said: Sendable {
        package let extent: AdoptionRecorded.Extent?
        package let organisation: String
        package let place: String
        package let since: String
        package let evidence: String
        /// The number of the fact that it corrects; empty where it stands beside them.
        package let corrects: String

        package init(
            _ extent: AdoptionRecorded.Extent?, organisation: String = "", place: String = "",
            since: String = "", evidence: String, corrects: String = ""
        ) {
            self.extent = extent
            self.organisation = organisation
            self.place = place
            self.since = since
            self.evidence = evidence
            self.corrects = corrects
        }
    }

    /// Whose it is to say: the final user's; the university's office where the programme asks no final user in.
    package static func writer(in programme: Programme) -> Role {
        programme.partyRule(.finalUser) == nil ? .researchOffice : .finalUser
    }

    /// What keeps the viewer from saying anything now; nil for nothing.
    static func obstacle(_ open: OpenCase, _ viewer: Viewer, _ store: Transaction) throws -> Refusal? {
        let writer = writer(in: open.programme)
        guard let person = viewer.person, StatementTurn.isTheirs(writer, open, viewer) else {
            return Refusal("adoption.not-yours", ["role": "role.\(writer.rawValue)"])
        }
        let binds = try store.value(
            "SELECT 1 FROM contract WHERE application = \(open.record.id) AND agreed_at IS NOT NULL",
            as: Int.self)
        guard binds != nil else { return Refusal("adoption.no-contract") }
        // Who was asked in by name has a stake by nature; a university's officer must have none.
        guard !writer.isOfDossier else { return nil }
        return try Parties.reasons(against: person, as: writer, on: open.record.id, store).first?.refusal()
    }

    /// - Throws: `Missing` for who reads nothing of it; `Refused` with everything that is wrong.
    @discardableResult
    package static func record(
        _ said: Said, of application: ID<Application>, by viewer: Viewer, _ change: Change, _ house: House
    ) throws -> Fact {
        let open = try OpenCase.find(
            application, for: viewer, as: AdoptionSight.readers, house, change.store)
        if let obstacle = try obstacle(open, viewer, change.store) { throw Refused([obstacle]) }
        let standing = try AdoptionRecord.all(of: [application], change.store).filter {
            $0.correctedAt == nil
        }
        let body = try read(said, standing.map(\.fact), on: change.at.day)
        let role = writer(in: open.programme)
        let fact = try change.append(
            body, about: .application(application), as: role, reason: said.evidence,
            clause: open.programme.clauses.first)
        if let corrects = body.corrects {
            try change.append(
                AdoptionCorrected(fact: corrects, by: fact.number), about: .application(application), as: role
            )
        }
        return fact
    }

    private static func read(_ said: Said, _ standing: [Int64], on today: Day) throws -> AdoptionRecorded {
        var found: [Refusal] = []
        if !(said.extent.map(AdoptionRecorded.Extent.sayable.contains) ?? false) {
            found.append(Refusal("adoption.extent"))
        }
        let since = Day(text: said.since)
        if said.extent == .notYet {
            if ![said.organisation, said.place, said.since].allSatisfy(\.isEmpty) {
                found.append(Refusal("adoption.nobody"))
            }
        } else {
            for (code, line) in [("organisation", said.organisation), ("place", said.place)]
            where line.trimmedCount < 2 || line.count > lineMost {
                found.append(Refusal("adoption.\(code)", ["most": "\(lineMost)"]))
            }
            if since.map({ $0 > today }) ?? true { found.append(Refusal("adoption.since")) }
        }
        if said.evidence.trimmedCount < evidenceLeast || said.evidence.count > evidenceMost {
            found.append(
                Refusal("adoption.evidence", ["least": "\(evidenceLeast)", "most": "\(evidenceMost)"]))
        }
        let corrects = Int64(said.corrects)
        if !said.corrects.isEmpty, !(corrects.map(standing.contains) ?? false) {
            found.append(Refusal("adoption.corrects"))
        }
        guard found.isEmpty, let extent = said.extent else { throw Refused(found) }
        return AdoptionRecorded(
            extent: extent, organisation: said.organisation, place: said.place, since: since,
            corrects: corrects)
    }
}

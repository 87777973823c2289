import Lifecycle
import Store

/// Starting an application to a call.
enum DraftStart {
    private enum Found: Sendable {
        case there(ID<Application>)
        case stopped(IneligiblePage)
        case free
    }

    static func post(_ ask: Ask) async throws -> Answer {
        let person = try ask.signedIn()
        let call = ask.id("call", Call.self)
        let house = ask.house
        let found = try await ask.read { store -> Found in
            let (call, programme) = try Calls.found(call, house, store)
            if let known = try store.value(
                "SELECT id FROM draft WHERE call = \(call.id) AND owner = \(person)", as: ID<Application>.self
            ) {
                return .there(known)
            }
            guard ask.viewer.holds(.applicant) else { throw Refused("apply.not-applicant") }
            switch call.phase(at: ask.now) {
            case .announced: throw Refused("call.not-open", ["opens": call.opens.text])
            case .closed: throw Refused("call.closed", ["closes": call.closes.text])
            case .open: break
            }
            let verdicts = try EligibilityFacts.verdicts(
                for: person, in: call, programme, besides: nil, ask.house, store)
            guard verdicts.contains(where: \.stops) else { return .free }
            return .stopped(IneligiblePage(call, verdicts, ask))
        }
        switch found {
        case .there(let draft): return .see("/drafts/\(draft)")
        case .stopped(let page): return try await ask.page("draft/ineligible", page, status: 422)
        case .free: break
        }
        let id = house.world.id(Application.self)
        let draft = try await house.database.write(.relaxed) { store in
            try Drafts.start(call, by: person, id: id, at: ask.now, store)
        }
        return .see("/drafts/\(draft)?done=draft-started")
    }
}

/// Why this person cannot apply to this call, with every rule's verdict.
struct IneligiblePage: Sendable {
    let call: String
    let callHref: String
    let eligibility: EligibilityPanel

    init(_ call: Call, _ verdicts: [Verdict], _ ask: Ask) {
        self.call = call.title
        callHref = "/calls/\(call.id)"
        eligibility = EligibilityPanel(verdicts, ask)
    }
}

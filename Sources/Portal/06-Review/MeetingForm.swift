import Lifecycle
import Store

/// The form that calls a meeting. All that is wrong with it is told at once: who arranges a meeting asks many people.
enum MeetingForm {
    static func read(
        _ form: FormFields, as id: ID<Meeting>, of call: ID<Call>, _ terms: MeetingActs.Terms,
        _ store: Transaction
    ) throws -> Meeting {
        var refusals: [Refusal] = []
        var known: [String: ID<Person>] = [:]
        let at = Instant(text: form.text("at").replacing("T", with: " "))
        if at == nil { refusals.append(Refusal("meeting.when")) }
        let place = form.text("place")
        if place.isEmpty { refusals.append(Refusal("meeting.place")) }
        let addresses = (form["panel"] ?? "").split(whereSeparator: {
            $0.isWhitespace || ",，;；、".contains($0)
        }).map(String.init)
        let chair = form.text("chair")
        for address in addresses + [chair] where !address.isEmpty && known[address] == nil {
            do {
                known[address] = try Someone.find(address, store).id
            } catch let refused as Refused { refusals += refused.refusals.filter { !refusals.contains($0) } }
        }
        let meeting = Meeting(
            id: id, call: call, title: form.text("title"), at: at ?? Instant(rawValue: 0), place: place,
            chair: known[chair] ?? ID(""), panel: addresses.compactMap { known[$0] },
            agenda: form.all("agenda").map { ID<Application>($0) }, quorum: terms.quorum,
            majority: terms.majority, notes: terms.notes, hears: terms.hears)
        guard refusals.isEmpty else {
            // Whether panel and chair are in order cannot be said while somebody of them is not known.
            let isKnown = addresses.allSatisfy { known[$0] != nil } && (chair.isEmpty || known[chair] != nil)
            let aboutPeople: Set = ["meeting.chair", "meeting.panel-small", "meeting.panel-twice"]
            throw Refused(refusals + meeting.obstacles.filter { isKnown || !aboutPeople.contains($0.code) })
        }
        return meeting
    }
}

import Lifecycle
import Testing

@Suite struct SightTests {
    private struct Letter: Sendable {
        let subject: String
        let sender: String?
    }

    private static let subject = Field<Letter, String>("subject", seenBy: [.anyone]) { $0.subject }
    private static let sender = Field<Letter, String?>("sender", seenBy: [.owner, .auditor]) { $0.sender }
    private let letter = Letter(subject: "异议", sender: "某人")

    @Test(arguments: Relation.allCases)
    func `a field is seen by its relations and by nobody else`(relation: Relation) {
        let seen = Seen(letter, as: [relation])
        #expect(seen[Self.subject] == "异议")
        let mayKnow = relation == .owner || relation == .auditor
        #expect(seen[Self.sender] == (mayKnow ? "某人" : nil))
    }

    @Test func `one without any relation is the public`() {
        let seen = Seen(letter, as: [])
        #expect(seen.relations == [.anyone])
        #expect(seen[Self.sender] == nil)
    }

    @Test func `a row of the table names record, field and relations`() {
        let row = SightRow("letter", Self.sender)
        #expect(row.record == "letter" && row.field == "sender" && row.seenBy == [.owner, .auditor])
    }
}

import Foundation
import Lifecycle
import PlanFiles
import Testing

/// Who may not review or handle a dossier, and which of the grounds a call may waive.
@Suite struct ConflictTests {
    /// A dossier and its people, asked by plain names.
    private struct Dossier {
        let parties: DossierParties

        init(_ terms: RecusalTerms = RecusalTerms()) {
            parties = DossierParties(
                people: [ID("owner"), ID("member")], entities: [ID("university"), ID("institute")],
                rivals: [ID("rival"), ID("owner")], similar: [ID("like"), ID("owner")],
                declared: [ID("kin")], excluded: [ID("unwanted")], interested: [ID("user")], terms: terms)
        }

        func review(_ person: String, of entity: String? = nil) -> [ConflictReason] {
            parties.reasonsAgainstReview(by: ID(person), of: entity.map { ID($0) })
        }

        func office(_ person: String, of homes: String...) -> [ConflictReason] {
            parties.reasonsAgainstOffice(by: ID(person), of: Set(homes.map { ID($0) }))
        }

        func handling(_ person: String) -> [ConflictReason] {
            parties.reasonsAgainstHandling(by: ID(person))
        }
    }

    @Test func `an expert is kept away by each ground, and told all of them`() {
        let it = Dossier()
        #expect(it.review("owner", of: "university") == [.party, .sameEntity])
        #expect(it.review("x", of: "institute") == [.sameEntity])
        #expect(it.review("rival") == [.applies])
        #expect(it.review("like", of: "elsewhere") == [.similar])
        #expect(it.review("kin") == [.declared])
        #expect(it.review("unwanted") == [.excluded])
        #expect(it.review("user") == [.interested])
        #expect(it.review("x", of: "elsewhere") == [])
    }

    @Test func `an official stands as far off as an expert, whom the applicant's wish does not touch`() {
        let it = Dossier()
        #expect(it.office("x", of: "commission", "institute") == [.sameEntity])
        #expect(it.office("rival") == [.applies])
        #expect(it.office("like") == [.similar])
        #expect(it.office("member") == [.party])
        #expect(it.office("unwanted", of: "commission") == [])
    }

    @Test func `a university handles what its own people apply for, but nobody their own`() {
        let it = Dossier()
        #expect(it.handling("rival") == [])
        #expect(it.handling("member") == [.party])
        #expect(it.handling("kin") == [.declared])
    }

    @Test func `what a call waives keeps nobody away, and what is the house's own always does`() {
        let it = Dossier(RecusalTerms(sameEntity: false, rival: false))
        for person in ["rival", "like", "x"] {
            #expect(it.review(person, of: "university") == [])
            #expect(it.office(person, of: "university") == [])
        }
        #expect(it.review("owner", of: "university") == [.party])
        #expect(it.review("kin") == [.declared])
        #expect(it.office("user") == [.interested])
    }

    @Test func `a ground says where it comes from; the house's own cites nothing`() throws {
        let plan = try Repository.loaded()
        let programme = try #require(plan.programme("research-plan-humanities-general"))
        for reason: ConflictReason in [.party, .declared, .interested] {
            #expect(reason.refusal(in: programme) == Refusal("conflict.\(reason.rawValue)"))
        }
        for reason: ConflictReason in [.sameEntity, .applies, .similar, .excluded] {
            let refusal = reason.refusal(in: programme)
            #expect(refusal.standing == .borrowed && refusal.citation?.article == "第二十条", "\(reason)")
            // A definition older than the default: the same source.
            #expect(reason.refusal() == refusal, "\(reason)")
        }
        // The forum says by itself what an author's wish is: an invention of the demo.
        let forum = try #require(plan.programme("humanities-forum"))
        #expect(ConflictReason.excluded.refusal(in: forum).standing == .demo)
        #expect(ConflictReason.sameEntity.refusal(in: forum).standing == .borrowed)
    }

    @Test func `a call says by itself what does not bind in it, also where its programme does`() throws {
        let programme = try #require(
            try Repository.loaded().programme("research-plan-humanities-general"))
        let call = call([:])
        #expect(call.statingRecusal(in: programme) == call)
        #expect(
            self.call(["recuseRival": "0"]).statingRecusal(in: programme).settings.count("recuseRival") == 0)
        let lax = try changed(programme, defaults: ["recuseSameEntity": 0])
        #expect(call.statingRecusal(in: lax).settings.values == ["recuseSameEntity": "0"])
        #expect(
            self.call(["recuseSameEntity": "1"]).statingRecusal(in: lax).settings.count("recuseSameEntity")
                == 1)
        // A definition without the default waives nothing.
        let old = try changed(programme, defaults: [:], without: ["recuseSameEntity", "recuseRival"])
        #expect(call.statingRecusal(in: old) == call)
    }

    private func call(_ settings: [String: String]) -> Call {
        Call(
            id: ID("c"), programme: "research-plan-humanities-general", digest: "d", number: "N",
            title: "征集通知",
            year: 2026, opens: Instant(milliseconds: 0), closes: Instant(milliseconds: 1), guide: "",
            settings: Settings(settings))
    }

    private func changed(
        _ programme: Programme, defaults: [String: Int], without: Set<String> = []
    ) throws -> Programme {
        let json = try JSONSerialization.jsonObject(with: try JSONEncoder().encode(programme))
        var object = try #require(json as? [String: Any])
        let items = try #require(object["defaults"] as? [[String: Any]])
        object["defaults"] = items.compactMap { item -> [String: Any]? in
            guard let id = item["id"] as? String, !without.contains(id) else { return nil }
            return defaults[id].map { item.merging(["value": $0]) { $1 } } ?? item
        }
        return try JSONDecoder().decode(
            Programme.self, from: try JSONSerialization.data(withJSONObject: object))
    }
}

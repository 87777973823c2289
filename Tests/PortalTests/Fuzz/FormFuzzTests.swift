import Portal
import Testing

/// Each form of the route table, whatever is sent to it: an answer that says something, and never a breakdown.
@Suite struct FormFuzzTests {
    @Test func `whatever is sent to whichever form is refused with words, or taken`() async throws {
        let fuzz = try await FormFuzz.done()
        for complaint in fuzz.complaints { Issue.record("\(complaint)") }
        #expect(fuzz.taken > 100, "some of it is acceptable")
        print("forms: \(fuzz.targets.count), sent \(fuzz.sent), taken \(fuzz.taken), seed \(FormFuzz.seed)")
    }

    @Test func `every form meets every kind of body from somebody who may send it`() async throws {
        let fuzz = try await FormFuzz.done()
        let routes = try await SightCity.built().house.routes().lines.filter { $0.method == "POST" }
        #expect(fuzz.targets.map(\.pattern) == routes.map(\.pattern))
        for target in fuzz.targets {
            let missed = Set(HostileBody.allCases).subtracting(fuzz.met[target.pattern] ?? [])
            #expect(missed == [], "\(target.pattern), sent by \(target.actors)")
        }
    }

    @Test func `a form's own fields are known, and each upload is sent files`() async throws {
        let targets = try await FormFuzz.done().targets
        let unknown = Set(targets.filter { $0.form == nil }.map(\.pattern))
        #expect(unknown.subtracting(Self.elsewhere) == [], "which page of the city has these forms?")
        #expect(Self.elsewhere.subtracting(unknown) == [], "unlist what is met")
        #expect(Set(targets.filter { !$0.mayBeSent }.map(\.pattern)) == Self.nobodys)
        let uploads = Set(targets.filter { $0.form?.isMultipart == true }.map(\.pattern))
        #expect(uploads == Set(FormFuzz.uploads.keys))
    }

    /// Forms that nobody in the city may send now: a party that is asked in while a dossier is under way
    /// (NominationStories). Everybody sends them, and gets what something missing gives.
    /// So with a selection that waits for another funder, and a draft that was not put before one (JointStories).
    /// So with the items of a checklist: no dossier of the city is set up when ripe (ChecklistStories).
    /// So with who is invited to a public list: no call of the city has one that invites (InvitedStories).
    private static let nobodys: Set = [
        "/calls/{call}/rolls/{statement}/invited", "/calls/{call}/rolls/{statement}/invited/withdraw",
        "/cases/{id}/parties", "/cases/{id}/parties/release", "/cases/{id}/statements/{step}/criteria",
        "/office/calls/{call}/ask-joint",
        "/rounds/{call}/join",
    ]

    /// Forms on no page of the city, because what they do has been done there or is not yet possible. They are sent
    /// every field that any form of ours has.
    private static let elsewhere: Set = [
        "/account/password",
        "/account/second-factor",
        "/account/second-factor/remove",
        "/calls/{call}/rolls/{statement}/invited",
        "/calls/{call}/rolls/{statement}/invited/withdraw",
        "/cases/{id}/appraisals/{step}/close",
        "/cases/{id}/decision/withhold",
        "/cases/{id}/parties",
        "/cases/{id}/parties/release",
        "/cases/{id}/payment/approve",
        "/cases/{id}/payment/pay",
        "/cases/{id}/payment/reject",
        "/cases/{id}/statements/{step}/criteria",
        "/drafts/{id}/submit",
        "/drafts/{id}/withdraw",
        "/lists/{call}/endorse",
        "/meetings/{meeting}/begin",
        "/meetings/{meeting}/end",
        "/meetings/{meeting}/open",
        "/office/assign/{call}/plans/again",
        "/office/calls/{call}/ask-joint",
        "/office/calls/{call}/publish",
        "/office/calls/{call}/quotas",
        "/office/plan/definitions/{programme}/discard",
        "/office/plan/definitions/{programme}/propose",
        "/office/screening/pass",
        "/people/views/remove",
        "/rounds/{call}/join",
        "/rounds/{call}/notice",
        "/rounds/{call}/races/{race}/withdraw",
        "/rounds/{call}/topics/{topic}/race",
        "/sign-in/code",
        "/sign-out",
        "/topics/{topic}/ballot",
        "/topics/{topic}/invite",
        "/topics/{topic}/suggest",
    ]
}

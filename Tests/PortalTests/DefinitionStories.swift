import Foundation
import Lifecycle
import PlanFiles
import Store
import Testing

@testable import Portal

/// A call keeps the definition it was published with; officers read what came into force since.
struct DefinitionStories {
    @Test func `what was tightened since is shown beside what the call keeps, to officers only`()
        async throws
    {
        let edited = try await EditedCity { $0.replacing("day: 2014-01-01", with: "day: 2010-01-01") }
        let (house, call) = (edited.house, edited.call)
        let path = "/office/plan/diff/\(call)"
        for key in ["applicant", "research-office", "expert", "finance", "auditor", "system-admin"] {
            #expect(try await edited.browser(as: key).get(path).status == 404, "\(key)")
        }
        let officer = try edited.browser(as: "programme-officer")
        // A folder that was edited is not in force.
        let before = try await officer.get(path)
        #expect(before.status == 200 && before.contains("就是现行定义") && !before.contains("2010-01-01"))
        #expect(!(try await officer.get("/office/plan").contains(path)))
        var texts = edited.texts
        texts["cases.yaml"] = texts["cases.yaml"]?.replacing(
            "from: 2011-01-01, until: 2013-12-31", with: "from: 2007-01-01, until: 2009-12-31")
        try edited.activate(try edited.propose(texts))
        let page = try await officer.get(path)
        #expect(page.status == 200 && page.contains("收紧"))
        #expect(page.contains("2014-01-01") && page.contains("2010-01-01"))
        #expect(try await officer.get("/office/plan").contains(path))
        #expect(try await officer.get("/office/calls/\(call)").contains(path))
        // The call itself goes by what it was published with.
        let digest = try edited.city.database.readNow {
            try $0.value("SELECT digest FROM call WHERE id = \(call)", as: String.self)
        }
        #expect(digest != house.plan.programme("research-plan-humanities-general")?.digest)
        // The newer rules can be asked of a closed round, which the call's own day leaves as they were.
        let whatIf = try await officer.get("/office/plan/what-if/\(call)?rules=in-force")
        #expect([200, 422].contains(whatIf.status))
    }

    @Test func `an edited comment is no difference, and the same definition none at all`() async throws {
        let edited = try await EditedCity { "# 只是说明\n\($0)" }
        try edited.activate(try edited.propose(edited.texts))
        let officer = try edited.browser(as: "programme-officer")
        #expect(try await officer.get("/office/plan/diff/\(edited.call)").contains("没有实质不同"))
        let same = try await EditedCity { $0 }
        let page = try await same.browser(as: "programme-officer").get("/office/plan/diff/\(same.call)")
        #expect(page.contains("就是现行定义"))
    }
}

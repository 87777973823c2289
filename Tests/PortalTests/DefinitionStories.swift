import Foundation
import Lifecycle
import PlanFiles
import Store
import Testing

@testable import Portal

/// A call keeps the definition it was published with; officers read what the plan has become since.
struct DefinitionStories {
    /// A city whose plan was edited after its calls were published.
    private func city(
        editing edit: (String) -> String
    ) async throws -> (city: JournalCity, house: House, call: ID<Call>) {
        let city = try await JournalCity.copy()
        let folder = "\(city.folder)/plan"
        try FileManager.default.copyItem(atPath: Season.planFolder, toPath: folder)
        let path = "\(folder)/programmes/research-plan-humanities-general/rules.yaml"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try edit(text).write(toFile: path, atomically: true, encoding: .utf8)
        let house = try await House.open(
            database: try Database.open(path: "\(city.folder)/jiebang.sqlite"),
            plan: try PlanFolder.load(folder),
            options: House.Options(data: city.folder, demo: true))
        let call = try city.database.readNow {
            try $0.value(
                "SELECT MIN(id) FROM call WHERE programme = 'research-plan-humanities-general'",
                as: ID<Call>.self)
        }
        return (city, house, try #require(call))
    }

    private func browser(_ house: House, as key: String) throws -> Browser {
        let browser = Browser(house)
        let email = DemoCast.email(of: key)
        let person = try house.database.readNow {
            try $0.value("SELECT id FROM person WHERE email = \(email)", as: ID<Person>.self)
        }
        try browser.signIn(try #require(person), house)
        return browser
    }

    @Test func `what the plan tightened since is shown beside what the call keeps, to officers only`()
        async throws
    {
        let (city, house, call) = try await city { $0.replacing("day: 2014-01-01", with: "day: 2010-01-01") }
        defer { try? house.database.close() }
        let path = "/office/plan/diff/\(call)"
        for key in ["applicant", "research-office", "expert", "finance", "auditor", "system-admin"] {
            #expect(try await browser(house, as: key).get(path).status == 404, "\(key)")
        }
        let officer = try browser(house, as: "programme-officer")
        let page = try await officer.get(path)
        #expect(page.status == 200 && page.contains("收紧"))
        #expect(page.contains("2014-01-01") && page.contains("2010-01-01"))
        #expect(try await officer.get("/office/plan").contains(path))
        #expect(try await officer.get("/office/calls/\(call)").contains(path))
        // The call itself goes by what it was published with.
        let digest = try city.database.readNow {
            try $0.value("SELECT digest FROM call WHERE id = \(call)", as: String.self)
        }
        #expect(digest != house.plan.programme("research-plan-humanities-general")?.digest)
        // The newer rules can be asked of a closed round, which the call's own day leaves as they were.
        let whatIf = try await officer.get("/office/plan/what-if/\(call)?rules=newest")
        #expect([200, 422].contains(whatIf.status))
    }

    @Test func `an edited comment is no difference, and the same definition none at all`() async throws {
        let (_, house, call) = try await city { "# 只是说明\n\($0)" }
        defer { try? house.database.close() }
        let officer = try browser(house, as: "programme-officer")
        #expect(try await officer.get("/office/plan/diff/\(call)").contains("没有实质不同"))
        let (_, same, other) = try await city { $0 }
        defer { try? same.database.close() }
        let page = try await browser(same, as: "programme-officer").get("/office/plan/diff/\(other)")
        #expect(page.contains("就是现行定义"))
    }
}

import Portal
import Testing

@Suite struct NavigationTests {
    private func links(_ ids: String...) -> [NavigationLink] { ids.map { NavigationLink($0, "/\($0)") } }

    @Test func `six links stand in a row by themselves, in the order of the work`() {
        let six = NavigationLink.ordered(
            links("journal", "notices", "office-calls", "todo", "something-new", "calls"))
        #expect(six.map(\.id) == ["todo", "calls", "office-calls", "notices", "journal", "something-new"])
        #expect(NavigationLink.row(six) == six.map { .link($0) })
    }

    @Test func `of more than six those that go together open from one word, and none is lost`() {
        let all = NavigationLink.ordered(
            links(
                "todo", "calls", "office-calls", "cases", "screening", "assign", "rounds", "notices",
                "conflicts"))
        let row = NavigationLink.row(all)
        #expect(
            row == [
                .link(all[0]), .menu(id: "calls", [all[1], all[2]]), .link(all[3]),
                .menu(id: "selection", [all[4], all[5], all[6]]), .link(all[7]),
                // A menu of one would only be a longer way.
                .link(all[8]),
            ])
    }
}

/// The words of an invented application; everything in it is fiction.
package struct DemoProposal: Sendable, Equatable {
    package enum Kind: Sendable, CaseIterable {
        case humanities
        case natural
    }

    /// 课题名称, 15 to 30 Han characters.
    package var title: String
    /// A second-level code of GB/T 13745.
    package var disciplineCode: String
    /// Three to five.
    package var keywords: [String]
    /// 摘要, 120 to 250 Han characters.
    package var summary: String
    /// 立项依据, 400 to 700.
    package var significance: String
    /// 研究内容, 300 to 600.
    package var content: String
    /// 研究方案, 250 to 500.
    package var method: String
    /// 创新点, 100 to 250.
    package var innovation: String
    /// 研究基础, 150 to 350.
    package var foundation: String
    /// 预期成果, 80 to 200.
    package var outcomes: String
}

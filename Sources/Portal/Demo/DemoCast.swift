package import Lifecycle

/// The people everybody meets in the demo, one for each role. All invented.
package struct DemoCast: Sendable {
    package struct Member: Sendable {
        package let key: String
        package let name: String
        package let pinyin: String
        package let role: Role
        /// Ministry code of the university, or nil for the commission.
        package let university: String?
        /// A firm of the demo, of which the member is an expert in this kind of thing.
        package var firm: (id: ID<Organisation>, kind: ExpertKind)? = nil
    }

    /// Keys are the roles of the demo contract; further ones carry a suffix.
    package static let members: [Member] = [
        Member(key: "applicant", name: "林一诺", pinyin: "lin yinuo", role: .applicant, university: "10011"),
        Member(key: "team-member", name: "周亦然", pinyin: "zhou yiran", role: .teamMember, university: "10011"),
        Member(
            key: "research-office", name: "郑明远", pinyin: "zheng mingyuan", role: .researchOffice,
            university: "10011"),
        Member(
            key: "programme-officer", name: "何清扬", pinyin: "he qingyang", role: .programmeOfficer,
            university: nil),
        Member(
            key: "commission-leader", name: "沈维正", pinyin: "shen weizheng", role: .commissionLeader,
            university: nil),
        Member(key: "expert", name: "顾言之", pinyin: "gu yanzhi", role: .expert, university: "10002"),
        Member(key: "finance", name: "钱平安", pinyin: "qian pingan", role: .finance, university: nil),
        Member(
            key: "finance-approver", name: "余敬业", pinyin: "yu jingye", role: .financeApprover, university: nil
        ),
        Member(key: "auditor", name: "严正衡", pinyin: "yan zhengheng", role: .auditor, university: nil),
        Member(key: "integrity", name: "石守诚", pinyin: "shi shoucheng", role: .integrity, university: nil),
        Member(key: "system-admin", name: "纪维安", pinyin: "ji weian", role: .systemAdmin, university: nil),
        Member(
            key: "security-admin", name: "安致远", pinyin: "an zhiyuan", role: .securityAdmin, university: nil),
        Member(key: "audit-admin", name: "申明察", pinyin: "shen mingcha", role: .auditAdmin, university: nil),
        // The first refusal: an applicant of a university under a central authority.
        Member(
            key: "applicant-central", name: "陆远舟", pinyin: "lu yuanzhou", role: .applicant,
            university: "10001"),
        Member(
            key: "university-leader", name: "方致知", pinyin: "fang zhizhi", role: .universityLeader,
            university: "10011"),
        Member(key: "expert-2", name: "苏以文", pinyin: "su yiwen", role: .expert, university: "10027"),
        Member(key: "expert-3", name: "唐慎思", pinyin: "tang shensi", role: .expert, university: "10019"),
        // Three who recommend a candidate: invented academicians of other universities.
        Member(
            key: "recommender", name: "高望岳", pinyin: "gao wangyue", role: .recommender, university: "10003"),
        Member(
            key: "recommender-2", name: "江涵秋", pinyin: "jiang hanqiu", role: .recommender, university: "10006"
        ),
        Member(
            key: "recommender-3", name: "梅若谷", pinyin: "mei ruogu", role: .recommender, university: "10008"),
        Member(
            key: "expert-industry", name: "闻致用", pinyin: "wen zhiyong", role: .expert, university: nil,
            firm: (DemoRegister.industry, .industry)),
        Member(
            key: "joint-funder", name: "许同舟", pinyin: "xu tongzhou", role: .jointFunder, university: nil),
        Member(
            key: "expert-investment", name: "计长远", pinyin: "ji changyuan", role: .expert, university: nil,
            firm: (DemoRegister.investment, .investment)),
    ]

    /// Of the demo city alone: who put problems in and uses results, and who decides together with the leader.
    package static let city: [Member] = [
        Member(key: "firm", name: "高启明", pinyin: "gao qiming", role: .finalUser, university: nil),
        Member(key: "district", name: "区知行", pinyin: "ou zhixing", role: .finalUser, university: nil),
        Member(
            key: "commission-leader-2", name: "梁守成", pinyin: "liang shoucheng", role: .commissionLeader,
            university: nil),
        Member(
            key: "commission-leader-3", name: "温念初", pinyin: "wen nianchu", role: .commissionLeader,
            university: nil),
    ]

    /// The address a member signs in by, were there a password.
    package static func email(of key: String) -> String { "\(key)@jiebang.example" }

    /// Person of each key.
    package var people: [String: ID<Person>] = [:]

    package func person(_ key: String) -> ID<Person> { people[key] ?? ID("") }
}

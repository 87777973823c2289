import Lifecycle

/// The grade of an invented review, best first.
package enum DemoGrade: String, Sendable, CaseIterable {
    case a = "A"
    case b = "B"
    case c = "C"
    case d = "D"
}

/// Invented words of those who judge and object: reviewers, research offices, the public.
package enum DemoRemarks {
    /// An expert's comment, 60 to 140 characters, whose tone fits the grade. Names nobody.
    package static func reviewComment(
        grade: DemoGrade, using chance: inout some RandomNumberGenerator
    ) -> String {
        while true {
            let pools =
                switch grade {
                case .a: [praise, strength, smallDoubt, adviseFund]
                case .b: [strength, smallDoubt, adviseMaybe]
                case .c: [faintPraise, doubt, adviseRevise]
                case .d: [faintPraise, doubt, fault, adviseNot]
                }
            let comment = pools.map { chance.pick($0) }.joined()
            if (60...140).contains(comment.count) { return comment }
        }
    }

    /// Why an applicant asks to be excepted from a rule “in principle”.
    package static let exceptionGrounds =
        "（演示）本人长期主持本校该方向的调查与资料建设，青年教师尚不能独立承担；项目组以青年教师为主，由本人带队完成。"
    package static let exceptionGranted = "（演示）所述情况属实，学校支持，且以青年教师为主开展研究，同意作为例外。"
    package static let exceptionDeclined = "（演示）所述理由不足以说明须由本人主持，请由青年教师牵头申报。"

    /// Why a research office sends an application back for correction.
    package static func returnReason(using chance: inout some RandomNumberGenerator) -> String {
        chance.pick(returns)
    }

    /// An objection during public notice, with what it rests on.
    package static func objection(using chance: inout some RandomNumberGenerator) -> String {
        chance.pick(objections)
    }

    /// Why an expert gives an assignment back.
    package static func declineReason(using chance: inout some RandomNumberGenerator) -> String {
        chance.pick(declines)
    }

    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map(String.init)
    }

    private static let praise = lines(
        """
        选题立足北京实际，问题提得准，既有学术分量，又有明确的应用指向。
        申请书论证充分，从文献中自然引出问题，创新之处清楚可信。
        研究问题具体而重要，思路成熟，是近年同类申请中较为突出的一份。
        项目切入点新颖，对前人工作的评述公允，所提假设可以检验。
        """)

    private static let strength = lines(
        """
        研究内容层次清楚，方法与问题匹配，进度安排合理。
        资料与数据条件较好，团队分工明确，前期工作能够支持研究目标。
        技术路线可行，关键环节有备选方案，预期成果切合实际。
        申请人训练扎实，对研究难点有清醒的认识，具备完成任务的能力。
        论证逻辑连贯，研究范围控制得当，工作量与周期相称。
        """)

    private static let smallDoubt = lines(
        """
        建议进一步压缩第三部分，把力量集中在核心问题上。
        样本的代表性还可说明得更细，建议补充选取标准。
        文献综述可增加近两年的进展，并说明与本研究的区别。
        预期成果的形式可再具体一些，便于结题时对照。
        个别概念前后用法不尽一致，请在任务书中统一。
        对可能的不利结果考虑稍少，建议补充应对办法。
        """)

    private static let faintPraise = lines(
        """
        选题有一定意义，申请书结构完整。
        所提问题值得关注，申请人有一定的研究经历。
        研究方向符合指南要求，资料准备较为认真。
        选题与首都发展有关，研究目标表述清楚。
        """)

    private static let doubt = lines(
        """
        但研究内容偏多而重点不突出，三部分之间的联系说明不足。
        但创新点多为一般性表述，与已有成果的差别没有讲清楚。
        但研究方法写得笼统，缺少抽样、对照或检验的具体安排。
        但文献评述以罗列为主，未能由此引出本项目要回答的问题。
        但数据来源交代不清，能否按期取得令人担心。
        """)

    private static let fault = lines(
        """
        核心概念未作界定，研究假设难以检验，结论恐流于泛论。
        技术路线与研究目标脱节，关键步骤没有可行的依据。
        前期基础与本课题关联较弱，团队难以支撑所列任务。
        预期成果与研究内容不相对应，工作量估计明显不足。
        """)

    private static let adviseFund = lines(
        """
        综合来看，建议优先资助。
        总体评价优秀，同意优先立项。
        推荐优先支持。
        """)

    private static let adviseMaybe = lines(
        """
        总体水平良好，上述问题不影响立项，建议予以资助，并在任务书阶段作相应调整。
        综合评价良好，建议在经费允许时资助，实施中注意落实上述意见。
        整体质量较好，有望取得预期成果，同意资助。
        """)

    private static let adviseRevise = lines(
        """
        建议明确主攻方向、补充论证以后再行申报，本次可作为备选考虑。
        目前的方案尚不够成熟，是否资助请结合整体情况确定。
        若能聚焦一个问题并补足方法设计，申请会有明显提高，本次评价一般。
        """)

    private static let adviseNot = lines(
        """
        建议不予资助。
        不建议本次立项，望重新设计后再申报。
        尚未达到立项要求。
        """)

    private static let returns = lines(
        """
        研究起止时间与通知要求不一致，请核对后重新提交。
        团队成员中有一人尚未确认参加，请联系其本人登录确认，或调整名单。
        预期成果只写了篇数，请补充成果的形式与完成时间。
        研究基础部分引用了他人的项目编号，请更正为本人承担的项目。
        学科代码与研究内容不符，请对照学科分类重新选择二级学科。
        附件中的证明材料扫描不清，看不出日期，请重新上传。
        摘要与研究内容表述不一致，请统一课题的研究对象和范围。
        创新点三条内容重复，请合并精简，并写明与在研项目的区别。
        """)

    private static let objections = lines(
        """
        公示名单中该项目的研究内容与负责人已结题的一项课题高度相近，申请书未作说明。随附两份公开结题摘要，请予核实。
        据公开的人事信息，该项目负责人在公示前已调离申报高校，请核实其是否仍符合专任教师的条件。
        该项目成员之一在公开网页上标明为另一单位的在职人员，与申请书所列单位不同，请核对。
        公示的负责人同时列为另一项在研课题的主持人，该课题按期应于去年结题，请核查是否存在逾期未结的情况。
        本人曾参与该课题的前期调研，申请书所附的问卷由多人共同设计，署名未予体现。附往来邮件一份，请调查处理。
        """)

    private static let declines = lines(
        """
        申请内容与本人的研究方向相距较远，难以作出可靠的学术判断。
        近期承担的教学与评审任务较重，无法在截止日期前认真完成。
        本人与申请团队的一名成员正在合作撰写论文，为避免影响公正，申请回避。
        申请书涉及的方法本人不熟悉，建议改派该方向的专家。
        因外出工作，评审期间不便登录系统，请另行安排。
        本人今年也申请了相近题目的项目，应当回避。
        """)
}

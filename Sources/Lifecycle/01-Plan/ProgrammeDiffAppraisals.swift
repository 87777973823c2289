/// Who appraises, by what, and what their answers come to.
extension DiffLog {
    mutating func compareAppraisals(_ old: [Appraisal], _ new: [Appraisal]) {
        pair(
            .appraisal, old, new, id: \.id, label: \.label, what: Label("论证", "appraisal"),
            text: { DiffWords.list($0.lenses.map(\.label)) }
        ) { log, was, now in log.compareAppraisal(was, now) }
    }

    private mutating func compareAppraisal(_ was: Appraisal, _ now: Appraisal) {
        let (id, subject) = (now.id, now.label)
        compare(.appraisal, id, subject, Label("名称", "name"), was.label, now.label, kind: .reworded) { $0 }
        pair(
            .appraisal, was.lenses, now.lenses, id: { "\(id)/\($0.id)" }, label: \.label,
            what: Label("视角", "lens"), text: { DiffWords.plain("\($0.weight)%") }
        ) { log, was, now in log.compareLens(was, now) }
        pair(
            .appraisal, was.conclusions, now.conclusions, id: { "\(id)/\($0.id)" }, label: \.label,
            what: Label("结论", "conclusion"), text: { DiffWords.plain("\($0.least)%") }
        ) { log, was, now in
            log.compareBound(
                .appraisal, now.id, now.label, Label("成立须达（%）", "holds from (%)"), was.least, now.least,
                moreIsLooser: false)
            log.compare(
                .appraisal, now.id, now.label, Label("提示", "hint"), was.hint, now.hint, kind: .reworded
            ) { $0 ?? DiffWords.none }
        }
        compare(
            .appraisal, id, subject, Label("须成立的结论", "what has to hold"), was.combination.needs,
            now.combination.needs
        ) { DiffWords.list($0) }
        compare(
            .appraisal, id, subject, Label("弃权", "an abstention"), was.combination.abstention,
            now.combination.abstention
        ) { DiffWords.plain($0.rawValue) }
        compare(
            .appraisal, id, subject, Label("不成立时", "otherwise"), was.combination.otherwise,
            now.combination.otherwise
        ) { DiffWords.plain($0.rawValue) }
        compareBound(
            .appraisal, id, subject, Label("理由最少字数", "least length of grounds"), was.groundsLeast,
            now.groundsLeast, moreIsLooser: false)
        compare(
            .appraisal, id, subject, Label("效力", "standing"), was.standing, now.standing, DiffWords.standing)
        compare(
            .appraisal, id, subject, Label("出处", "source"), was.cites, now.cites, kind: .reworded,
            DiffWords.citation)
    }

    private mutating func compareLens(_ was: Appraisal.Lens, _ now: Appraisal.Lens) {
        let (id, subject) = (now.id, now.label)
        compare(.appraisal, id, subject, Label("权重（%）", "weight (%)"), was.weight, now.weight) {
            DiffWords.number($0)
        }
        compare(.appraisal, id, subject, Label("哪类专家", "experts of"), was.of, now.of) {
            DiffWords.plain($0.rawValue)
        }
        compare(.appraisal, id, subject, Label("席位", "seats"), was.experts, now.experts) {
            DiffWords.number($0)
        }
        compareBound(
            .appraisal, id, subject, Label("至少几人", "at least"), was.quorum, now.quorum, moreIsLooser: false)
        compare(.appraisal, id, subject, Label("维度", "criteria"), was.criteria, now.criteria) {
            DiffWords.list($0.map(\.label))
        }
        compare(
            .appraisal, id, subject, Label("回答的结论", "answers"), was.conclusions, now.conclusions
        ) { DiffWords.list($0) }
    }
}

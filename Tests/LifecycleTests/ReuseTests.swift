import Lifecycle
import Testing

/// What is compared, what is masked and how it is measured, as values.
@Suite struct ReuseTests {
    private func masked(_ text: String) -> [String] {
        let scalars = Array(text.unicodeScalars)
        return ReuseMask.ranges(in: scalars).map { range in
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[range])
            return String(view)
        }
    }

    @Test func `prose in quotation marks, with a year, or about a method is not masked`() {
        for text in [
            "他说“社区不是房子”，又说“社区是人”。", "2021 年以来，胡同里的居民搬走了一半。",
            "《社会调查方法》指出“访谈需要时间”。", "《资本论》写道“商品是劳动产品”。",
            "《办法》。另一处又说“这里没有法规”。", "[甲] 2019 年的记录", "参考文献很重要，1999 年以后尤其如此。",
            "《甲条例》\n“换行以后的话”", "《甲法》说“没有合上的引号",
        ] {
            #expect(masked(text) == [], "\(text)")
        }
    }

    @Test func `quoted words of a law or rule are masked, and only they`() {
        #expect(masked("按照《某某促进法》第三条“应当公开”的要求，我们说“公开”。") == ["应当公开"])
        #expect(masked("《某市办法（试行）》规定：「经费包干」。") == ["经费包干"])
        #expect(masked("《甲规定》“一”，《乙细则》“二”") == ["一", "二"])
    }

    @Test func `a copied page behind a made-up rule is too long to be a quotation`() {
        #expect(masked("《某某条例》规定“\(String(repeating: "抄", count: 401))”。") == [])
        #expect(masked("《某某条例》规定“\(String(repeating: "引", count: 400))”。").count == 1)
    }

    @Test func `references are masked line by line, and prose after them is not`() {
        let text = """
            正文第一段。
            参考文献：
            [1] 甲：《城市史》，某某出版社，2019 年。
            乙. 口述史研究[J]. 某学报, 2020(3).

            结论部分没有年份。
            [12] 丙：《档案学》，2001。
            """
        #expect(
            masked(text) == [
                "参考文献：", "[1] 甲：《城市史》，某某出版社，2019 年。", "乙. 口述史研究[J]. 某学报, 2020(3).",
                "[12] 丙：《档案学》，2001。",
            ])
        let prose = String(repeating: "长", count: 400)
        #expect(masked("参考文献\n2020 \(prose)") == ["参考文献"], "a page of prose is no reference")
    }

    @Test func `blanks stand where the masked words stood, and weigh nothing`() {
        let part = ReusePart(section: "s", text: "按《甲条例》“一二三”🙂办理 ab12。")
        let blanked = String(decoding: part.blanked, as: UTF8.self)
        #expect(blanked == "按《甲条例》“   ”🙂办理 ab12。")
        #expect(blanked.unicodeScalars.count == part.text.unicodeScalars.count)
        #expect(part.weight == 10)
        #expect(ReusePart(section: "s", text: "").weight == 0)
    }

    @Test func `sections are the prose of the form, apart, in its order`() {
        func field(_ id: String, _ kind: ApplicationForm.Field.Kind) -> ApplicationForm.Field {
            ApplicationForm.Field(id: id, kind: kind, label: Label("标签\(id)", "label \(id)"))
        }
        let form = ApplicationForm(sections: [
            ApplicationForm.Section(
                id: "one", label: Label("一", "one"), fields: [field("title", .line), field("a", .prose)]),
            ApplicationForm.Section(id: "money", label: Label("钱", "money"), fields: [field("m", .money)]),
            ApplicationForm.Section(
                id: "two", label: Label("二", "two"), fields: [field("b", .prose), field("c", .prose)]),
        ])
        let parts = form.reuseParts(of: ["title": "题", "a": "甲", "m": "100", "b": "乙", "c": "丙"])
        #expect(
            parts == [
                ReusePart(section: "one", text: "甲"), ReusePart(section: "two", text: "乙\n\n丙"),
            ])
        #expect(form.reuseParts(of: [:]) == [])
        #expect(form.prompts.contains("标签c\nlabel c"))
    }

    private func side(
        _ applicant: String, _ people: String..., at university: String = "u", of application: String = "",
        continuing: String...
    ) -> ReuseRelation.Side {
        ReuseRelation.Side(
            application: ID(application), applicant: ID(applicant), people: Set(people.map { ID($0) }),
            university: ID(university), continues: Set(continuing.map { ID($0) }))
    }

    @Test func `a declaration speaks of one's own applications only, from either side`() {
        let early = side("a", of: "1")
        #expect(
            ReuseRelation(side("b", at: "v", of: "2", continuing: "1"), early) == .crossUniversity,
            "nobody makes another's text expected by naming it")
        #expect(ReuseRelation(side("b", "a", of: "2", continuing: "1"), early) == .sameTeam)
        #expect(ReuseRelation(side("a", of: "2", continuing: "9"), early) == .sameApplicant)
        let late = side("a", of: "2", continuing: "9", "1")
        #expect(ReuseRelation(late, early) == .declaredContinuation)
        #expect(ReuseRelation(early, late) == .declaredContinuation)
    }

    @Test func `relations go by the people first, then by the university`() {
        #expect(ReuseRelation(side("a"), side("a", at: "v")) == .sameApplicant)
        #expect(ReuseRelation(side("a", "x"), side("b", "x", at: "v")) == .sameTeam)
        #expect(ReuseRelation(side("a", "b"), side("b")) == .sameTeam)
        #expect(ReuseRelation(side("a"), side("b")) == .differentPeople)
        #expect(ReuseRelation(side("a", "x"), side("b", "y", at: "v")) == .crossUniversity)
    }

    private func match(_ a: String, _ b: String, _ containment: Double, _ reverse: Double) -> ReuseMatch {
        ReuseMatch(
            section: a, sourceSection: b, containment: containment, reverse: reverse, longest: 70,
            passages: [ReuseMatch.Passage(a: 0..<70, b: 5..<75)])
    }

    @Test func `a measure weighs every section of the text, also those that share nothing`() {
        let matches = [match("one", "one", 0.5, 1), match("one", "two", 0.75, 0.1)]
        let measure = ReuseMeasure(
            matches, weights: ["one": 100, "two": 300], sourceWeights: ["one": 50, "two": 100])
        // The first section is wholly covered: shares of one section add up to one at most.
        #expect(measure.containment == 2500)
        #expect(measure.reverse == 4000)
        #expect(measure.longest == 70 && measure.passages == 2)
        #expect(ReuseMeasure([], weights: [:], sourceWeights: [:]).containment == 0)
    }

    @Test func `a match turned twice is itself`() {
        let match = match("one", "two", 0.5, 0.25)
        #expect(match.turned.turned == match)
        #expect(match.turned.section == "two" && match.turned.containment == 0.25)
        #expect(!match.isAlike)
    }
}

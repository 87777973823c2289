import Lifecycle
import Testing

@testable import Portal

@Suite struct DemoTextTests {
    private static func proposals(_ kind: DemoProposal.Kind, _ count: Int, seed: UInt64) -> [DemoProposal] {
        var chance = SplitMix64(seed: seed)
        return (0..<count).map { _ in DemoTopics.proposal(kind: kind, using: &chance) }
    }

    @Test(arguments: DemoProposal.Kind.allCases)
    func `the same seed writes the same applications and another seed others`(kind: DemoProposal.Kind) {
        let once = Self.proposals(kind, 20, seed: 7)
        #expect(once == Self.proposals(kind, 20, seed: 7))
        #expect(once != Self.proposals(kind, 20, seed: 8))
    }

    @Test(arguments: DemoProposal.Kind.allCases)
    func `every text keeps to its length`(kind: DemoProposal.Kind) {
        for proposal in Self.proposals(kind, 600, seed: 2022) {
            let lengths: [(String, ClosedRange<Int>)] = [
                (proposal.title, 15...30), (proposal.summary, 120...250),
                (proposal.significance, 400...700), (proposal.content, 300...600),
                (proposal.method, 250...500), (proposal.innovation, 100...250),
                (proposal.foundation, 150...350), (proposal.outcomes, 80...200),
            ]
            for (text, range) in lengths {
                #expect(range.contains(Han.count(text)), "\(Han.count(text)) not in \(range): \(text)")
            }
            #expect((3...5).contains(proposal.keywords.count))
            #expect(Set(proposal.keywords).count == proposal.keywords.count, "\(proposal.keywords)")
        }
    }

    @Test(arguments: DemoProposal.Kind.allCases)
    func `of six hundred titles nearly all differ`(kind: DemoProposal.Kind) {
        let titles = Self.proposals(kind, 600, seed: 1).map(\.title)
        #expect(Set(titles).count >= 582)
    }

    @Test(arguments: DemoProposal.Kind.allCases)
    func `no sentence comes twice in one application and no pattern mark is left in it`(
        kind: DemoProposal.Kind
    ) {
        for proposal in Self.proposals(kind, 300, seed: 3) {
            let text =
                proposal.summary + proposal.significance + proposal.content + proposal.method
                + proposal.innovation + proposal.foundation + proposal.outcomes
            let sentences = text.split(separator: "。")
            #expect(Set(sentences).count == sentences.count)
            #expect(text.hasSuffix("。"))
            let all = proposal.title + text
            #expect(!all.contains { "[]{}|#+ \n".contains($0) }, "\(all)")
            for slip in ["的的", "。。", "，，", "研究研究", "视角视角", "理论理论", "方法方法", "@"] {
                #expect(!all.contains(slip), "\(slip): \(all)")
            }
        }
    }

    @Test(arguments: DemoProposal.Kind.allCases)
    func `every discipline's vocabulary is whole and its codes stand in the standard`(
        kind: DemoProposal.Kind
    ) throws {
        let records = try DataFiles.disciplines()
        let known = Dictionary(uniqueKeysWithValues: records.map { ($0.code, $0) })
        let fields = DemoTopics.fields(of: kind)
        #expect(fields.count >= 18)
        for field in fields {
            #expect(known[field.code]?.name == field.name, "\(field.code) \(field.name)")
            #expect(field.objects.count >= 6, "\(field.name)")
            #expect(Set(field.objects.map(\.words)).count == field.objects.count, "\(field.name)")
            for (words, needed) in [
                (field.goals, 1), (field.aspects, 2), (field.theories, 1), (field.methods, 2),
                (field.materials, 2), (field.places, field.places.isEmpty ? 0 : 1),
            ] {
                #expect(Set(words.map(\.words)).count == words.count, "\(field.name): \(words)")
                for code in Set(field.objects.map(\.code)) {
                    #expect(words.count { $0.fits(code) } >= needed, "\(code): \(words.map(\.words))")
                }
                for word in words {
                    #expect(word.codes.allSatisfy { known[String($0)]?.parent == field.code }, "\(word)")
                }
            }
            for object in field.objects {
                #expect(known[object.code]?.parent == field.code, "\(object)")
            }
        }
        let used = Set(Self.proposals(kind, 600, seed: 5).map(\.disciplineCode))
        #expect(used.isSubset(of: DemoTopics.disciplineCodes(of: kind)))
        #expect(Set(used.map { $0.prefix(3) }).count == fields.count)
    }

    @Test(arguments: DemoProposal.Kind.allCases)
    func `each kind is written from at least sixty sentences`(kind: DemoProposal.Kind) {
        let prose = DemoTopics.prose(of: kind)
        let sections = [
            prose.summary, prose.significance, prose.content, prose.method, prose.innovation,
            prose.foundation, prose.outcomes,
        ]
        #expect(sections.reduce(0) { $0 + $1.phraseCount } >= 60)
    }

    @Test func `reviewers' comments keep to their length and differ by grade`() {
        var chance = SplitMix64(seed: 11)
        var byGrade: [Set<String>] = []
        for grade in DemoGrade.allCases {
            let comments = (0..<200).map { _ in DemoRemarks.reviewComment(grade: grade, using: &chance) }
            #expect(comments.allSatisfy { (60...140).contains($0.count) })
            #expect(Set(comments).count >= 30, "\(grade)")
            byGrade.append(Set(comments))
        }
        #expect(byGrade[0].isDisjoint(with: byGrade[1]) && byGrade[2].isDisjoint(with: byGrade[3]))
    }

    @Test func `reasons and objections are whole sentences of some variety`() {
        var chance = SplitMix64(seed: 12)
        var reasons: Set<String> = []
        for _ in 0..<100 {
            reasons.insert(DemoRemarks.returnReason(using: &chance))
            reasons.insert(DemoRemarks.objection(using: &chance))
            reasons.insert(DemoRemarks.declineReason(using: &chance))
        }
        #expect(reasons.count >= 15)
        #expect(reasons.allSatisfy { $0.hasSuffix("。") && Han.count($0) >= 15 })
    }

    @Test func `names carry toneless pinyin, surname first, and addresses that nobody receives`() {
        var chance = SplitMix64(seed: 13)
        let names = (0..<2_000).map { _ in DemoNames.name(using: &chance) }
        for name in names {
            #expect((2...4).contains(name.characters.count))
            #expect(name.pinyin.split(separator: " ").count == 2)
            #expect(name.pinyin.allSatisfy { ("a"..."z").contains($0) || $0 == " " }, "\(name)")
        }
        #expect(Set(names).count > 1_900)
        #expect(DemoNames.avoided.isDisjoint(with: names.map(\.characters)))
        let name = DemoName(characters: "欧阳知溪", pinyin: "ouyang zhixi")
        #expect(name.email(at: "u10005", number: 42) == "zhixi.ouyang42@u10005.example")
    }

    @Test func `the tables of syllables pair one reading with each character`() {
        for table in [DemoNames.surnames, DemoNames.firstGiven, DemoNames.lastGiven] {
            #expect(table.count >= 60)
            #expect(Set(table.map(\.character)).count == table.count)
            #expect(table.allSatisfy { !$0.pinyin.isEmpty && $0.pinyin.allSatisfy(\.isASCII) })
            #expect(table.allSatisfy { Han.count($0.character) == $0.character.count })
        }
    }
}

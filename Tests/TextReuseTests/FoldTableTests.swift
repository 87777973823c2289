import Testing

@testable import TextReuse

struct FoldTableTests {
    private func folded(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.flatMap { FoldTable.standard.folded($0) }))
    }

    @Test(arguments: [
        ("臺灣國際學術發展", "台湾国际学术发展"), ("裏裡里", "里里里"), ("ＡＢＣ１２３", "abc123"), ("École", "ecole"),
        ("ﬁnal", "final"), ("Straße", "strasse"), ("㎏", "kg"), ("①②", "12"), ("⼀⼆", "一二"), ("豈", "岂"),
        ("𝐀𝛼", "aα"), ("が", "か"), ("ﾊﾟ", "ハ"), ("한글", "한글"), ("Ω", "ω"), ("ЙЁ", "ие"), ("𠮷", "𠮷"),
        ("，。、 \n—…“”（）", ""), ("🙂", ""),
    ])
    func `compatibility forms, case, accents and traditional characters are folded away`(
        _ given: String, _ expected: String
    ) {
        #expect(folded(given) == expected)
    }

    @Test func `folding twice changes nothing`() {
        for code in 0...UInt32(0x323AF) {
            guard let scalar = Unicode.Scalar(code) else { continue }
            let once = FoldTable.standard.folded(scalar)
            #expect(once.flatMap { FoldTable.standard.folded($0) } == once, "U+\(String(code, radix: 16))")
        }
    }

    @Test func `letters and numbers of the basic plane are kept, and all else separates or is transparent`() {
        for code in 0...UInt32(0xFFFF) {
            guard let scalar = Unicode.Scalar(code) else { continue }
            let isKept = !FoldTable.standard.folded(scalar).isEmpty
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .decimalNumber,
                .letterNumber:
                // Some letters have become marks or nothing at all in NFKC, and the table may know an older Unicode.
                if !isKept {
                    #expect(code > 0x700 || scalar.properties.age == nil, "U+\(String(code, radix: 16))")
                }
            case .spaceSeparator, .dashPunctuation, .openPunctuation, .closePunctuation, .control,
                .privateUse:
                #expect(!isKept, "U+\(String(code, radix: 16))")
            default: break
            }
        }
    }
}

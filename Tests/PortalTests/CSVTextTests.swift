import Portal
import Testing

struct CSVTextTests {
    @Test(arguments: ["=1+1", "+86", "-2", "@cmd", "\tx", "\rx", "＝1"])
    func `a cell that a spreadsheet would run gets an apostrophe`(text: String) {
        #expect(CSVText.cell(text).contains("'\(text)"))
    }

    @Test func `commas, quotes and line breaks are quoted`() {
        #expect(CSVText.cell("甲,乙") == "\"甲,乙\"")
        #expect(CSVText.cell("说“\"好\"”") == "\"说“\"\"好\"\"”\"")
        #expect(CSVText.cell("一\n二") == "\"一\n二\"")
        #expect(CSVText.cell("12.50") == "12.50")
    }

    @Test func `a formula cannot hide behind a quote`() {
        #expect(
            CSVText.cell("=HYPERLINK(\"http://x\",\"y\")") == "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")
    }

    @Test func `the file begins with the mark that tells its encoding`() {
        #expect(
            CSVText.file([["甲", "乙"], ["1", "2"]]) == [0xEF, 0xBB, 0xBF] + Array("甲,乙\r\n1,2\r\n".utf8))
    }
}

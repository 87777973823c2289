/// The text of a DOCX file (ECMA-376, part 1): the runs of `word/document.xml`, a line for each paragraph.
enum WordText {
    static let mostXMLBytes = 64 << 20

    static func read(_ bytes: [UInt8], path: String) throws(ExtractionRefused) -> [UInt8] {
        let xml: [UInt8]
        do throws(ZipMember.Refused) {
            xml = try ZipMember.read("word/document.xml", of: bytes, most: mostXMLBytes)
        } catch {
            throw .malformed(path: path, format: "DOCX", what: error.what)
        }
        let text = text(of: xml)
        guard text.contains(where: { $0 > 0x20 }) else { throw .empty(path: path) }
        return text
    }

    /// What stands between `<w:t>` and `</w:t>`; paragraphs and breaks end a line, tabs are tabs.
    static func text(of xml: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var position = 0
        var isText = false
        while position < xml.count {
            if xml[position] == UInt8(ascii: "<") {
                let end = xml[position...].firstIndex(of: UInt8(ascii: ">")) ?? xml.count
                let tag = xml[(position + 1)..<end]
                let isClosed = tag.last == UInt8(ascii: "/")
                // `w:t` of `<w:t xml:space="preserve">` and of `<w:t/>`; `/w:t` of `</w:t>`.
                let nameEnd =
                    tag.dropFirst().firstIndex { $0 <= 0x20 || $0 == UInt8(ascii: "/") } ?? tag.endIndex
                let name = tag[..<nameEnd]
                if name.elementsEqual("w:t".utf8) {
                    isText = !isClosed
                } else if name.elementsEqual("/w:t".utf8) {
                    isText = false
                } else if name.elementsEqual("/w:p".utf8) || name.elementsEqual("w:br".utf8) {
                    out.append(0x0A)
                } else if name.elementsEqual("w:tab".utf8) {
                    out.append(0x09)
                }
                position = end + 1
            } else {
                let end = xml[position...].firstIndex(of: UInt8(ascii: "<")) ?? xml.count
                if isText { out += HTMLText.unescaped(xml[position..<end]) }
                position = end
            }
        }
        return out
    }
}

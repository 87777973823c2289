import TextExtraction

/// What a file is, found in its bytes. The name and type a browser claims decide nothing.
enum AttachmentContent: String, Sendable, CaseIterable {
    case pdf
    case docx
    case xlsx
    case pptx
    case png
    case jpeg
    case txt

    enum Refused: Error, Hashable {
        case empty
        /// No kind of file that is taken.
        case kind
        /// The name claims another kind than the content is.
        case mismatch(found: AttachmentContent)
        case macro
        case archive(ZipDirectory.Refused)
    }

    var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation"
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        case .txt: "text/plain; charset=utf-8"
        }
    }

    /// Endings a file of this kind may bear; the first is given where there is none.
    var endings: [String] {
        switch self {
        case .pdf, .docx, .xlsx, .pptx, .png, .txt: [rawValue]
        case .jpeg: ["jpg", "jpeg"]
        }
    }

    /// - Parameter ending: the name's, in small letters, without the dot; empty where there is none.
    static func found(in bytes: [UInt8], ending: String) throws(Refused) -> AttachmentContent {
        guard !bytes.isEmpty else { throw .empty }
        if ["docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm", "potm", "ppam", "ppsm"].contains(ending) {
            throw .macro
        }
        guard let kind = try sniff(bytes) else { throw .kind }
        guard ending.isEmpty || kind.endings.contains(ending) else { throw .mismatch(found: kind) }
        return kind
    }

    private static func sniff(_ bytes: [UInt8]) throws(Refused) -> AttachmentContent? {
        if bytes.starts(with: Array("%PDF-".utf8)) {
            return String(decoding: bytes.suffix(2048), as: UTF8.self).contains("%%EOF") ? .pdf : nil
        }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]) { return .png }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if bytes.starts(with: [0x50, 0x4B]) { return try office(bytes) }
        return isPlainText(bytes) ? .txt : nil
    }

    /// Office Open XML (ECMA-376): the parts say which program's document it is, and whether it carries code.
    private static func office(_ bytes: [UInt8]) throws(Refused) -> AttachmentContent? {
        let directory: ZipDirectory
        do { directory = try ZipDirectory(bytes) } catch { throw .archive(error) }
        let names = Set(directory.entries.map { $0.name.lowercased() })
        guard names.contains("[content_types].xml") else { return nil }
        if names.contains(where: carriesCode) { throw .macro }
        if names.contains("word/document.xml") { return .docx }
        if names.contains("xl/workbook.xml") { return .xlsx }
        if names.contains("ppt/presentation.xml") { return .pptx }
        return nil
    }

    /// Macros are binary parts of any name; the binary parts that documents without macros have are known.
    private static func carriesCode(_ name: String) -> Bool {
        if name.contains("vbaproject") || name.hasSuffix("vbadata.xml") { return true }
        if name.contains("macrosheets/") || name.contains("activex/") { return true }
        return name.hasSuffix(".bin") && !name.contains("printersettings/") && !name.contains("embeddings/")
    }

    /// UTF-8 without control characters that does not begin like a page, a drawing or a script.
    private static func isPlainText(_ bytes: [UInt8]) -> Bool {
        guard let text = String(validating: bytes, as: UTF8.self) else { return false }
        for scalar in text.unicodeScalars where scalar.value < 32 || scalar.value == 127 {
            guard scalar == "\n" || scalar == "\r" || scalar == "\t" || scalar == "\u{0C}" else {
                return false
            }
        }
        let start = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }.prefix(512).lowercased()
        let isPage = ["<!", "<?", "<html", "<head", "<body", "<script", "<svg", "#!"].contains {
            start.hasPrefix($0)
        }
        return !isPage && !start.contains("<script")
    }
}

import Lifecycle
import TextExtraction

/// The text of an attachment, read with limits of time, memory and pages; or why there is none.
struct ReuseFile: Sendable {
    let hash: String
    /// Key under `reuse.file`, perhaps with its figures (``UnreadPages``); nil where all was read.
    let problem: String?
    /// Empty where nothing was read.
    let text: String

    var part: ReusePart? {
        !text.isEmpty ? ReusePart(section: ReusePart.filePrefix + hash, text: text) : nil
    }

    /// Bytes of text that are taken from one file. A proposal of thirty pages has a twentieth of it.
    static let mostText = 2 << 20

    private static var limits: PDFText.Limits {
        var limits = PDFText.Limits()
        limits.pages = 300
        limits.seconds = 20
        limits.megabytes = 512
        limits.textBytes = mostText
        return limits
    }

    /// Reads the file; blocks, for a PDF up to twenty seconds. What comes of it is a finding, never an error.
    static func read(_ file: AttachmentReference, _ store: AttachmentStore) -> ReuseFile {
        guard let format = format(of: file.type) else {
            return ReuseFile(hash: file.hash, problem: "not-read", text: "")
        }
        do throws(ExtractionRefused) {
            let found = try TextFile(path: store.path(file.hash), as: format, limits: limits)
            let text = found.text
            guard text.count <= mostText else {
                return ReuseFile(hash: file.hash, problem: "too-large", text: "")
            }
            // Hostile text may hold a zero, which databases cut texts at.
            let read = String(decoding: text, as: UTF8.self).replacing("\0", with: " ")
            return ReuseFile(hash: file.hash, problem: found.unread.map(pages), text: read)
        } catch {
            return ReuseFile(hash: file.hash, problem: problem(error), text: "")
        }
    }

    private static func format(of type: String) -> TextFile.Format? {
        switch AttachmentContent.allCases.first(where: { $0.mediaType == type }) {
        case .pdf: .pdf
        case .docx: .docx
        case .txt: .plain
        case .xlsx, .pptx, .png, .jpeg, .none: nil
        }
    }

    private static func pages(_ unread: UnreadPages) -> String { "pages \(unread.read) \(unread.pages)" }

    /// What stands under `problem`, in words.
    static func words(_ problem: String, _ words: Words.Catalogue) -> String {
        let parts = problem.split(separator: " ")
        guard parts.count == 3, parts[0] == "pages" else { return words["reuse.file.\(problem)"] }
        return words.filled("reuse.file.pages", ["read": "\(parts[1])", "pages": "\(parts[2])"])
    }

    private static func problem(_ refused: ExtractionRefused) -> String {
        switch refused {
        case .unreadable: "unreadable"
        case .tooLarge: "too-large"
        case .encoding: "encoding"
        case .line, .malformed: "malformed"
        case .encrypted: "encrypted"
        case .exhausted: "exhausted"
        case .noTool: "no-tool"
        case .empty: "empty"
        }
    }
}

internal import Foundation

/// A file's text as UTF-8, whatever its format.
package struct TextFile: Sendable {
    package var path: String
    package var text: [UInt8]
    /// Nil where all of it was read.
    package var unread: UnreadPages?

    package enum Format: Hashable, Sendable {
        /// Text, Markdown and all else that is written as it reads.
        case plain
        case html
        case docx
        case pdf
        /// A collection: one JSON object a line.
        case jsonLines

        /// By the name's ending; a PDF or ZIP archive also by its first bytes.
        package init(path: String, head: some Collection<UInt8>) {
            let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
            if head.starts(with: Array("%PDF-".utf8)) || ending == "pdf" {
                self = .pdf
            } else if ending == "docx" {
                self = .docx
            } else if ["html", "htm", "xhtml"].contains(ending) {
                self = .html
            } else if ["jsonl", "ndjson"].contains(ending) {
                self = .jsonLines
            } else {
                self = .plain
            }
        }
    }

    package static let mostBytes = 256 << 20

    /// Reads one document. Offsets into a plain or HTML file's text are offsets into the file; those into a DOCX
    /// or PDF are offsets into what was read from it.
    ///
    /// - Parameter known: the format, where the file's name does not say it; nil looks at name and first bytes.
    package init(
        path: String, as known: Format? = nil, limits: PDFText.Limits = PDFText.Limits()
    ) throws(ExtractionRefused) {
        self.path = path
        let data = try Self.contents(of: path)
        switch known ?? Format(path: path, head: data.prefix(8)) {
        case .plain, .jsonLines: text = try TextEncoding.utf8(data, path: path)
        case .html: text = HTMLText.blanked(try TextEncoding.utf8(data, path: path))
        case .docx: text = try WordText.read(data, path: path)
        case .pdf: (text, unread) = try PDFText.read(path, limits: limits)
        }
    }

    /// A file's bytes, mapped rather than copied where that is possible.
    package static func contents(of path: String, most: Int = mostBytes) throws(ExtractionRefused) -> [UInt8]
    {
        guard let file = FileHandle(forReadingAtPath: path), let size = try? file.seekToEnd() else {
            throw .unreadable(path: path)
        }
        guard size <= most else { throw .tooLarge(path: path, bytes: Int(size), most: most) }
        guard (try? file.seek(toOffset: 0)) != nil, let data = try? file.readToEnd() ?? Data() else {
            throw .unreadable(path: path)
        }
        return Array(data)
    }
}

internal import Glibc

/// Which segments make up the index, and how far they reach into the log of texts.
///
/// A small text file, replaced in one step: whoever opens the index sees the old state or the new one. Its last
/// line is the checksum of the lines before.
struct Manifest: Equatable {
    /// Counts the manifests written, so that no name of a segment is ever used twice.
    var generation = 0
    /// The log's bytes whose documents stand in segments.
    var logEnd = 0
    var documents = 0
    var segments: [String] = []
    /// Where the records of templates begin.
    var templates: [Int] = []
    /// Sealed documents that are gone.
    var removed: [Int] = []

    static let name = "manifest"
    static let logName = "texts"
    static let lockName = "lock"
    private static let firstLine = "text-reuse index 1"

    var text: String {
        var lines = [Self.firstLine, "generation \(generation)", "log \(logEnd)", "documents \(documents)"]
        lines += segments.map { "segment \($0)" }
        lines += templates.map { "template \($0)" }
        lines += removed.map { "removed \($0)" }
        let body = lines.joined(separator: "\n") + "\n"
        return body + "sum \(Self.sum(body))\n"
    }

    private static func sum(_ body: String) -> String {
        var body = body
        return body.withUTF8 { String(checksum(UnsafeRawBufferPointer($0)), radix: 16) }
    }

    /// Reads a manifest; nil where its text is not whole.
    init?(_ text: String) {
        guard let last = text.range(ofLastLineStarting: "sum ") else { return nil }
        let body = String(text[..<last.lowerBound])
        guard text[last] == "sum \(Self.sum(body))" else { return nil }
        var lines = body.split(separator: "\n")[...]
        guard lines.popFirst() == Substring(Self.firstLine) else { return nil }
        for line in lines {
            let words = line.split(separator: " ")
            guard words.count == 2 else { return nil }
            if words[0] == "segment" {
                // A name in this folder, and no way out of it.
                guard !words[1].contains("/"), words[1].hasPrefix("segment-") else { return nil }
                segments.append(String(words[1]))
                continue
            }
            guard let number = Int(words[1]), number >= 0 else { return nil }
            switch words[0] {
            case "generation": generation = number
            case "log": logEnd = number
            case "documents": documents = number
            case "template": templates.append(number)
            case "removed": removed.append(number)
            default: return nil
            }
        }
        guard documents < SegmentHeader.mostDocuments else { return nil }
    }

    init() {}

    static func read(in folder: String) throws(IndexFault) -> Manifest {
        let path = "\(folder)/\(name)"
        guard Folder.exists(path) else { throw .missing(path: folder) }
        guard let manifest = Manifest(String(decoding: try MappedFile.contents(of: path), as: UTF8.self))
        else {
            throw .damaged(path: path, what: "its lines do not agree with their checksum")
        }
        return manifest
    }

    /// Makes this the state of the index, durably: file, rename, folder.
    func write(in folder: String) throws(IndexFault) {
        let path = "\(folder)/\(Self.name)"
        do {
            let file = try SystemFile(path + SegmentWriter.unfinished, O_WRONLY | O_CREAT | O_TRUNC)
            try file.write(Array(text.utf8), at: 0)
            try file.sync()
        }
        try Folder.rename(path + SegmentWriter.unfinished, to: path)
        try Folder.sync(folder)
    }
}

extension String {
    /// The last line, if it starts so, without its end.
    fileprivate func range(ofLastLineStarting start: String) -> Range<Index>? {
        guard utf8.last == 0x0A else { return nil }
        let end = utf8.index(before: endIndex)
        let begin = utf8[..<end].lastIndex(of: 0x0A).map { utf8.index(after: $0) } ?? startIndex
        return self[begin..<end].hasPrefix(start) ? begin..<end : nil
    }
}

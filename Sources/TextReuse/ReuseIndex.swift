internal import Glibc

/// Texts in a folder, searchable for the passages they share.
///
/// ```swift
/// let index = try ReuseIndex(creating: "archive.reuse")
/// try index.add(id: "2024-017", text: text)
/// let overlaps = try index.check(newText, sharing: Sharing())
/// ```
///
/// One process writes at a time; any number read, each seeing the state it opened. An index may be used by one
/// thread at a time; a search uses several threads of its own where that helps.
///
/// The folder holds a log of texts, immutable segments with the fingerprints of documents, and a manifest that
/// names the segments. Texts are never lost by a crash once ``flush()`` returned; segments can always be made again
/// from the texts with ``rebuild(at:threads:progress:)``.
public final class ReuseIndex {
    let contents: IndexContents
    var manifest: Manifest
    /// Only of who writes.
    var writer: TextLogWriter?
    var ids: IdTable?
    private let lock: SystemFile?
    /// Where the last whole record of the log ends, when it was opened.
    var logEnd = 0

    public var path: String { contents.folder }
    /// Documents ever added, removed ones among them: their numbers are below this.
    public var count: Int { contents.count }
    /// Documents that are there.
    public var documentCount: Int { contents.count - contents.removedCount }

    /// Opens an index for searching.
    public convenience init(reading path: String) throws(IndexFault) {
        try self.init(path, manifest: try Manifest.read(in: path), lock: nil)
    }

    /// Opens an index for writing and searching, and makes it where there is none.
    public convenience init(writing path: String) throws(IndexFault) {
        try Folder.make(path)
        let lock = try SystemFile("\(path)/\(Manifest.lockName)", O_RDWR | O_CREAT)
        try lock.lock()
        if !Folder.exists("\(path)/\(Manifest.name)") {
            guard !Folder.exists("\(path)/\(Manifest.logName)") || Self.isEmptyLog(in: path) else {
                throw .damaged(path: path, what: "there are texts but no manifest")
            }
            _ = try SystemFile("\(path)/\(Manifest.logName)", O_RDWR | O_CREAT)
            try Manifest().write(in: path)
        }
        try self.init(path, manifest: try Manifest.read(in: path), lock: lock)
        try startWriting()
    }

    /// The log was made, then something stopped us before the first manifest.
    private static func isEmptyLog(in path: String) -> Bool {
        (try? MappedFile("\(path)/\(Manifest.logName)"))?.bytes.isEmpty ?? false
    }

    init(
        _ path: String, manifest: Manifest, lock: SystemFile?, readsTail: Bool = true
    ) throws(IndexFault) {
        self.manifest = manifest
        self.lock = lock
        contents = try IndexContents(folder: path, sampling: .standard)
        try openSegments()
        for offset in manifest.templates { try contents.addTemplate(at: offset) }
        for document in manifest.removed { contents.remove(document) }
        if readsTail { logEnd = try readTail() }
    }

    /// Takes up the log where its last whole record ends.
    func startWriting() throws(IndexFault) {
        guard TextLog.recordBehind(logEnd, in: contents.logBytes) == nil else {
            throw .damaged(
                path: logPath, what: "the record at byte \(logEnd) is not whole, but others follow")
        }
        removeStrays()
        writer = try TextLogWriter(logPath, end: logEnd)
        ids = try idTable()
    }

    private var logPath: String { "\(path)/\(Manifest.logName)" }

    private func openSegments() throws(IndexFault) {
        var segments: [Segment] = []
        var next = 0
        for name in manifest.segments {
            let segment = try Segment(
                "\(path)/\(name)", sampling: contents.sampling, folding: contents.folding)
            guard segment.documents.lowerBound == next else {
                throw .damaged(path: segment.path, what: "it does not follow the segment before it")
            }
            next = segment.documents.upperBound
            segments.append(segment)
        }
        guard next == manifest.documents else {
            throw .damaged(path: path, what: "\(next) of \(manifest.documents) documents stand in segments")
        }
        guard contents.logBytes.count >= manifest.logEnd else {
            throw .damaged(
                path: logPath, what: "\(contents.logBytes.count) bytes where \(manifest.logEnd) were written")
        }
        contents.use(segments, dropping: 0)
    }

    /// Takes up the records that were appended since the last manifest; gives the end of the last whole one.
    private func readTail() throws(IndexFault) -> Int {
        var offset = manifest.logEnd
        while let record = TextLog.record(in: contents.logBytes, at: offset) {
            try take(record, at: offset)
            offset = record.end
        }
        return offset
    }

    func take(_ record: TextLog.Record, at offset: Int) throws(IndexFault) {
        switch record.kind {
        case .document:
            contents.append(DocumentFacts(textOffset: offset, symbols: 0, idHash: IdTable.hash(record.id)))
        case .removal:
            guard record.text.count == 8 else { return }
            let number = UInt64(littleEndian: record.text.loadUnaligned(as: UInt64.self))
            if number < UInt64(contents.count) { contents.remove(Int(number)) }
        case .template:
            try contents.addTemplate(at: offset)
            manifest.templates.append(offset)
        }
    }

    /// Files that no manifest names: what a crash, or a merge before it, left.
    func removeStrays() {
        for name in Folder.names(in: path) {
            let isOurs = name.hasPrefix("segment-") || name.hasSuffix(SegmentWriter.unfinished)
            if isOurs, !manifest.segments.contains(name) { Folder.remove("\(path)/\(name)") }
        }
    }

    func idTable() throws(IndexFault) -> IdTable {
        var ids = IdTable()
        for document in 0..<contents.count { ids.append(try contents.facts(of: document).idHash) }
        return ids
    }

    // MARK: Documents

    /// The id of a document.
    public func id(of document: Int) throws(IndexFault) -> String {
        String(decoding: try contents.record(of: document).id, as: UTF8.self)
    }

    /// The text of a document, as it was given.
    public func text(of document: Int) throws(IndexFault) -> [UInt8] {
        Array(try contents.record(of: document).text)
    }
}

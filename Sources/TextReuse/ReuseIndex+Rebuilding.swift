internal import Glibc

extension ReuseIndex {
    /// What a rebuild found.
    public struct Rebuilt: Hashable, Sendable {
        public var documents = 0
        /// Places of the log whose bytes are no record: texts that are lost and must be added again.
        public var damagedPlaces = 0
    }

    /// Makes all segments again from the log of texts, whatever became of them and of the manifest.
    ///
    /// Records that are not whole are passed over and counted. `proceed` is told how many documents of how many
    /// are done, and ends the work when it gives false. Until the end the old state stays in force.
    public static func rebuild(
        at path: String, threads: Int = 2,
        proceed: @escaping @Sendable (_ done: Int, _ of: Int) -> Bool = { _, _ in true }
    ) throws(IndexFault) -> Rebuilt {
        guard Folder.exists("\(path)/\(Manifest.logName)") else { throw .missing(path: path) }
        let lock = try SystemFile("\(path)/\(Manifest.lockName)", O_RDWR | O_CREAT)
        try lock.lock()
        var manifest = Manifest()
        manifest.generation = lastGeneration(in: path)
        // An index without segments, whose tail is the whole log.
        let index = try ReuseIndex(path, manifest: manifest, lock: lock, readsTail: false)
        var rebuilt = Rebuilt()
        try index.readWhole(&rebuilt)
        rebuilt.documents = index.documentCount
        let total = index.count
        try index.seal(threads: threads) { proceed($0, total) }
        try index.merge(threads: threads)
        index.removeStrays()
        return rebuilt
    }

    /// Takes up every whole record of the log.
    private func readWhole(_ rebuilt: inout Rebuilt) throws(IndexFault) {
        var offset = 0
        while offset < contents.logBytes.count {
            if let record = TextLog.record(in: contents.logBytes, at: offset) {
                try take(record, at: offset)
                offset = record.end
                continue
            }
            guard let next = TextLog.recordBehind(offset, in: contents.logBytes) else { break }
            rebuilt.damagedPlaces += 1
            offset = next
        }
        manifest.logEnd = 0
        logEnd = offset
    }

    /// Names of segments that are there already are not used again, whoever names them.
    private static func lastGeneration(in path: String) -> Int {
        var last = (try? Manifest.read(in: path))?.generation ?? 0
        for name in Folder.names(in: path) where name.hasPrefix("segment-") {
            last = max(last, name.split(separator: "-").dropFirst().first.flatMap { Int($0) } ?? 0)
        }
        return last
    }
}

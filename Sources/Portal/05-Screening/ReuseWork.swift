import Foundation
package import Lifecycle
package import Store
import TextReuse

/// The work of comparing, for a job and for the command line alike. Blocks.
package struct ReuseWork: Sendable {
    let database: Database
    let data: String
    let definitions: Definitions
    let now: @Sendable () -> Instant
    /// Told how far it is; throws to stop.
    let tell: @Sendable (_ done: Int64, _ total: Int64, _ stage: String) throws -> Void
    /// What an earlier turn kept, which a rebuild goes on from.
    let kept: String?
    let keep: @Sendable (String) throws -> Void
    var batches = Batches()

    /// How much is done between two times that it is kept.
    struct Batches: Sendable {
        /// Texts that are read.
        var texts = 256
        /// Texts that are sealed to segments at once: so many that few segments have to be merged in the end.
        var sealed = 16_384
        /// Parts of texts that are compared.
        var parts = 2048
        /// Findings that are held in memory: how many a batch of parts has is anybody's guess.
        var held = 10_000
        /// Bytes of findings that are read together to be put into the database.
        var share = 32 << 20
    }

    package init(
        database: Database, data: String, definitions: Definitions,
        now: @escaping @Sendable () -> Instant,
        tell: @escaping @Sendable (_ done: Int64, _ total: Int64, _ stage: String) throws -> Void,
        kept: String? = nil, keep: @escaping @Sendable (String) throws -> Void = { _ in }
    ) {
        self.database = database
        self.data = data
        self.definitions = definitions
        self.now = now
        self.tell = tell
        self.kept = kept
        self.keep = keep
    }

    private var folder: String { ReuseLibrary.folder(in: data) }
    private var attachments: AttachmentStore { AttachmentStore(folder: "\(data)/attachments") }

    // MARK: - one application

    /// Compares an application with everything. Makes the index first where there is none, or a damaged one.
    package func check(_ id: ID<Application>) throws {
        guard ReuseLibrary.isThere(folder) else {
            try rebuild()
            return
        }
        do {
            // Submitted anew while we read: once more, and not for ever.
            for _ in 0..<3 {
                if try checkOnce(id) { return }
            }
        } catch let fault as IndexFault {
            switch fault {
            case .damaged, .incompatible, .missing: try rebuild()
            case .system, .busy, .readOnly, .tooLarge, .cancelled: throw fault
            }
        }
    }

    /// - Returns: whether what was read is still what was handed in.
    private func checkOnce(_ id: ID<Application>) throws -> Bool {
        try tell(0, 0, "reading")
        let read = try database.readNow { store in
            try ReuseReading.application(id, definitions, store).map { ($0, try templates(of: $0, store)) }
        }
        guard let (found, templates) = read else { return true }
        var reading = found
        let files = try files(of: reading)
        reading.parts += files.compactMap(\.part)
        let library = try ReuseLibrary(writing: folder)
        for template in templates { try library.addTemplate(template) }
        try tell(0, 0, "comparing")
        let matches = try library.matches(reading.parts, of: reading.source)
        let known = try database.readNow { store in
            try store.values("SELECT hash FROM reuse_file WHERE application = \(id)", as: String.self)
        }
        try library.put(
            reading.parts, of: reading.source,
            gone: reading.sections.union(known.map { ReusePart.filePrefix + $0 }))
        try library.settle()
        let about = reading.about
        let at = now()
        let pairs = try database.readNow { store in
            try matches.compactMap { source, found -> FoundPair? in
                // A text that the database does not know: the index is older or newer than it.
                guard let other = try ReuseReading.find(source, definitions, store)?.about else { return nil }
                return FoundPair(about, other, found)
            }
        }
        return try database.writeNow { store in
            let current = try store.value(
                "SELECT fact FROM application WHERE id = \(id)", as: Int64.self)
            guard current == about.submission else { return false }
            try ReuseFindings.replace(
                about, pairs, files, texts: try Self.texts(store) - 1, at: at, store)
            return true
        }
    }

    private struct KnownFile: Decodable {
        let problem: String?
        let text: String
    }

    private func files(of reading: ReuseReading) throws -> [ReuseFile] {
        guard let id = reading.source.application else { return [] }
        var files: [ReuseFile] = []
        for reference in reading.attachments where !files.contains(where: { $0.hash == reference.hash }) {
            let known = try database.readNow { store in
                try store.row(
                    """
                    SELECT problem, text FROM reuse_file
                    WHERE application = \(id) AND hash = \(reference.hash) AND text <> ''
                    """, as: KnownFile.self)
            }
            // The name is the content's hash: what was read once is read.
            files.append(
                known.map { ReuseFile(hash: reference.hash, problem: $0.problem, text: $0.text) }
                    ?? ReuseFile.read(reference, attachments))
            try tell(Int64(files.count), Int64(reading.attachments.count), "files")
        }
        return files
    }

    private func templates(of reading: ReuseReading, _ store: Transaction) throws -> [String] {
        guard let call = reading.call else { return [] }
        return try Self.templates(of: call, definitions, store)
    }

    /// What everybody who answers a call may repeat: its guide and what the form says.
    static func templates(
        of call: ID<Call>, _ definitions: Definitions, _ store: Transaction
    ) throws -> [String] {
        guard let found = try Calls.find(call, store) else { return [] }
        let prompts = try definitions.programme(found.digest, store)?.form.prompts
        return ["\(found.title)\n\(found.guide)", prompts ?? ""]
    }

    private static func texts(_ store: Transaction) throws -> Int {
        let applications = try store.value("SELECT COUNT(*) FROM application", as: Int.self) ?? 0
        let archived = try store.value("SELECT COUNT(*) FROM reuse_archive", as: Int.self) ?? 0
        return applications + archived
    }

    // MARK: - everything

    /// What a rebuild read and found.
    package struct Rebuilt: Sendable {
        package var texts = 0
        package var parts = 0
        package var pairs = 0
    }

    /// Makes the index anew from the database, and compares all with all. Until the end the old index stays. One that
    /// was broken off goes on with the texts that are not in the new index yet, or not compared.
    @discardableResult
    package func rebuild() throws -> Rebuilt {
        let fresh = "\(folder).new"
        let progress = try ReuseProgress(
            kept, in: fresh, at: now(), batches: batches, keep: keep)
        var rebuilt = Rebuilt()
        if !progress.kept.isStored {
            let library = try ReuseLibrary(writing: fresh)
            let abouts = try fill(library, progress)
            rebuilt.texts = abouts.count
            rebuilt.parts = library.count
            try compare(library, progress)
            try store(progress, abouts, &rebuilt)
        }
        try rebuildPublished()
        // Where it is not, it took the old one's place just before the process ended.
        if progress.isOurs {
            try progress.clear()
            try swap(fresh)
        }
        return rebuilt
    }

    /// Reads every text of the database in turns, so that no reader holds the database up.
    private func fill(
        _ library: ReuseLibrary, _ progress: ReuseProgress
    ) throws -> [ReuseSource: ReuseAbout] {
        var abouts = Dictionary(
            try progress.abouts().map { ($0.source, $0) }, uniquingKeysWith: { first, _ in first })
        guard !progress.kept.isFilled else { return abouts }
        let (calls, ids, archived) = try database.readNow { store in
            (
                try store.values("SELECT id FROM call ORDER BY id", as: ID<Call>.self),
                try store.values(
                    "SELECT id FROM application ORDER BY first_submitted_at, id", as: ID<Application>.self),
                try store.values("SELECT id FROM reuse_archive ORDER BY id", as: String.self)
            )
        }
        for call in calls {
            let templates = try database.readNow { try Self.templates(of: call, definitions, $0) }
            for template in templates { try library.addTemplate(template) }
        }
        let sources = archived.map { ReuseSource(.archive, $0) } + ids.map { ReuseSource.application($0) }
        let total = Int64(sources.count)
        var batch: [ReuseAbout] = []
        for (place, source) in sources.enumerated() where abouts[source] == nil {
            try tell(Int64(place), total, "reading")
            guard var reading = try read(source) else { continue }
            if let id = source.application {
                let files = try files(of: reading)
                reading.parts += files.compactMap(\.part)
                if !files.isEmpty {
                    try database.writeNow(.relaxed) { try ReuseFindings.put(files, of: id, $0) }
                }
            }
            try library.put(reading.parts, of: source)
            abouts[source] = reading.about
            batch.append(reading.about)
            if batch.count == batches.texts {
                try library.flush()
                try progress.fill(batch)
                batch = []
            }
            if abouts.count % batches.sealed == 0 { try seal(library, isLast: false) }
        }
        try library.flush()
        try progress.fill(batch, isAll: true)
        return abouts
    }

    private func seal(_ library: ReuseLibrary, isLast: Bool) throws {
        let parts = Int64(library.count)
        try stopping { try library.seal(isLast: isLast) { done in goes(done, of: parts, "indexing") } }
    }

    /// Compares what was not compared yet.
    private func compare(_ library: ReuseLibrary, _ progress: ReuseProgress) throws {
        let parts = Int64(library.count)
        guard progress.kept.compared < library.count else { return }
        do {
            try seal(library, isLast: true)
            try stopping {
                try library.pairs(
                    from: progress.kept.compared,
                    { done in !progress.isFailed && goes(done, of: parts, "comparing") },
                    reached: { progress.reach($0) }, found: { progress.add($0) })
            }
        } catch is JobRun.Cancelled {
            // The threads were told to stop; perhaps because nothing could be kept any more.
            try progress.throwFailure()
            throw JobRun.Cancelled()
        }
        try progress.reachEnd(library.count)
    }

    private func read(_ source: ReuseSource) throws -> ReuseReading? {
        try database.readNow { store in
            try source.application.map { try ReuseReading.application($0, definitions, store) }
                ?? ReuseReading.archive(source.id, store)
        }
    }

    private func store(
        _ progress: ReuseProgress, _ abouts: [ReuseSource: ReuseAbout], _ rebuilt: inout Rebuilt
    ) throws {
        let at = progress.kept.at
        var stored = 0
        try progress.eachShare { between, number, count in
            let pairs = between.compactMap { key, matches -> FoundPair? in
                guard let one = abouts[key.one], let other = abouts[key.other] else { return nil }
                return FoundPair(one, other, matches)
            }
            for start in stride(from: 0, to: pairs.count, by: Self.batch) {
                // Shares are alike in size, so that those to come are as many as this one.
                let total = stored + (count - number) * pairs.count
                try tell(Int64(stored + start), Int64(total), "keeping")
                try database.writeNow(.relaxed) { store in
                    for pair in pairs[start..<min(pairs.count, start + Self.batch)] {
                        try ReuseFindings.put(pair, at: at, store)
                    }
                }
            }
            stored += pairs.count
        }
        let read = abouts.values.filter { $0.source.kind == .application }
        for start in stride(from: 0, to: read.count, by: Self.batch) {
            try database.writeNow(.relaxed) { store in
                for about in read[start..<min(read.count, start + Self.batch)] {
                    try ReuseFindings.put(about, texts: abouts.count - 1, at: at, store)
                }
            }
        }
        rebuilt.pairs = try database.writeNow { store in
            try ReuseFindings.forgetAll(but: at, store)
            return try store.value("SELECT COUNT(*) FROM reuse_pair") ?? 0
        }
        try progress.noteStored()
    }

    /// Rows that are written in one transaction: between two of them others get their turn.
    private static let batch = 200

    private func rebuildPublished() throws {
        let path = ReuseLibrary.publishedFolder(in: data)
        try Self.remove(path)
        let ids = try database.readNow { store in
            try store.values(
                "SELECT id FROM reuse_archive WHERE published ORDER BY id", as: String.self)
        }
        guard !ids.isEmpty else { return }
        let library = try ReuseLibrary(writing: path)
        for id in ids {
            let reading = try database.readNow { try ReuseReading.archive(id, $0) }
            if let reading { try library.put(reading.parts, of: reading.source) }
        }
        try stopping { try library.seal { done in goes(done, of: Int64(ids.count), "indexing") } }
    }

    private func swap(_ fresh: String) throws {
        let old = "\(folder).old"
        try Self.remove(old)
        let files = FileManager.default
        if files.fileExists(atPath: folder) { try files.moveItem(atPath: folder, toPath: old) }
        try files.moveItem(atPath: fresh, toPath: folder)
        try Self.remove(old)
    }

    private static func remove(_ path: String) throws {
        if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
    }

    // MARK: - stopping

    private func goes(_ done: Int, of total: Int64, _ stage: String) -> Bool {
        (try? tell(Int64(done), total, stage)) != nil
    }

    /// The kernel says only that it was stopped; the job has to hear it as its own.
    private func stopping<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch IndexFault.cancelled {
            throw JobRun.Cancelled()
        }
    }
}

import Foundation
import Lifecycle
import Synchronization

/// What two texts have in common in one part of each, as seen from the first.
struct ReuseFound: Sendable, Codable {
    let one: ReuseSource
    let other: ReuseSource
    let match: ReuseMatch
}

/// How far a rebuild is, so that one that is broken off goes on where it was: which texts are in the new index, and
/// what was found among those compared so far. Both stand in files beside that index, appended a batch at a time and
/// on the disk before the job keeps how much of them counts. They go away with the end of the rebuild.
final class ReuseProgress: Sendable {
    /// What the job keeps.
    struct Kept: Codable, Sendable {
        /// When the rebuild began, which its findings bear.
        let at: Instant
        /// Bytes of the files that count: what stands behind them was written when the process ended.
        var texts = 0
        var pairs = 0
        /// All texts are in the index.
        var isFilled = false
        /// Parts of texts below this number were compared with all before them.
        var compared = 0
        /// Shares of the findings that are in the database.
        var shares = 0
        /// The findings are in the database; the index has still to take the place of the old one.
        var isStored = false
    }

    private struct State {
        var kept: Kept
        var found: [ReuseFound] = []
        /// Bytes of findings that stand in the file and do not count yet, since not all of their texts was compared.
        var ahead = 0
        /// Why nothing can be kept any more; threads that compare are told to stop and cannot throw.
        var failure: (any Error)?
    }

    private let folder: String
    private let keep: @Sendable (String) throws -> Void
    private let batches: ReuseWork.Batches
    private let state: Mutex<State>

    /// Goes on from what was kept where the files agree with it; else begins, in an empty folder.
    ///
    /// - Parameters:
    ///   - text: what an earlier turn kept.
    ///   - folder: of the index that is made.
    init(
        _ text: String?, in folder: String, at now: Instant, batches: ReuseWork.Batches,
        keep: @escaping @Sendable (String) throws -> Void
    ) throws {
        self.folder = folder
        self.keep = keep
        self.batches = batches
        let before = text.flatMap { try? JSONDecoder().decode(Kept.self, from: Data($0.utf8)) }
        if let before, before.isStored || Self.isThere(before, in: folder) {
            state = Mutex(State(kept: before))
            if !before.isStored {
                try Self.cut("\(folder)/\(Self.texts)", to: before.texts)
                try Self.cut("\(folder)/\(Self.pairs)", to: before.pairs)
            }
            return
        }
        state = Mutex(State(kept: Kept(at: now)))
        let files = FileManager.default
        if files.fileExists(atPath: folder) { try files.removeItem(atPath: folder) }
        try DurableFile.makeFolder(folder)
        try DurableFile.create(Array("\(now.rawValue)".utf8), at: "\(folder)/\(Self.mark)")
        for name in [Self.texts, Self.pairs] { try DurableFile.create([], at: "\(folder)/\(name)") }
    }

    // Names that no index uses.
    private static let mark = "rebuild"
    private static let texts = "rebuild-texts"
    private static let pairs = "rebuild-pairs"

    /// Whether the folder holds what was kept, and not another rebuild's.
    private static func isThere(_ kept: Kept, in folder: String) -> Bool {
        let files = FileManager.default
        func size(_ name: String) -> Int {
            (try? files.attributesOfItem(atPath: "\(folder)/\(name)")[.size] as? Int) ?? -1
        }
        return files.contents(atPath: "\(folder)/\(mark)") == Data("\(kept.at.rawValue)".utf8)
            && size(texts) >= kept.texts && size(pairs) >= kept.pairs
    }

    private static func cut(_ path: String, to bytes: Int) throws {
        guard let file = FileHandle(forWritingAtPath: path) else { throw CocoaError(.fileNoSuchFile) }
        try file.truncate(atOffset: UInt64(bytes))
        try file.close()
    }

    /// Whether the folder is there and is not another rebuild's.
    var isOurs: Bool {
        guard FileManager.default.fileExists(atPath: folder) else { return false }
        let mark = FileManager.default.contents(atPath: "\(folder)/\(Self.mark)")
        return mark == nil || mark == Data("\(kept.at.rawValue)".utf8)
    }

    var kept: Kept { state.withLock { $0.kept } }

    /// Takes the files out of the folder, which becomes the index and nothing else.
    func clear() throws {
        ReuseShares.remove(beside: "\(folder)/\(Self.pairs)")
        for name in [Self.mark, Self.texts, Self.pairs] {
            let path = "\(folder)/\(name)"
            if FileManager.default.fileExists(atPath: path) {
                try FileManager.default.removeItem(atPath: path)
            }
        }
    }

    // MARK: - texts

    /// The texts that are in the index.
    func abouts() throws -> [ReuseAbout] { try read(Self.texts, as: ReuseAbout.self) }

    /// Says that these texts are in the index for good.
    func fill(_ abouts: [ReuseAbout], isAll: Bool = false) throws {
        let encoder = JSONEncoder()
        let bytes = try append(abouts, to: Self.texts) { try encoder.encode($0) }
        try change {
            $0.kept.texts += bytes
            $0.kept.isFilled = isAll
        }
    }

    // MARK: - pairs

    /// Called by one thread at a time, as ``reach(_:)`` is.
    func add(_ found: ReuseFound) {
        let due = state.withLock { state -> [ReuseFound] in
            state.found.append(found)
            guard state.failure == nil, state.found.count >= batches.held else { return [] }
            defer { state.found = [] }
            return state.found
        }
        guard !due.isEmpty else { return }
        attempt {
            let bytes = try write(due)
            state.withLock { $0.ahead += bytes }
        }
    }

    /// Says that everything was found of the parts below a number.
    func reach(_ part: Int) {
        let due = state.withLock { state -> [ReuseFound]? in
            guard state.failure == nil, part - state.kept.compared >= batches.parts else { return nil }
            defer { state.found = [] }
            return state.found
        }
        guard let due else { return }
        attempt { try settle(due, upTo: part) }
    }

    private func attempt(_ work: () throws -> Void) {
        do { try work() } catch { state.withLock { $0.failure = error } }
    }

    var isFailed: Bool { state.withLock { $0.failure != nil } }

    /// Keeps the last pairs. Throws what kept an earlier batch from being kept.
    func reachEnd(_ parts: Int) throws {
        try throwFailure()
        guard kept.compared < parts else { return }
        let rest = state.withLock { state in
            defer { state.found = [] }
            return state.found
        }
        try settle(rest, upTo: parts)
    }

    func throwFailure() throws {
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    private func settle(_ found: [ReuseFound], upTo part: Int) throws {
        let bytes = try write(found)
        try change {
            $0.kept.pairs += $0.ahead + bytes
            $0.ahead = 0
            $0.kept.compared = part
        }
    }

    /// A line begins with what says which share it belongs to.
    private func write(_ found: [ReuseFound]) throws -> Int {
        let encoder = JSONEncoder()
        return try append(found, to: Self.pairs) { ReuseShares.mark(of: $0) + (try encoder.encode($0)) }
    }

    // MARK: - shares

    /// Gives all that was found, in shares that fit into memory, each with everything that was found between the texts
    /// in it. Those that an earlier turn has done with are left out.
    func eachShare(
        _ body: (_ found: [ReuseShares.Between: [ReuseMatch]], _ number: Int, _ count: Int) throws -> Void
    ) throws {
        let shares = try ReuseShares(of: "\(folder)/\(Self.pairs)", bytes: kept.pairs, each: batches.share)
        defer { shares.remove() }
        for number in kept.shares..<max(kept.shares, shares.count) {
            try body(try shares.found(in: number), number, shares.count)
            try change { $0.kept.shares = number + 1 }
        }
    }

    func noteStored() throws { try change { $0.kept.isStored = true } }

    // MARK: - files

    private func change(_ body: (inout State) -> Void) throws {
        let kept = state.withLock { state in
            body(&state)
            return state.kept
        }
        try keep(String(decoding: try JSONEncoder().encode(kept), as: UTF8.self))
    }

    /// - Returns: how many bytes the lines have, which are on the disk.
    private func append<Value>(_ values: [Value], to name: String, _ line: (Value) throws -> Data) throws
        -> Int
    {
        guard !values.isEmpty else { return 0 }
        var lines: [UInt8] = []
        for value in values {
            lines += try line(value)
            lines.append(0x0A)
        }
        try DurableFile.append(lines, to: "\(folder)/\(name)")
        return lines.count
    }

    private func read<Value: Decodable>(_ name: String, as type: Value.Type) throws -> [Value] {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { return [] }
        let decoder = JSONDecoder()
        return try data.split(separator: 0x0A).map { try decoder.decode(Value.self, from: Data($0)) }
    }
}

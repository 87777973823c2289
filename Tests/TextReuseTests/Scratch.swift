import Glibc

@testable import TextReuse

/// A folder that goes away with its test.
final class ScratchFolder {
    let path: String

    init() {
        let place = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(place)/text-reuse-XXXXXX".utf8CString)
        // mkdtemp fails only where nothing can be written, and then no test of files can run.
        path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)!) }
    }

    deinit { Self.remove(path) }

    private static func remove(_ path: String) {
        for name in Folder.names(in: path) {
            if unlink("\(path)/\(name)") != 0 { remove("\(path)/\(name)") }
        }
        rmdir(path)
    }

    func bytes(of name: String) throws -> [UInt8] {
        try MappedFile.contents(of: "\(path)/\(name)")
    }

    func put(_ bytes: [UInt8], as name: String) throws {
        try SystemFile("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC).write(bytes, at: 0)
    }

    /// The same files in another folder.
    func copied() throws -> ScratchFolder {
        let other = ScratchFolder()
        for name in Folder.names(in: path) { try other.put(try bytes(of: name), as: name) }
        return other
    }
}

extension SymbolText {
    convenience init(_ text: String) {
        let bytes = Array(text.utf8)
        self.init(bytes)
    }

    convenience init(_ bytes: [UInt8]) {
        let holder = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
        _ = holder.initialize(from: bytes)
        self.init(UnsafeBufferPointer(holder), scratch: SymbolScratch())
        holder.deallocate()
    }

    var list: [UInt32] { (0..<count).map { symbols[$0] } }
}

extension ReuseIndex {
    func check(_ text: String, sharing: Sharing = Sharing()) throws -> [Source] {
        let bytes = Array(text.utf8)
        return try bytes.withUnsafeBytes { try check($0, sharing: sharing) }
    }

    func allPairs(from first: Int = 0, sharing: Sharing = Sharing(), threads: Int = 2) throws -> [Pair] {
        let found = Found()
        try pairs(from: first, sharing: sharing, threads: threads) { found.add($0) }
        return found.pairs
    }
}

/// Gathers what threads report, one at a time.
private final class Found: @unchecked Sendable {
    var pairs: [Pair] = []
    func add(_ pair: Pair) { pairs.append(pair) }
}

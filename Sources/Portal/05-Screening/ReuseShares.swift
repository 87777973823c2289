import Crypto
import Foundation
import Lifecycle

/// The findings of a rebuild, dealt out so that each share fits into memory and all that two texts have in common stands
/// in one: parts of the same two texts may be found far from each other, where a text was put in two goes.
struct ReuseShares {
    struct Between: Hashable, Sendable {
        let one: ReuseSource
        let other: ReuseSource
    }

    private let path: String
    /// How many there are; the same for the same findings.
    let count: Int
    /// Bytes of a line's ``mark(of:)``: 32 bits in hexadecimal and a blank.
    private static let markBytes = 9
    /// Files that are open at once.
    private static let mostShares = 256
    private static let piece = 1 << 20

    /// - Parameters:
    ///   - path: a file of lines that each begin with ``mark(of:)``; the shares stand beside it.
    ///   - bytes: of the file that count.
    ///   - each: bytes of a share, more or less.
    init(of path: String, bytes: Int, each: Int) throws {
        self.path = path
        count = min(Self.mostShares, max(1, (bytes + each - 1) / each))
        if count > 1 { try deal() }
    }

    /// What a line begins with: the same wherever the same two texts are meant.
    static func mark(of found: ReuseFound) -> Data {
        let names = [found.one, found.other].map { "\($0.kind.rawValue)/\($0.id)" }
        let digest = Canonical.hex(SHA256.hash(data: Data(names.joined(separator: "\n").utf8)))
        return Data((digest.prefix(markBytes - 1) + " ").utf8)
    }

    /// All that was found in common between the texts of one share.
    func found(in number: Int) throws -> [Between: [ReuseMatch]] {
        var all: [Between: [ReuseMatch]] = [:]
        let decoder = JSONDecoder()
        try Self.eachLine(of: count > 1 ? Self.share(number, beside: path) : path) { line in
            let found = try decoder.decode(ReuseFound.self, from: line.dropFirst(Self.markBytes))
            all[Between(one: found.one, other: found.other), default: []].append(found.match)
        }
        return all
    }

    func remove() { Self.remove(beside: path) }

    static func remove(beside path: String) {
        for number in 0..<mostShares {
            try? FileManager.default.removeItem(atPath: share(number, beside: path))
        }
    }

    private static func share(_ number: Int, beside path: String) -> String { "\(path)-\(number)" }

    /// What is dealt out need not survive a crash: it is dealt out anew.
    private func deal() throws {
        var files: [FileHandle] = []
        defer { for file in files { try? file.close() } }
        for number in 0..<count {
            let share = Self.share(number, beside: path)
            guard FileManager.default.createFile(atPath: share, contents: nil),
                let file = FileHandle(forWritingAtPath: share)
            else { throw DurableFile.failure("create \(share)") }
            files.append(file)
        }
        var waiting = [Data](repeating: Data(), count: count)
        try Self.eachLine(of: path) { line in
            guard let mark = UInt32(String(decoding: line.prefix(8), as: UTF8.self), radix: 16) else {
                throw CocoaError(.fileReadCorruptFile)
            }
            let number = Int(mark) % count
            waiting[number] += line
            waiting[number].append(0x0A)
            guard waiting[number].count >= Self.piece / 8 else { return }
            try files[number].write(contentsOf: waiting[number])
            waiting[number].removeAll(keepingCapacity: true)
        }
        for (file, rest) in zip(files, waiting) where !rest.isEmpty { try file.write(contentsOf: rest) }
    }

    private static func eachLine(of path: String, _ body: (Data) throws -> Void) throws {
        guard let file = FileHandle(forReadingAtPath: path) else { throw DurableFile.failure("open \(path)") }
        defer { try? file.close() }
        var rest = Data()
        while let piece = try file.read(upToCount: Self.piece), !piece.isEmpty {
            rest += piece
            let lines = rest.split(separator: 0x0A, omittingEmptySubsequences: false)
            for line in lines.dropLast() where !line.isEmpty { try body(line) }
            rest = Data(lines.last ?? Data())
        }
        if !rest.isEmpty { try body(rest) }
    }
}

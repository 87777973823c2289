/// The entries under one level 0 tile (C2SP tlog-tiles, “Log entries”): each after its length as a
/// big-endian 16-bit number.
public struct EntryBundle: Hashable, Sendable {
    /// The longest entry the format can carry, in bytes. What is longer is logged by its hash.
    public static let longestEntry = 65_535

    /// From 1 to 256 entries, in the order of the log.
    public let entries: [[UInt8]]

    public init(entries: [[UInt8]]) throws(EntryBundleRefused) {
        guard !entries.isEmpty else { throw .empty }
        guard entries.count <= TileCoordinate.fullWidth else { throw .tooManyEntries }
        for (place, entry) in entries.enumerated() where entry.count > Self.longestEntry {
            throw .entryTooLong(place: place, byteCount: entry.count)
        }
        self.entries = entries
    }

    /// Reads a served bundle.
    public init(bytes: [UInt8]) throws(EntryBundleRefused) {
        var entries: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard entries.count < TileCoordinate.fullWidth else { throw .tooManyEntries }
            guard rest.count >= 2 else { throw .cutShort }
            let length = Int(rest.removeFirst()) << 8 | Int(rest.removeFirst())
            guard rest.count >= length else { throw .cutShort }
            entries.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        guard !entries.isEmpty else { throw .empty }
        self.entries = entries
    }

    /// The bundle as it is served at ``TileResource/entries(_:)``.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entries.reduce(0) { $0 + 2 + $1.count })
        for entry in entries {
            bytes.append(UInt8(entry.count >> 8))
            bytes.append(UInt8(entry.count & 255))
            bytes.append(contentsOf: entry)
        }
        return bytes
    }

    /// The hashes of the level 0 tile over the same entries.
    public var leaves: [MerkleHash] { entries.map { Merkle.leafHash($0) } }
}

/// Why entries are not a bundle.
public enum EntryBundleRefused: Error, Hashable, Sendable {
    /// A bundle has at least one entry.
    case empty
    /// A bundle has at most 256 entries.
    case tooManyEntries
    /// The entry at this place of the bundle is longer than 65,535 bytes.
    case entryTooLong(place: Int, byteCount: Int)
    /// The bytes end inside an entry or its length.
    case cutShort
}

extension EntryBundleRefused: CustomStringConvertible {
    public var description: String {
        switch self {
        case .empty: "an entry bundle has at least one entry"
        case .tooManyEntries: "an entry bundle has at most 256 entries"
        case .entryTooLong(let place, let count):
            "entry \(place) of the bundle has \(count) bytes, at most \(EntryBundle.longestEntry) are possible"
        case .cutShort: "the entry bundle ends inside an entry"
        }
    }
}

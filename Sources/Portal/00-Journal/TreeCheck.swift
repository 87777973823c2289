import Lifecycle
import Store
import TransparencyLog

/// What the folder of keys says has left the house, read at one moment.
struct Published {
    let lines: [JournalKeys.Published]
    let head: Result<Checkpoint?, any Error>

    init(_ keys: JournalKeys) throws {
        head = Result { try keys.head() }
        lines = try keys.published()
    }
}

/// Holds the growing tree against everything that was ever said about it: signed checkpoints, the published
/// head, and the stored tiles.
struct TreeCheck {
    /// A root somebody stated for a size.
    private struct Claim {
        let size: UInt64
        let root: MerkleHash
        let place: String
    }

    private var claims: [Claim] = []
    private var next = 0
    private var tree = CompactTree()
    private var edge = RightEdge()
    private var pending: [MerkleHash] = []
    /// Tiles hold the tree of the last checkpoint and no leaf beyond.
    private(set) var sealed: UInt64 = 0
    private(set) var checkpoints = 0
    private static let batch = 16_384

    init(
        _ keys: JournalKeys, _ published: Published, _ store: Transaction, _ found: inout FindingList
    ) throws {
        var sizes: Set<Int64> = []
        try store.forEach("SELECT size, note FROM checkpoint ORDER BY size") { row in
            let (size, note) = (try row.int64("size"), try row.text("note"))
            checkpoints += 1
            sizes.insert(size)
            sealed = max(sealed, UInt64(max(0, size)))
            claim(note, size: UInt64(max(0, size)), place: "checkpoint", keys, &found)
        }
        for line in published.lines {
            claim(line.note, size: line.size, place: "checkpoints.log", keys, &found)
            if line.size <= sealed, !sizes.contains(Int64(line.size)) {
                found.add(
                    Finding(
                        "checkpoint.missing", in: "checkpoint", row: "\(line.size)", "已公开的检查点不在数据库里",
                        "this checkpoint was published and is not in the database"))
            }
        }
        do {
            if let head = try published.head.get() {
                claims.append(Claim(size: head.size, root: head.rootHash, place: "head"))
                if head.size > sealed {
                    found.add(
                        Finding(
                            "head.ahead", in: "head",
                            "已公开的检查点记有\(head.size)条，数据库只到\(sealed)条：数据库被退回到旧状态",
                            "the published head knows \(head.size) facts, the database sealed only \(sealed): it was put back to an older state"
                        ))
                }
            } else if checkpoints > 0 {
                found.add(
                    Finding(
                        "head.missing", in: "head", "没有已公开的检查点文件", "the published head is missing"))
            }
        } catch {
            found.add(Finding("head.signature", in: "head", "签名无效：\(error)", "not this log's: \(error)"))
        }
        claims.sort { $0.size < $1.size }
    }

    private mutating func claim(
        _ note: String, size: UInt64, place: String, _ keys: JournalKeys, _ found: inout FindingList
    ) {
        do {
            let checkpoint = try keys.checkpoint(note: note)
            guard checkpoint.size == size else {
                found.add(
                    Finding(
                        "checkpoint.size", in: place, row: "\(size)", "检查点写的条数是\(checkpoint.size)",
                        "the checkpoint itself says \(checkpoint.size)"))
                return
            }
            claims.append(Claim(size: size, root: checkpoint.rootHash, place: place))
        } catch {
            found.add(
                Finding(
                    "checkpoint.signature", in: place, row: "\(size)", "签名无效：\(error)",
                    "not signed by this log: \(error)"))
        }
    }

    mutating func append(_ leaf: MerkleHash, _ store: Transaction, _ found: inout FindingList) throws {
        if next < claims.count { settle(&found) }
        tree.append(leaf)
        if tree.size <= sealed { pending.append(leaf) }
        if pending.count == Self.batch { try compareTiles(store, &found) }
    }

    /// Compares claims about the present size.
    private mutating func settle(_ found: inout FindingList) {
        while next < claims.count, claims[next].size <= tree.size {
            let claim = claims[next]
            next += 1
            guard claim.size == tree.size else { continue }
            if claim.root != tree.root {
                found.add(
                    Finding(
                        "checkpoint.root", in: claim.place, row: "\(claim.size)",
                        "前\(claim.size)条事实算出的根与签名的根不符",
                        "the first \(claim.size) facts do not have the signed root"))
            }
        }
    }

    mutating func finish(_ store: Transaction, _ found: inout FindingList) throws {
        settle(&found)
        for claim in claims[next...] where claim.place != "head" {
            found.add(
                Finding(
                    "checkpoint.beyond", in: claim.place, row: "\(claim.size)",
                    "签名时有\(claim.size)条事实，现在只有\(tree.size)条",
                    "\(claim.size) facts were signed, \(tree.size) are there"))
        }
        try compareTiles(store, &found)
        for coordinate in TileCoordinate.partialTiles(size: edge.size) {
            // The edge itself is the tile: taken up again from what is stored, it must have the same root.
            if try Self.stored(coordinate, store) == nil { missing(coordinate, &found) }
        }
        let size = edge.size
        let kept = try? RightEdge(size: size) { try JournalTiles.bytes($0, store) }
        if let kept, kept != edge {
            found.add(
                Finding(
                    "tile.partial", in: "tile", "树右缘的瓦片与事实不符",
                    "a tile at the right edge differs from the facts"))
        }
        try store.forEach("SELECT level, place, width, hashes FROM tile ORDER BY level, place") { row in
            let (level, place) = (try row.int64("level"), try row.int64("place"))
            let (width, hashes) = (try row.int64("width"), try row.blob("hashes"))
            let expected =
                (0...7).contains(level) && place >= 0
                ? TileCoordinate.tile(level: Int(level), index: UInt64(place), size: size)?.width : nil
            if expected.map(Int64.init) != width || hashes.count != Int(width) * MerkleHash.byteCount {
                found.add(
                    Finding(
                        "tile.width", in: "tile", row: "\(level), \(place)", "瓦片的宽度与树的大小不符",
                        "the tile is not as wide as the tree says"))
            }
        }
    }

    private mutating func compareTiles(_ store: Transaction, _ found: inout FindingList) throws {
        for tile in edge.append(pending) where !tile.coordinate.isPartial {
            guard let stored = try Self.stored(tile.coordinate, store) else {
                missing(tile.coordinate, &found)
                continue
            }
            if stored != tile.bytes {
                found.add(
                    Finding(
                        "tile.hashes", in: "tile", row: "\(tile.coordinate.level), \(tile.coordinate.index)",
                        "瓦片与事实算出的不符", "the tile differs from the one the facts give"))
            }
        }
        pending.removeAll(keepingCapacity: true)
    }

    private static func stored(_ tile: TileCoordinate, _ store: Transaction) throws -> [UInt8]? {
        try store.value(
            "SELECT hashes FROM tile WHERE level = \(tile.level) AND place = \(Int64(tile.index))",
            as: [UInt8].self)
    }

    private func missing(_ tile: TileCoordinate, _ found: inout FindingList) {
        found.add(
            Finding(
                "tile.missing", in: "tile", row: "\(tile.level), \(tile.index)", "缺少这块瓦片",
                "the tile is missing"))
    }
}

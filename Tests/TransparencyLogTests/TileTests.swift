import Testing

@testable import TransparencyLog

struct TileTests {
    struct File: Decodable {
        struct Path: Decodable {
            let path: String
            let h: Int
            let l: Int
            let n: UInt64
            let w: Int
            let ok: Bool
        }
        struct Growth: Decodable {
            let old: UInt64
            let new: UInt64
            let want: Int
        }
        struct Index: Decodable {
            let n: UInt64
            let path: String
        }
        struct Tree: Decodable {
            let size: UInt64
            let full_l0: Int
            let partial_l0: Int
            let full_l1: Int?
            let partial_l1: Int
            let partial_l2: Int?
        }
        let go_tile_paths: [Path]
        let go_new_tiles_height10: [Growth]
        let c2sp_index_encoding: [Index]
        let c2sp_tree_70000: Tree
        let c2sp_tree_256: Tree
    }

    /// The Go paths have the tile's height after `tile/`, and `data` where C2SP says `entries`; C2SP fixes
    /// the height at 8, so a full tile is 256 wide whatever the Go tile was.
    @Test func `the paths of the Go checksum database are read and written, less their height`() throws {
        for probe in try Vectors.load("tiles", as: File.self).go_tile_paths {
            var elements = probe.path.split(separator: "/").map(String.init)
            elements.remove(at: 1)
            let path = elements.joined(separator: "/").replacing("data", with: "entries")
            guard probe.ok else {
                #expect(throws: TilePathRefused.self) { try TileResource(path: path) }
                continue
            }
            let width = probe.w == 1 << probe.h ? 256 : probe.w
            let tile = TileCoordinate(level: max(0, probe.l), index: probe.n, width: width)
            let expected: TileResource = probe.l < 0 ? .entries(tile) : .hashes(tile)
            #expect(try TileResource(path: path) == expected)
            #expect(expected.path == path)
        }
    }

    @Test func `an index is written in groups of three digits`() throws {
        for probe in try Vectors.load("tiles", as: File.self).c2sp_index_encoding {
            #expect(TileCoordinate(level: 0, index: probe.n).path == "tile/0/\(probe.path)")
            #expect(
                TileResource.entries(TileCoordinate(level: 0, index: probe.n)).path
                    == "tile/entries/\(probe.path)")
        }
        #expect(TileCoordinate(level: 0, index: 0).path == "tile/0/000")
        #expect(TileCoordinate(level: 7, index: 999, width: 1).path == "tile/7/999.p/1")
        #expect(TileCoordinate(level: 1, index: 1000, width: 255).path == "tile/1/x001/000.p/255")
        #expect(TileResource.checkpoint.path == "checkpoint")
        #expect(try TileResource(path: "checkpoint") == .checkpoint)
    }

    @Test func `a path is read back at every order of magnitude`() throws {
        var index: UInt64 = 1
        while index < .max / 7 {
            for tile in [
                TileCoordinate(level: 3, index: index), TileCoordinate(level: 63, index: index, width: 17),
            ] {
                #expect(try TileResource(path: tile.path) == .hashes(tile))
                #expect(
                    try TileResource(path: TileResource.entries(tile).path).path.hasPrefix("tile/entries/"))
            }
            index *= 7
        }
    }

    @Test(
        arguments: [
            ("", .notATile), ("tile", .notATile), ("tile/0", .notATile), ("/tile/0/000", .notATile),
            ("tiles/0/000", .notATile), ("tile/64/000", .level), ("tile/00/000", .level),
            ("tile/+1/000", .level),
            ("tile//000", .level), ("tile/entry/000", .level), ("tile/0/", .index), ("tile/0/0", .index),
            ("tile/0/0000", .index), ("tile/0/x000", .index), ("tile/0/000/", .index),
            ("tile/0/x000/001", .index),
            ("tile/0/001/002", .index), ("tile/0/x01/002", .index), ("tile/0/00a", .index),
            ("tile/0/000.p", .index),
            ("tile/0/x999/x999/x999/x999/x999/x999/999", .index), ("tile/0/000.p/0", .width),
            ("tile/0/000.p/256", .width), ("tile/0/000.p/01", .width), ("tile/0/000.p/", .width),
            ("tile/0/000.p/1/2", .index), ("tile/0/.p/1", .index), ("tile/0/٠٠٠", .index),
        ] as [(String, TilePathRefused)])
    func `another spelling of a path is refused`(path: String, reason: TilePathRefused) {
        #expect(throws: reason) { try TileResource(path: path) }
    }

    @Test func `a grown tree changes as many tiles as the reference says`() throws {
        for probe in try Vectors.load("tiles", as: File.self).go_new_tiles_height10 {
            let changes = TileCoordinate.changes(from: probe.old, to: probe.new, height: 10)
            #expect(changes.count == probe.want, "from \(probe.old) to \(probe.new)")
        }
    }

    @Test func `the trees of the specification's examples have the tiles it lists`() throws {
        let file: File = try Vectors.load("tiles")
        for tree in [file.c2sp_tree_70000, file.c2sp_tree_256] {
            let tiles = TileCoordinate.changed(from: 0, to: tree.size)
            func full(_ level: Int) -> Int { tiles.filter { $0.level == level && !$0.isPartial }.count }
            func partial(_ level: Int) -> Int {
                tiles.first { $0.level == level && $0.isPartial }?.width ?? 0
            }
            #expect(full(0) == tree.full_l0)
            #expect(partial(0) == tree.partial_l0)
            #expect(full(1) == tree.full_l1 ?? 0)
            #expect(partial(1) == tree.partial_l1)
            #expect(partial(2) == tree.partial_l2 ?? 0)
            #expect(TileCoordinate.partialTiles(size: tree.size) == tiles.filter(\.isPartial))
        }
    }

    @Test func `a tile has a place only where the tree reaches`() {
        #expect(TileCoordinate.tile(level: 0, index: 0, size: 0) == nil)
        #expect(TileCoordinate.tile(level: 0, index: 0, size: 1)?.width == 1)
        #expect(TileCoordinate.tile(level: 0, index: 0, size: 256)?.width == 256)
        #expect(TileCoordinate.tile(level: 0, index: 1, size: 256) == nil)
        #expect(TileCoordinate.tile(level: 1, index: 0, size: 255) == nil)
        #expect(TileCoordinate.tile(level: 1, index: 0, size: 256)?.width == 1)
        #expect(TileCoordinate.tile(level: 63, index: 0, size: .max) == nil)
        #expect(TileCoordinate.tile(level: 0, index: .max, size: .max) == nil)
    }

    @Test func `stored bytes are cut to the width asked for, and too few are refused`() throws {
        let hashes = (0..<5).map { Merkle.leafHash([UInt8($0)]) }
        let stored = hashes.flatMap(\.bytes)
        let narrow = TileCoordinate(level: 0, index: 0, width: 3)
        #expect(try Tile(coordinate: narrow, bytes: stored).hashes == Array(hashes.prefix(3)))
        #expect(try Tile(coordinate: narrow, bytes: stored).bytes == Array(stored.prefix(96)))
        let wide = TileCoordinate(level: 0, index: 0, width: 6)
        #expect(throws: TileRefused.tooNarrow(wide, width: 5)) { try Tile(coordinate: wide, bytes: stored) }
        #expect(throws: TileRefused.ragged(narrow, byteCount: 159)) {
            try Tile(coordinate: narrow, bytes: Array(stored.dropLast()))
        }
        #expect(throws: TileRefused.ragged(narrow, byteCount: 257 * 32)) {
            try Tile(coordinate: narrow, bytes: [UInt8](repeating: 0, count: 257 * 32))
        }
    }
}

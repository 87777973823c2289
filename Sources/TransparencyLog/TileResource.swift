/// What a tiled log serves under its prefix (C2SP tlog-tiles, “APIs”), and the paths of it.
public enum TileResource: Hashable, Sendable {
    /// `checkpoint`
    case checkpoint
    /// `tile/<L>/<N>[.p/<W>]`
    case hashes(TileCoordinate)
    /// `tile/entries/<N>[.p/<W>]`; the coordinate is the one of the level 0 tile with the same leaves.
    case entries(TileCoordinate)

    /// The path under the log's prefix, without a leading slash.
    public var path: String {
        switch self {
        case .checkpoint: "checkpoint"
        case .hashes(let tile): "tile/\(tile.level)/\(Self.place(of: tile))"
        case .entries(let tile): "tile/entries/\(Self.place(of: tile))"
        }
    }

    /// Reads a path without a leading slash; only the one canonical spelling of each resource is taken.
    public init(path: String) throws(TilePathRefused) {
        if path.utf8.elementsEqual("checkpoint".utf8) {
            self = .checkpoint
            return
        }
        var elements = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)[...]
        guard elements.count >= 3, elements.removeFirst().elementsEqual("tile".utf8) else { throw .notATile }
        let kind = elements.removeFirst()
        let width = try Self.takeWidth(&elements)
        let index = try Self.index(of: elements)
        if kind.elementsEqual("entries".utf8) {
            self = .entries(TileCoordinate(level: 0, index: index, width: width))
        } else {
            guard let level = Decimal.parse(kind), level <= 63 else { throw .level }
            self = .hashes(TileCoordinate(level: Int(level), index: index, width: width))
        }
    }

    private static func place(of tile: TileCoordinate) -> String {
        var elements: [String] = []
        var rest = tile.index
        repeat {
            let digits = String(rest % 1000)
            let padded = String(repeating: "0", count: 3 - digits.utf8.count) + digits
            elements.append(elements.isEmpty ? padded : "x" + padded)
            rest /= 1000
        } while rest > 0
        let index = elements.reversed().joined(separator: "/")
        return tile.isPartial ? "\(index).p/\(tile.width)" : index
    }

    /// Takes `.p/<W>` off the end; a path without it means a full tile.
    private static func takeWidth(
        _ elements: inout ArraySlice<Substring.UTF8View>
    ) throws(TilePathRefused) -> Int {
        guard let marked = elements.dropLast().last, marked.count > 2,
            marked.suffix(2).elementsEqual(".p".utf8), let last = elements.popLast()
        else { return TileCoordinate.fullWidth }
        guard let width = Decimal.parse(last), (1...255).contains(width) else { throw .width }
        elements[elements.endIndex - 1] = marked.dropLast(2)
        return Int(width)
    }

    private static func index(
        of elements: ArraySlice<Substring.UTF8View>
    ) throws(TilePathRefused) -> UInt64 {
        var index: UInt64 = 0
        for (place, element) in zip(elements.indices, elements) {
            let isLast = place == elements.endIndex - 1
            guard isLast || element.first == UInt8(ascii: "x") else { throw .index }
            let digits = isLast ? element : element.dropFirst()
            guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { throw .index }
            let group = digits.reduce(UInt64(0)) { $0 * 10 + UInt64($1 - 0x30) }
            // A leading x000 would be a second spelling of the same index.
            guard isLast || place > elements.startIndex || group > 0 else { throw .index }
            let (thousands, tooMany) = index.multipliedReportingOverflow(by: 1000)
            let (sum, tooLarge) = thousands.addingReportingOverflow(group)
            guard !tooMany, !tooLarge else { throw .index }
            index = sum
        }
        return index
    }
}

/// Which part of a tile path is wrong.
public enum TilePathRefused: Error, Hashable, Sendable {
    /// Neither `checkpoint` nor under `tile/`.
    case notATile
    /// The level is not a decimal from 0 to 63.
    case level
    /// The index is not written in groups of three digits, all but the last with an `x`.
    case index
    /// The width of a partial tile is not a decimal from 1 to 255.
    case width
}

extension TilePathRefused: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notATile: "the path is not the one of a checkpoint or tile"
        case .level: "the tile level is not a number from 0 to 63"
        case .index: "the tile index is not written in groups of three digits such as x001/234"
        case .width: "the width of the partial tile is not a number from 1 to 255"
        }
    }
}

import Foundation

/// Plain `ustar` archives (POSIX.1-1988), which every `tar` reads: regular files only.
package enum Ustar {
    package enum Refused: Error, CustomStringConvertible, Equatable {
        case name(String)
        case header(at: UInt64)
        case cutShort
        case notRegular(String)
        case changed(String)

        package var description: String {
            switch self {
            case .name(let name): "\(name): not a name for this archive"
            case .header(let place): "not a tar archive at byte \(place)"
            case .cutShort: "the archive is cut short"
            case .notRegular(let name): "\(name): only regular files are taken"
            case .changed(let name): "\(name): the file changed while it was read"
            }
        }
    }

    static let block = 512

    /// The header of one file.
    static func header(name: String, size: UInt64) throws -> [UInt8] {
        var header = [UInt8](repeating: 0, count: block)
        func put(_ text: String, at place: Int) {
            for (offset, byte) in text.utf8.enumerated() { header[place + offset] = byte }
        }
        guard !name.isEmpty, name.utf8.count < 100 else { throw Refused.name(name) }
        put(name, at: 0)
        put("0000600\0", at: 100)
        put("0000000\0", at: 108)
        put("0000000\0", at: 116)
        if size < 1 << 33 {
            put(octal(size, digits: 11) + " ", at: 124)
        } else {
            // Beyond 8 GiB: the base-256 form that GNU and BSD tar share.
            header[124] = 0x80
            for place in 0..<8 { header[135 - place] = UInt8(truncatingIfNeeded: size >> UInt64(8 * place)) }
        }
        put("00000000000 ", at: 136)
        put("        ", at: 148)
        put("0", at: 156)
        put("ustar\0" + "00", at: 257)
        let sum = header.reduce(0) { $0 + UInt64($1) }
        put(octal(sum, digits: 6) + "\0 ", at: 148)
        return header
    }

    /// Name and size out of a header; nil at the end of the archive.
    static func read(_ header: [UInt8], at place: UInt64) throws -> (name: String, size: UInt64)? {
        guard header.contains(where: { $0 != 0 }) else { return nil }
        var blanked = header
        for index in 148..<156 { blanked[index] = 32 }
        guard number(header[148..<156]) == blanked.reduce(0, { $0 + UInt64($1) }) else {
            throw Refused.header(at: place)
        }
        guard let name = String(validating: header[0..<100].prefix { $0 != 0 }, as: UTF8.self) else {
            throw Refused.header(at: place)
        }
        guard header[156] == UInt8(ascii: "0") || header[156] == 0, header[345] == 0 else {
            throw Refused.notRegular(name)
        }
        let size: UInt64?
        if header[124] == 0x80 {
            size = header[128..<136].reduce(0) { $0 << 8 | UInt64($1) }
        } else {
            size = number(header[124..<136])
        }
        guard let size else { throw Refused.header(at: place) }
        return (name, size)
    }

    private static func octal(_ number: UInt64, digits: Int) -> String {
        let text = String(number, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    private static func number(_ field: ArraySlice<UInt8>) -> UInt64? {
        let digits = field.drop { $0 == 32 }.prefix { (48...55).contains($0) }
        guard !digits.isEmpty, digits.count <= 12 else { return nil }
        return digits.reduce(0) { $0 << 3 | UInt64($1 - 48) }
    }
}

/// Writes an archive file by file.
struct UstarWriter {
    private let handle: FileHandle

    init(_ handle: FileHandle) { self.handle = handle }

    func add(_ bytes: [UInt8], name: String) throws {
        try handle.write(contentsOf: try Ustar.header(name: name, size: UInt64(bytes.count)))
        try handle.write(contentsOf: bytes)
        try pad(UInt64(bytes.count))
    }

    /// - Parameter size: what the caller has stated elsewhere; a file that is no longer so is refused.
    func add(fileAt path: String, size: UInt64, name: String) throws {
        guard let source = FileHandle(forReadingAtPath: path) else { throw Ustar.Refused.changed(name) }
        defer { try? source.close() }
        try handle.write(contentsOf: try Ustar.header(name: name, size: size))
        var left = size
        while left > 0, let piece = try source.read(upToCount: Int(min(left, 1 << 20))), !piece.isEmpty {
            try handle.write(contentsOf: piece)
            left -= UInt64(piece.count)
        }
        guard left == 0 else { throw Ustar.Refused.changed(name) }
        try pad(size)
    }

    func finish() throws {
        try handle.write(contentsOf: [UInt8](repeating: 0, count: 2 * Ustar.block))
        try handle.synchronize()
    }

    private func pad(_ size: UInt64) throws {
        let rest = Int(size % UInt64(Ustar.block))
        if rest > 0 { try handle.write(contentsOf: [UInt8](repeating: 0, count: Ustar.block - rest)) }
    }
}

/// Reads an archive file by file.
struct UstarReader {
    private let handle: FileHandle
    private var place: UInt64 = 0

    init(_ handle: FileHandle) { self.handle = handle }

    /// Hands over each file in pieces: its name and size first, then the bytes, then nil at its end.
    mutating func forEach(_ open: (_ name: String, _ size: UInt64) throws -> (Data?) throws -> Void) throws {
        while let (name, size) = try Ustar.read(try take(Ustar.block), at: place - UInt64(Ustar.block)) {
            let sink = try open(name, size)
            var left = size
            while left > 0 {
                guard let piece = try handle.read(upToCount: Int(min(left, 1 << 20))), !piece.isEmpty else {
                    throw Ustar.Refused.cutShort
                }
                try sink(piece)
                left -= UInt64(piece.count)
            }
            try sink(nil)
            place += size
            let rest = Int(size % UInt64(Ustar.block))
            if rest > 0 { _ = try take(Ustar.block - rest) }
        }
    }

    private mutating func take(_ count: Int) throws -> [UInt8] {
        guard let piece = try handle.read(upToCount: count), piece.count == count else {
            throw Ustar.Refused.cutShort
        }
        place += UInt64(count)
        return Array(piece)
    }
}

/// One member of a ZIP archive, inflated with a bound.
enum ZipMember {
    struct Refused: Error {
        var what: String
    }

    static func read(_ name: String, of bytes: [UInt8], most: Int) throws(Refused) -> [UInt8] {
        let directory: ZipDirectory
        do throws(ZipDirectory.Refused) {
            directory = try ZipDirectory(bytes)
        } catch {
            switch error {
            case .unreadable: throw Refused(what: "it is no archive, cut short, or encrypted")
            case .bomb: throw Refused(what: "it claims to inflate beyond measure")
            case .path: throw Refused(what: "a member's name leads out of its folder")
            }
        }
        guard let entry = directory.entries.first(where: { $0.name == name }) else {
            throw Refused(what: "\(name) is missing")
        }
        return try member(bytes, entry, most: most)
    }

    private static func member(
        _ bytes: [UInt8], _ entry: ZipDirectory.Entry, most: Int
    ) throws(Refused) -> [UInt8] {
        let local = entry.offset
        guard local + 30 <= bytes.count, ZipDirectory.number32(bytes, local) == 0x0403_4B50 else {
            throw Refused(what: "a member does not stand where the directory says")
        }
        let start =
            local + 30 + ZipDirectory.number16(bytes, local + 26) + ZipDirectory.number16(bytes, local + 28)
        guard start + entry.compressed <= bytes.count else { throw Refused(what: "a member is cut short") }
        let data = bytes[start..<(start + entry.compressed)]
        switch entry.method {
        case 0:
            guard data.count <= most else { throw Refused(what: "more than \(most >> 20) MiB") }
            return Array(data)
        case 8:
            do throws(Inflate.Malformed) {
                return try Inflate.inflated(Array(data), most: most)
            } catch {
                switch error {
                case .data: throw Refused(what: "its compressed data are damaged")
                case .tooLarge: throw Refused(what: "it inflates to more than \(most >> 20) MiB")
                }
            }
        default: throw Refused(what: "compression method \(entry.method) is not read")
        }
    }
}

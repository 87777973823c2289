/// One member of a ZIP archive (PKWARE APPNOTE 4.3), found through the central directory and inflated with a bound.
enum ZipMember {
    struct Refused: Error {
        var what: String
    }

    static func read(_ name: String, of bytes: [UInt8], most: Int) throws(Refused) -> [UInt8] {
        var position = try directory(of: bytes)
        while number32(bytes, position) == 0x0201_4B50 {
            guard position + 46 <= bytes.count else { break }
            let nameEnd = position + 46 + number16(bytes, position + 28)
            guard nameEnd <= bytes.count else { break }
            if bytes[(position + 46)..<nameEnd].elementsEqual(name.utf8) {
                return try member(bytes, entry: position, most: most)
            }
            position = nameEnd + number16(bytes, position + 30) + number16(bytes, position + 32)
        }
        throw Refused(what: "\(name) is missing")
    }

    /// Where the central directory begins, by the record at the archive's end and its comment.
    private static func directory(of bytes: [UInt8]) throws(Refused) -> Int {
        var position = bytes.count - 22
        while position >= max(0, bytes.count - 22 - 65_535) {
            if number32(bytes, position) == 0x0605_4B50 {
                let start = number32(bytes, position + 16)
                if start < position { return start }
            }
            position -= 1
        }
        throw Refused(what: "it is no archive, or it is cut short")
    }

    private static func member(_ bytes: [UInt8], entry: Int, most: Int) throws(Refused) -> [UInt8] {
        guard number16(bytes, entry + 8) & 1 == 0 else { throw Refused(what: "it is encrypted") }
        let method = number16(bytes, entry + 10)
        let size = number32(bytes, entry + 20)
        let local = number32(bytes, entry + 42)
        guard local + 30 <= bytes.count, number32(bytes, local) == 0x0403_4B50 else {
            throw Refused(what: "a member does not stand where the directory says")
        }
        let start = local + 30 + number16(bytes, local + 26) + number16(bytes, local + 28)
        guard start + size <= bytes.count else { throw Refused(what: "a member is cut short") }
        switch method {
        case 0:
            guard size <= most else { throw Refused(what: "more than \(most >> 20) MiB") }
            return Array(bytes[start..<(start + size)])
        case 8:
            do throws(Inflate.Malformed) {
                return try Inflate.inflated(Array(bytes[start..<(start + size)]), most: most)
            } catch {
                switch error {
                case .data: throw Refused(what: "its compressed data are damaged")
                case .tooLarge: throw Refused(what: "it inflates to more than \(most >> 20) MiB")
                }
            }
        default: throw Refused(what: "compression method \(method) is not read")
        }
    }

    private static func number16(_ bytes: [UInt8], _ at: Int) -> Int {
        at >= 0 && at + 2 <= bytes.count ? Int(bytes[at]) | Int(bytes[at + 1]) << 8 : 0
    }

    private static func number32(_ bytes: [UInt8], _ at: Int) -> Int {
        number16(bytes, at) | number16(bytes, at + 2) << 16
    }
}

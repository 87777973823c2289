internal import Glibc

/// Bytes of a text file as UTF-8.
enum TextEncoding {
    /// Taken as they are if they are UTF-8; else from UTF-16 with its mark, or from GB 18030, in which older
    /// Chinese files are written.
    static func utf8(_ bytes: [UInt8], path: String) throws(ExtractionRefused) -> [UInt8] {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return try converted(bytes, from: "UTF-16", path: path)
        }
        if String(validating: bytes, as: UTF8.self) != nil { return bytes }
        return try converted(bytes, from: "GB18030", path: path)
    }

    private static func converted(
        _ bytes: [UInt8], from encoding: String, path: String
    ) throws(ExtractionRefused) -> [UInt8] {
        // A NUL is in no text; some binary files are valid GB 18030 otherwise.
        guard encoding != "GB18030" || !bytes.contains(0) else { throw .encoding(path: path) }
        let converter = iconv_open("UTF-8", encoding)
        guard converter != iconv_t(bitPattern: -1) else { throw .encoding(path: path) }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        // A double byte becomes three, a single one at most as many.
        var output = [CChar](repeating: 0, count: bytes.count * 3 + 16)
        let written = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output -> Int? in
                var from = input.baseAddress
                var to = output.baseAddress
                var fromLeft = input.count
                var toLeft = output.count
                guard iconv(converter, &from, &fromLeft, &to, &toLeft) != -1, fromLeft == 0 else {
                    return nil
                }
                return output.count - toLeft
            }
        }
        guard let written else { throw .encoding(path: path) }
        return output[..<written].map { UInt8(bitPattern: $0) }
    }
}

import Foundation

extension FormParsing {
    private static let mostParts = 100

    /// `multipart/form-data` (RFC 7578). The body is already bounded by the route's limit.
    package static func multipart(
        _ bytes: [UInt8], boundary: String
    ) throws(Malformed) -> (FormFields, [UploadedFile]) {
        guard (1...70).contains(boundary.utf8.count) else { throw .notMultipart("boundary") }
        let delimiter = Array("--\(boundary)".utf8)
        var pairs: [(name: String, value: String)] = []
        var files: [UploadedFile] = []
        guard bytes.starts(with: delimiter) else { throw .notMultipart("start") }
        var position = delimiter.count
        while true {
            if bytes.count >= position + 2, bytes[position] == 45, bytes[position + 1] == 45 { break }
            guard bytes.count >= position + 2, bytes[position] == 13, bytes[position + 1] == 10
            else { throw .notMultipart("line") }
            position += 2
            guard let headEnd = find([13, 10, 13, 10], in: bytes, from: position), headEnd - position < 4096
            else { throw .notMultipart("head") }
            guard let head = String(validating: bytes[position..<headEnd], as: UTF8.self)
            else { throw .notUTF8(field: "head") }
            let contentStart = headEnd + 4
            guard let contentEnd = find([13, 10] + delimiter, in: bytes, from: contentStart)
            else { throw .notMultipart("end") }
            let (name, fileName) = disposition(head)
            guard let name else { throw .notMultipart("name") }
            if let fileName {
                if !fileName.isEmpty || contentEnd > contentStart {
                    files.append(
                        UploadedFile(
                            field: name, name: fileName, bytes: Array(bytes[contentStart..<contentEnd])))
                }
            } else {
                guard let value = String(validating: bytes[contentStart..<contentEnd], as: UTF8.self)
                else { throw .notUTF8(field: name) }
                pairs.append((name, normalised(value)))
            }
            if pairs.count + files.count > mostParts { throw .tooManyFields }
            position = contentEnd + 2 + delimiter.count
        }
        return (FormFields(pairs), files)
    }

    /// Name and file name of a part's `Content-Disposition`.
    private static func disposition(_ head: String) -> (name: String?, fileName: String?) {
        var name: String?
        var fileName: String?
        for line in head.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":"),
                line[..<colon].lowercased() == "content-disposition"
            else { continue }
            for parameter in quotedParameters(line[line.index(after: colon)...]) {
                if parameter.name == "name" { name = parameter.value }
                if parameter.name == "filename" { fileName = parameter.value }
            }
        }
        return (name, fileName)
    }

    private static func quotedParameters(_ text: Substring) -> [(name: String, value: String)] {
        var found: [(name: String, value: String)] = []
        var current = ""
        var inside = false
        var parts: [String] = []
        for character in text {
            if character == "\"" { inside.toggle() }
            if character == ";" && !inside {
                parts.append(current)
                current = ""
            } else {
                current.append(character)
            }
        }
        parts.append(current)
        for part in parts {
            guard let equals = part.firstIndex(of: "=") else { continue }
            var value = String(part[part.index(after: equals)...]).trimmed
            if value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") {
                value = String(value.dropFirst().dropLast())
            }
            // Browsers escape only the quote and line ends (WHATWG HTML, multipart form data).
            value = value.replacingOccurrences(of: "%22", with: "\"")
            found.append((String(part[..<equals]).trimmed.lowercased(), value))
        }
        return found
    }

    private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard start >= 0, bytes.count >= needle.count + start else { return nil }
        let first = needle[0]
        var index = start
        let last = bytes.count - needle.count
        while index <= last {
            if bytes[index] == first && bytes[index..<index + needle.count].elementsEqual(needle) {
                return index
            }
            index += 1
        }
        return nil
    }
}

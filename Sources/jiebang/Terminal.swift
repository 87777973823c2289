import Foundation
import Lifecycle
import Portal

/// What the program says: results on standard output, everything else on standard error, at once.
enum Terminal {
    static func say(_ line: String) {
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }

    static func tell(_ line: String) {
        FileHandle.standardError.write(Data("\(line)\n".utf8))
    }

    /// An error as it is told. One that begins with its place, `FILE:LINE:COLUMN: error: …`, says so itself.
    static func error(_ text: String) -> String {
        text.prefix { !$0.isNewline }.contains(": error: ") ? text : "error: \(text)"
    }

    /// A value as JSON with sorted keys.
    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        say(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// Chinese, unless the surroundings ask for English.
    static let language: Language = {
        let environment = ProcessInfo.processInfo.environment
        let asked = environment["LC_ALL"] ?? environment["LC_MESSAGES"] ?? environment["LANG"] ?? ""
        return asked.hasPrefix("en") ? .en : .zh
    }()

    static func words(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

    /// A refusal in the catalogue's words; its code where the words cannot be read.
    static func sentence(_ refusal: Refusal) -> String {
        guard let words = try? Words(directory: "\(House.resources)/Words").catalogue(language) else {
            return refusal.code
        }
        return "\(words.sentence(refusal)) [\(refusal.code)]"
    }
}

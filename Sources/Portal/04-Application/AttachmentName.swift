import Foundation
import Lifecycle

/// A file's name made fit to be stored, shown and offered for download again.
enum AttachmentName {
    /// Characters kept at most, the ending among them.
    static let most = 100

    /// The ending in small letters, without the dot; empty where there is none.
    static func ending(_ name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        let ending = name[name.index(after: dot)...].lowercased()
        return ending.count <= 5 && ending.utf8.allSatisfy(isLetterOrDigit) ? ending : ""
    }

    /// Nil where the name climbs out of its folder or nothing of it is left.
    ///
    /// Old browsers send the whole path: only its last part counts. Control characters and those that turn the
    /// direction of writing are dropped, so that `外fdp.exe` cannot be shown as a PDF.
    static func clean(_ name: String) -> String? {
        let parts = name.split(whereSeparator: { $0 == "/" || $0 == "\\" })
        guard !parts.contains(".."), let last = parts.last else { return nil }
        var scalars = String.UnicodeScalarView()
        for scalar in last.precomposedStringWithCanonicalMapping.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
                continue
            default: scalars.append("<>:\"|?*".unicodeScalars.contains(scalar) ? "_" : scalar)
            }
        }
        var text = String(scalars).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        while let first = text.first, first == "." || first == " " { text.removeFirst() }
        while let last = text.last, last == "." || last == " " { text.removeLast() }
        let ending = ending(text)
        let stem = ending.isEmpty ? text : String(text.dropLast(ending.count + 1))
        guard stem.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
        guard text.count > most else { return text }
        return ending.isEmpty
            ? String(text.prefix(most)) : "\(stem.prefix(most - ending.count - 1)).\(ending)"
    }

    /// Says which of several files is too large, by a name that is fit to be shown.
    static func refusedAsLarge(_ file: UploadedFile, most: Int) -> Refused {
        Refused("attachment.large", ["name": clean(file.name) ?? "?", "most": FileSize.text(most)])
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...122).contains(byte)
    }
}

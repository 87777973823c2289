internal import Glibc

/// The text of a PDF, read by poppler's `pdftotext` as a process of its own, which may be killed.
package enum PDFText {
    /// What the process may use. A proposal of 300 pages takes about a second and 100 MB.
    package struct Limits: Hashable, Sendable {
        package var pages = 500
        package var seconds = 30
        package var megabytes = 1024
        package var textBytes = 32 << 20

        package init() {}
    }

    /// Its exit status for a file that wants a password, or whose permissions forbid copying.
    private static let permissionStatus: Int32 = 3

    /// The text of the first pages, and how many were left unread; nil if none.
    package static func read(
        _ path: String, limits: Limits
    ) throws(ExtractionRefused) -> (text: [UInt8], unread: UnreadPages?) {
        guard access(path, R_OK) == 0 else { throw .unreadable(path: path) }
        let text = try run("pdftotext -q -enc UTF-8 -nopgbrk -l \(limits.pages) \"$1\" -", path, limits)
        guard text.contains(where: { $0 > 0x20 }) else { throw .empty(path: path) }
        // The tool ends at the last page it may read and calls that a success: what stands behind it must be told.
        let pages = try count(path, limits)
        return (text, pages > limits.pages ? UnreadPages(read: limits.pages, pages: pages) : nil)
    }

    private static func count(_ path: String, _ limits: Limits) throws(ExtractionRefused) -> Int {
        let about = String(decoding: try run("pdfinfo \"$1\"", path, limits), as: UTF8.self)
        // A title may hold a line of its own that says "Pages:"; the tool's own line comes after all of those.
        let line = about.split(separator: "\n").last { $0.hasPrefix("Pages:") }
        guard let line, let pages = Int(line.dropFirst(6).drop { $0 == " " }) else {
            throw .malformed(path: path, format: "PDF", what: "its pages cannot be counted")
        }
        return pages
    }

    /// What a command of poppler prints, with `$1` as the file.
    private static func run(
        _ command: String, _ path: String, _ limits: Limits
    ) throws(ExtractionRefused) -> [UInt8] {
        // The shell sets limits that the kernel enforces (one a call: not every shell takes several), then becomes the
        // tool. What follows the script are its arguments, so a file's name is never part of a command; a leading dash
        // would be taken for an option.
        let script = """
            ulimit -v \(limits.megabytes * 1024) && ulimit -t \(limits.seconds) && ulimit -f 0 || exit 125
            exec \(command)
            """
        let tool = command.prefix { $0 != " " }
        let safe = path.hasPrefix("-") ? "./\(path)" : path
        let run = BoundedProcess(
            ["/bin/sh", "-c", script, "sh", safe], seconds: limits.seconds, outputBytes: limits.textBytes)
        let result: BoundedProcess.Result
        do throws(BoundedProcess.Stopped) {
            result = try run.run()
        } catch {
            switch error {
            case .notStarted: throw .noTool(path: path, tool: String(tool), package: "poppler-utils")
            case .time: throw .exhausted(path: path, what: "more than \(limits.seconds) seconds")
            case .output:
                throw .exhausted(path: path, what: "more than \(limits.textBytes >> 20) MiB of text")
            case .signal(let number):
                throw .exhausted(path: path, what: "the PDF reader was ended by signal \(number)")
            }
        }
        switch result.status {
        case 0: break
        case 126, 127: throw .noTool(path: path, tool: String(tool), package: "poppler-utils")
        case 125: throw .exhausted(path: path, what: "the limits of the PDF reader cannot be set")
        case permissionStatus: throw .encrypted(path: path)
        case 1 where result.complaint.contains("password"): throw .encrypted(path: path)
        default:
            throw .malformed(path: path, format: "PDF", what: "\(tool) ended with status \(result.status)")
        }
        return result.output
    }
}

/// A document of which only the beginning was read.
package struct UnreadPages: Hashable, Sendable {
    package var read: Int
    package var pages: Int

    package init(read: Int, pages: Int) {
        self.read = read
        self.pages = pages
    }
}

extension UnreadPages: CustomStringConvertible {
    package var description: String { "only the first \(read) of \(pages) pages were read" }
}

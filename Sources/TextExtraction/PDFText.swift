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

    package static func read(_ path: String, limits: Limits) throws(ExtractionRefused) -> [UInt8] {
        guard access(path, R_OK) == 0 else { throw .unreadable(path: path) }
        // The shell sets limits that the kernel enforces, then becomes the tool. What follows the script are its
        // arguments, so a file's name is never part of a command; a leading dash would be taken for an option.
        let script = """
            ulimit -v \(limits.megabytes * 1024) -t \(limits.seconds) -f 0 2>/dev/null
            exec pdftotext -q -enc UTF-8 -nopgbrk -l \(limits.pages) "$1" -
            """
        let safe = path.hasPrefix("-") ? "./\(path)" : path
        let run = BoundedProcess(
            ["/bin/sh", "-c", script, "sh", safe], seconds: limits.seconds, outputBytes: limits.textBytes)
        let result: BoundedProcess.Result
        do throws(BoundedProcess.Stopped) {
            result = try run.run()
        } catch {
            switch error {
            case .notStarted: throw .noTool(path: path, tool: "pdftotext", package: "poppler-utils")
            case .time: throw .exhausted(path: path, what: "more than \(limits.seconds) seconds")
            case .output:
                throw .exhausted(path: path, what: "more than \(limits.textBytes >> 20) MiB of text")
            case .signal(let number):
                throw .exhausted(path: path, what: "the PDF reader was ended by signal \(number)")
            }
        }
        switch result.status {
        case 0: break
        case 126, 127: throw .noTool(path: path, tool: "pdftotext", package: "poppler-utils")
        case permissionStatus: throw .encrypted(path: path)
        case 1 where result.complaint.contains("password"): throw .encrypted(path: path)
        default:
            throw .malformed(path: path, format: "PDF", what: "pdftotext ended with status \(result.status)")
        }
        guard result.output.contains(where: { $0 > 0x20 }) else { throw .empty(path: path) }
        return result.output
    }
}

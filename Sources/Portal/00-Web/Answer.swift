import Foundation

/// What goes back: status, headers, bytes. Pages are made with ``Ask/page(_:_:title:status:)``.
package struct Answer: Sendable {
    package var status: Int
    package var headers: [(String, String)]
    package var body: [UInt8]
    /// What follows the body, piece by piece, where the answer has no end yet (server-sent events).
    package var stream: AsyncThrowingStream<[UInt8], any Error>?

    package init(status: Int, headers: [(String, String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package static func html(_ text: String, status: Int = 200) -> Answer {
        Answer(
            status: status, headers: [("Content-Type", "text/html; charset=utf-8")], body: Array(text.utf8))
    }

    package static func text(
        _ text: String, type: String = "text/plain; charset=utf-8", status: Int = 200
    ) -> Answer {
        Answer(status: status, headers: [("Content-Type", type)], body: Array(text.utf8))
    }

    package static func json(_ value: some Encodable, status: Int = 200) throws -> Answer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Answer(
            status: status, headers: [("Content-Type", "application/json; charset=utf-8")],
            body: Array(try encoder.encode(value)))
    }

    /// One of the server-sent events (WHATWG HTML §9.2).
    package struct Event: Sendable {
        let name: String
        /// One line of UTF-8.
        let line: [UInt8]
    }

    /// Sends what `tell` sends. When it returns, the answer ends, and the browser comes back by itself after half a
    /// second unless an event told its page that all is over. Cancelled when the reader goes away.
    package static func events(
        _ tell: @escaping @Sendable (_ send: @Sendable (Event) -> Void) async throws -> Void
    ) -> Answer {
        var answer = Answer(
            status: 200,
            headers: [("Content-Type", "text/event-stream; charset=utf-8"), ("X-Accel-Buffering", "no")],
            body: Array("retry: 500\n\n".utf8))
        answer.stream = AsyncThrowingStream { continuation in
            let telling = Task {
                do {
                    try await tell { event in
                        continuation.yield(
                            Array("event: \(event.name)\ndata: ".utf8) + event.line + Array("\n\n".utf8))
                    }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in telling.cancel() }
        }
        return answer
    }

    /// See other (303): the answer to every successful change.
    package static func see(_ location: String) -> Answer {
        Answer(status: 303, headers: [("Location", location)])
    }

    /// A file, always as a download and never sniffed or run.
    package static func download(_ bytes: [UInt8], name: String, type: String) -> Answer {
        Answer(
            status: 200,
            headers: [
                ("Content-Type", type),
                (
                    "Content-Disposition",
                    "attachment; filename=\"file\"; filename*=UTF-8''\(name.percentEncoded)"
                ),
                ("Content-Security-Policy", "sandbox; default-src 'none'"),
            ], body: bytes)
    }

    /// Whether caches between us and the reader may keep it for others.
    var isShared: Bool {
        headers.contains { $0.0.lowercased() == "cache-control" && $0.1.hasPrefix("public") }
    }

    package mutating func set(_ name: String, _ value: String) {
        headers.removeAll { $0.0.lowercased() == name.lowercased() }
        headers.append((name, value))
    }

    package mutating func add(_ name: String, _ value: String) { headers.append((name, value)) }
}

extension String {
    /// Percent-encoded for a path segment, query value or RFC 8187 parameter.
    package var percentEncoded: String {
        var out = ""
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                out.unicodeScalars.append(Unicode.Scalar(byte))
            default: out += "%" + Canonical.hex([byte]).uppercased()
            }
        }
        return out
    }
}

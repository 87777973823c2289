import Foundation
import HTTPTypes
import Hummingbird
import Lifecycle
import Logging
import NIOCore
import NIOEmbedded
import Portal
import Store

/// A browser without a network: keeps cookies, follows redirects, sends forms with their token.
final class Browser {
    struct Page {
        let status: Int
        let path: String
        let text: String
        let bytes: [UInt8]
        let headers: HTTPFields

        /// The value of the hidden field `csrf` of the first form.
        var csrf: String? { text.between("name=\"csrf\" value=\"", "\"") }
        func contains(_ words: String) -> Bool { text.contains(words) }
    }

    private let responder: RouterResponder<PortalContext>
    private var cookies: [String: String] = [:]

    init(_ house: House) { responder = house.responder() }

    /// Signs in as a person, without a password: what the demo's links do.
    func signIn(_ person: ID<Person>, _ house: House) throws {
        let token = try house.database.writeNow { store in
            try Session.open(person, secondFactor: true, world: house.world, store)
        }
        cookies[Session.cookie] = token
    }

    func setCookie(_ name: String, _ value: String) { cookies[name] = value }
    func cookie(_ name: String) -> String? { cookies[name] }

    func get(_ path: String, follow: Bool = true, headers: [String: String] = [:]) async throws -> Page {
        try await send("GET", path, body: [], type: nil, follow: follow, headers: headers)
    }

    /// Posts fields. The token is taken from the page at `from` (or of `path`) unless given.
    func post(
        _ path: String, _ fields: [(String, String)], from: String? = nil, follow: Bool = true,
        headers: [String: String] = [:]
    ) async throws -> Page {
        var fields = fields
        if !fields.contains(where: { $0.0 == "csrf" }), let token = try await token(from: from ?? path) {
            fields.append(("csrf", token))
        }
        let body = fields.map { "\($0.0.percentEncoded)=\($0.1.percentEncoded)" }.joined(separator: "&")
        return try await send(
            "POST", path, body: Array(body.utf8), type: "application/x-www-form-urlencoded", follow: follow,
            headers: headers)
    }

    typealias File = (field: String, name: String, bytes: [UInt8])

    /// Posts one file and fields as `multipart/form-data`.
    func upload(
        _ path: String, file: File, _ fields: [(String, String)] = [], from: String? = nil,
        follow: Bool = true
    ) async throws -> Page {
        try await upload(path, files: [file], fields, from: from, follow: follow)
    }

    func upload(
        _ path: String, files: [File], _ fields: [(String, String)] = [], from: String? = nil,
        follow: Bool = true
    ) async throws -> Page {
        var fields = fields
        if let token = try await token(from: from ?? path) { fields.append(("csrf", token)) }
        let boundary = "----season"
        var body: [UInt8] = []
        for (name, value) in fields {
            body += Array(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        for file in files {
            body += Array(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(file.field)\"; filename=\"\(file.name)\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                    .utf8)
            body += file.bytes + Array("\r\n".utf8)
        }
        body += Array("--\(boundary)--\r\n".utf8)
        return try await send(
            "POST", path, body: body, type: "multipart/form-data; boundary=\(boundary)", follow: follow,
            headers: [:])
    }

    /// The session's token, else the one of the page.
    private func token(from path: String) async throws -> String? {
        if let known = cookies[Session.formCookie], cookies[Session.cookie] == nil { return known }
        let page = try await get(path)
        return page.csrf ?? cookies[Session.formCookie]
    }

    func send(
        _ method: String, _ path: String, body: [UInt8], type: String?, follow: Bool,
        headers: [String: String], redirects: Int = 10
    ) async throws -> Page {
        var fields = HTTPFields()
        if let type { fields[.contentType] = type }
        if !cookies.isEmpty { fields[.cookie] = cookies.map { "\($0)=\($1)" }.joined(separator: "; ") }
        for (name, value) in headers { if let field = HTTPField.Name(name) { fields[field] = value } }
        let request = Request(
            head: HTTPRequest(
                method: HTTPRequest.Method(method) ?? .get, scheme: "http", authority: "127.0.0.1",
                path: path,
                headerFields: fields),
            body: RequestBody(buffer: ByteBuffer(bytes: body)))
        let channel = EmbeddedChannel()
        let context = PortalContext(
            source: ApplicationRequestContextSource(channel: channel, logger: Logger(label: "season")))
        let response = try await responder.respond(to: request, context: context)
        for header in response.headers[values: .setCookie] {
            let pair = header.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
            if pair.count == 2, !pair[1].isEmpty {
                cookies[pair[0]] = pair[1]
            } else {
                cookies[pair[0]] = nil
            }
        }
        let writer = Collector()
        try await response.body.write(writer)
        let bytes = Array(writer.buffer.readableBytesView)
        let status = response.status.code
        if follow, (300..<400).contains(status), let location = response.headers[.location] {
            guard redirects > 0 else { throw TooManyRedirects(path: location) }
            return try await send(
                "GET", location, body: [], type: nil, follow: true, headers: [:], redirects: redirects - 1)
        }
        return Page(
            status: status, path: path, text: String(decoding: bytes, as: UTF8.self), bytes: bytes,
            headers: response.headers)
    }

    struct TooManyRedirects: Error { let path: String }

    private final class Collector: ResponseBodyWriter {
        var buffer = ByteBuffer()
        func write(_ buffer: ByteBuffer) async throws {
            var buffer = buffer
            self.buffer.writeBuffer(&buffer)
        }
        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}

extension Season {
    func browser(as key: String) throws -> Browser {
        let browser = Browser(house)
        try browser.signIn(cast.person(key), house)
        return browser
    }

    var publicBrowser: Browser { Browser(house) }
}

extension String {
    func between(_ start: String, _ end: String) -> String? {
        guard let from = range(of: start), let to = self[from.upperBound...].range(of: end) else {
            return nil
        }
        return String(self[from.upperBound..<to.lowerBound])
    }
}

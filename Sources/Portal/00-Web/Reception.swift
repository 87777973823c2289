import Foundation
import HTTPTypes
import Hummingbird
import Lifecycle
import Logging
import NIOCore
import Store

/// Turns an HTTP request into an ``Ask``, calls the route, and turns every way it can end into an answer.
struct Reception: Sendable {
    let house: House

    func handle(_ line: Routes.Line, _ request: Request, _ context: PortalContext) async -> Response {
        let cookies = Self.cookies(request.headers[.cookie] ?? "")
        let language = Self.language(cookies, request)
        do {
            var bytes: [UInt8] = []
            if line.limit > 0 {
                let buffer = try await request.body.collect(upTo: line.limit)
                bytes = Array(buffer.readableBytesView)
            }
            let now = house.now
            let ask = try await ask(line, request, context, cookies, language, bytes, now)
            if line.method == "POST" { try forgeryCheck(ask, request, cookies) }
            var answer = try await respond(line, ask, request)
            // What shared caches may keep carries no cookie.
            if ask.session == nil, cookies[Session.formCookie] != ask.csrf, !answer.isShared {
                answer.add(
                    "Set-Cookie",
                    "\(Session.formCookie)=\(ask.csrf); Path=/; HttpOnly; SameSite=Strict\(ask.isSecure ? "; Secure" : "")"
                )
            }
            return finish(answer)
        } catch let refusal as Rejected {
            return await plain(refusal.status, refusal.code, language, request)
        } catch is NIOTooManyBytesError {
            return await plain(413, "too-large", language, request)
        } catch {
            context.logger.error(
                "\(line.method) \(line.pattern): \(String(reflecting: type(of: error))) \(error)")
            return await plain(500, "internal", language, request)
        }
    }

    /// A request that never becomes an ask: its status and the key of its words, `problem.<code>`.
    struct Rejected: Error {
        let status: Int
        let code: String
    }

    private func respond(_ line: Routes.Line, _ ask: Ask, _ request: Request) async throws -> Answer {
        do {
            return try await line.handler(ask)
        } catch is Missing {
            guard ask.viewer.person != nil else {
                // By the request's method: an unknown path has no line of its own that would know it.
                if request.method == .post { return .see("/sign-in") }
                return .see("/sign-in?next=\(ask.path.percentEncoded)")
            }
            return try await ask.problem(404, "missing")
        } catch let refused as Refused {
            return try await ask.refusal(refused.refusals)
        } catch let refusal as Refusal {
            return try await ask.refusal([refusal])
        }
    }

    private func ask(
        _ line: Routes.Line, _ request: Request, _ context: PortalContext, _ cookies: [String: String],
        _ language: Language, _ bytes: [UInt8], _ now: Instant
    ) async throws -> Ask {
        var form = FormFields()
        var files: [UploadedFile] = []
        let query: FormFields
        do {
            if !bytes.isEmpty {
                let type = request.headers[.contentType] ?? ""
                if type.lowercased().hasPrefix("multipart/form-data") {
                    (form, files) = try FormParsing.multipart(bytes, boundary: Self.boundary(type))
                } else if type.lowercased().hasPrefix("application/x-www-form-urlencoded") {
                    form = try FormParsing.urlencoded(bytes)
                } else {
                    throw Rejected(status: 415, code: "media-type")
                }
            }
            query = try FormParsing.urlencoded(Array((request.uri.query ?? "").utf8))
        } catch let malformed as FormParsing.Malformed {
            switch malformed {
            case .notUTF8: throw Rejected(status: 400, code: "not-utf8")
            case .tooManyFields: throw Rejected(status: 413, code: "too-large")
            case .notMultipart: throw Rejected(status: 400, code: "bad-form")
            }
        }
        let (session, viewer, calendar) = try await who(
            cookies, now, isWatching: request.headers[Self.requestedWith] == "jiebang-watch")
        let csrf = session?.csrf ?? Self.formToken(cookies) ?? Canonical.hex(house.world.secretBytes(16))
        var parameters: [String: String] = [:]
        for (name, value) in context.parameters {
            parameters[String(name)] = String(value).removingPercentEncoding ?? String(value)
        }
        var headers: [String: String] = [:]
        // Asked for by name, so that a field sent in several lines (cookies over HTTP/2) comes whole.
        for field in request.headers { headers[field.name.canonicalName] = request.headers[field.name] }
        // HTTP types keep the host apart from the fields.
        headers["host"] = request.head.authority
        return Ask(
            house: house, method: line.method, path: request.uri.path, parameters: parameters, query: query,
            form: form, files: files, headers: headers, session: session, viewer: viewer,
            words: house.words(in: language), csrf: csrf, isLoopback: context.isLoopback, now: now,
            calendar: calendar, connection: context.address)
    }

    private func who(_ cookies: [String: String], _ now: Instant, isWatching: Bool) async throws -> (
        Session?, Viewer, WorkCalendar
    ) {
        let token = cookies[Session.cookie].flatMap { $0.utf8.count == 64 ? $0 : nil }
        let realNow = house.world.now()
        let (found, calendar) = try await house.database.read {
            store -> ((Session, Instant, Viewer)?, WorkCalendar) in
            let calendar = try house.definitions.calendar(store)
            guard let token, let (session, seenAt) = try Session.find(token: token, at: realNow, store),
                let viewer = try Viewer.find(session.person, at: now, store)
            else { return (nil, calendar) }
            return ((session, seenAt, viewer), calendar)
        }
        guard let (session, seenAt, viewer) = found else { return (nil, .anyone, calendar) }
        // Written at most once a minute, so that reading pages does not write. A page that reads itself anew is no sign
        // that anybody sits before it.
        if !isWatching, realNow.rawValue - seenAt.rawValue > 60_000 {
            try await house.database.write(.relaxed) { store in
                _ = try store.run(
                    "UPDATE session SET seen_at = \(realNow) WHERE token_hash = \(session.tokenHash)")
            }
        }
        return (session, viewer, calendar)
    }

    /// Every change carries the session's token and comes from our own pages.
    private func forgeryCheck(_ ask: Ask, _ request: Request, _ cookies: [String: String]) throws {
        if let site = ask.headers["sec-fetch-site"], site != "same-origin", site != "none" {
            throw Rejected(status: 403, code: "forged")
        }
        let expected = ask.session?.csrf ?? Self.formToken(cookies)
        guard let expected, let given = ask.form["csrf"] ?? ask.headers["x-csrf"],
            Self.equalInConstantTime(expected, given)
        else { throw Rejected(status: 403, code: "forged") }
    }

    static func equalInConstantTime(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func formToken(_ cookies: [String: String]) -> String? {
        guard let token = cookies[Session.formCookie], token.utf8.count == 32 else { return nil }
        return token
    }

    private static func boundary(_ type: String) -> String {
        guard let range = type.range(of: "boundary=") else { return "" }
        return String(type[range.upperBound...].prefix { $0 != ";" }).trimmingCharacters(in: ["\"", " "])
    }

    /// Names and values of a whole `Cookie` field; the last of a name counts.
    static func cookies(_ field: String) -> [String: String] {
        var found: [String: String] = [:]
        for pair in field.split(separator: ";") {
            let halves = pair.split(separator: "=", maxSplits: 1)
            if halves.count == 2 { found[String(halves[0]).trimmed] = String(halves[1]).trimmed }
        }
        return found
    }

    private static func language(_ cookies: [String: String], _ request: Request) -> Language {
        let asked = request.uri.queryParameters.get("lang") ?? cookies[Session.languageCookie]
        return asked.flatMap(Language.init(rawValue:)) ?? .zh
    }

    private func plain(_ status: Int, _ code: String, _ language: Language, _ request: Request) async
        -> Response
    {
        let words = house.words(in: language)
        if let page = try? await house.problemPage(status, code, language, path: request.uri.path) {
            return finish(page)
        }
        return finish(.text(words["problem.\(code)"], status: status))
    }

    func finish(_ answer: Answer) -> Response {
        var headers = HTTPFields()
        headers[.xContentTypeOptions] = "nosniff"
        headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
            + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        headers[Self.referrerPolicy] = "same-origin"
        headers[Self.openerPolicy] = "same-origin"
        headers[Self.resourcePolicy] = "same-origin"
        headers[Self.permissionsPolicy] = "camera=(), geolocation=(), microphone=()"
        headers[.cacheControl] = "no-store"
        headers[.xFrameOptions] = "DENY"
        var replaced: Set<String> = []
        for (name, value) in answer.headers {
            guard let field = HTTPField.Name(name) else { continue }
            if field != .setCookie && replaced.insert(field.canonicalName).inserted { headers[field] = nil }
            headers.append(HTTPField(name: field, value: value))
        }
        return Response(
            status: HTTPResponse.Status(code: answer.status), headers: headers, body: Self.body(of: answer))
    }

    private static func body(of answer: Answer) -> ResponseBody {
        let begin = ByteBuffer(bytes: answer.body)
        guard let stream = answer.stream else { return ResponseBody(byteBuffer: begin) }
        return ResponseBody { writer in
            try await writer.write(begin)
            for try await piece in stream { try await writer.write(ByteBuffer(bytes: piece)) }
            try await writer.finish(nil)
        }
    }

    private static let requestedWith = HTTPField.Name(literal: "x-requested-with")
    private static let referrerPolicy = HTTPField.Name(literal: "referrer-policy")
    private static let openerPolicy = HTTPField.Name(literal: "cross-origin-opener-policy")
    private static let resourcePolicy = HTTPField.Name(literal: "cross-origin-resource-policy")
    private static let permissionsPolicy = HTTPField.Name(literal: "permissions-policy")
}

extension HTTPField.Name {
    /// - Precondition: `literal` is a token; the four literals above are.
    fileprivate init(literal: String) {
        guard let name = HTTPField.Name(literal) else { preconditionFailure("not a header name: \(literal)") }
        self = name
    }

    fileprivate static var xFrameOptions: HTTPField.Name { HTTPField.Name(literal: "x-frame-options") }
}

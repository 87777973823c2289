import Foundation
import HTTPTypes
import Lifecycle
import Store
import Synchronization

@testable import Portal

/// Sends every kind of ``HostileBody`` to every form of the route table, as people who may send that form.
///
/// After whatever was taken the house is put back, so that each body meets a form that is still open.
struct FormFuzz: Sendable {
    /// What is wrong with an answer, and where.
    private(set) var complaints: [String] = []
    /// Of each form, the kinds of body that somebody sent who may.
    private(set) var met: [String: Set<HostileBody>] = [:]
    private(set) var targets: [FuzzTarget] = []
    private(set) var sent = 0
    private(set) var taken = 0

    /// Done once for all tests that look at it. In two halves, for as many cores.
    private static let shared = Task { try await FormFuzz(seed: seed) }
    static func done() async throws -> FormFuzz { try await shared.value }

    /// Always the same unless `FUZZ_SEED` says another one.
    static let seed = ProcessInfo.processInfo.environment["FUZZ_SEED"].flatMap(UInt64.init) ?? 20_260_610

    private init(seed: UInt64) async throws {
        let city = try await SightCity.built()
        let targets = FuzzTarget.all(city, try await SightWalk.walked())
        self.targets = targets
        let asBuilt = try await SightCity.asBuilt()
        let parts = try await withThrowingTaskGroup(of: FormFuzz.self) { group in
            for half in 0..<2 {
                let some = targets.enumerated().filter { $0.offset % 2 == half }.map(\.element)
                group.addTask {
                    var sending = try Sending(asBuilt, city, seed: seed)
                    for target in some { try await sending.fuzz(target) }
                    return sending.fuzz
                }
            }
            return try await group.reduce(into: [FormFuzz]()) { $0.append($1) }
        }
        for part in parts {
            complaints += part.complaints
            met.merge(part.met) { first, _ in first }
            sent += part.sent
            taken += part.taken
        }
    }

    private init() {}

    /// The fields that files come in under.
    static let uploads = [
        "/drafts/{id}/attachments": "file", "/notices/{notice}/objections/{application}": "evidence",
    ]

    /// One hand that sends, with a house of its own.
    private struct Sending {
        var fuzz = FormFuzz()
        private let seed: UInt64
        private var chance: SplitMix64
        private let known: [FormOnPage.Field]
        /// Everybody is signed in there; it is copied and never changed.
        private let base: House
        /// Of each viewer, the session's cookie and the token that its forms carry.
        private let keys: [String: (session: String, token: String)]
        /// Where it is sent. A new one after whatever was taken; made once for all senders, for the router takes long.
        private var browser: Browser

        init(_ asBuilt: House, _ city: SightCity, seed: UInt64) throws {
            self.seed = seed
            chance = SplitMix64(seed: seed)
            known = try Self.knownFields()
            base = try asBuilt.copy()
            var keys: [String: (session: String, token: String)] = [:]
            let (world, now) = (base.world, base.world.now())
            for viewer in SightViewer.all where viewer.isSignedIn {
                let person = city.person(viewer.key)
                let key: (session: String, token: String) = try base.database.writeNow { store in
                    let session = try Session.open(person, secondFactor: true, world: world, store)
                    let csrf = try Session.find(token: session, at: now, store)?.0.csrf
                    return (session: session, token: csrf ?? "")
                }
                keys[viewer.key] = key
            }
            self.keys = keys
            browser = Browser(try base.copy())
        }

        mutating func fuzz(_ target: FuzzTarget) async throws {
            // The same for a form whichever forms there are besides.
            chance = SplitMix64(seed: target.pattern.utf8.reduce(seed) { $0 &* 31 &+ UInt64($1) })
            let fields = (target.form?.fields ?? known).filter { !$0.isFile }
            let more = Array(repeating: HostileBody.oneWrong, count: Swift.min(4, fields.count))
            for (place, kind) in (HostileBody.allCases + more).enumerated() {
                let actor = target.actors[place % target.actors.count]
                let sent = kind.sent(to: fields, token: token(of: actor), limit: target.limit, &chance)
                try await send(sent, to: target, as: actor, "\(kind)")
                fuzz.met[target.pattern, default: []].insert(kind)
            }
            guard let field = FormFuzz.uploads[target.pattern], let actor = target.actors.last else { return }
            for file in HostileFile.all {
                let parts = fields.map { HostileBody.Part(name: $0.name, bytes: Array($0.value.utf8)) }
                var sent = HostileBody.multipart(
                    parts + [.init(name: field, file: file.name, bytes: file.bytes)], token(of: actor))
                sent.answers = [400, 413, 422]
                try await send(sent, to: target, as: actor, file.what)
            }
        }

        /// Every name that a form of ours gives to a field of its own.
        private static func knownFields() throws -> [FormOnPage.Field] {
            let files = try GuardDogTests.files(under: "Sources/Portal/Templates", ending: ".mustache")
            let names = files.flatMap {
                $0.1.matches(of: /\sname="([a-z][A-Za-z0-9-]*)"/).map { String($0.1) }
            }
            return Set(names).subtracting(["csrf"]).sorted().map {
                FormOnPage.Field(name: $0, value: FormOnPage.text, isFile: false)
            }
        }

        private static let publicToken = String(repeating: "5", count: 32)

        private func token(of key: String) -> String { keys[key]?.token ?? Self.publicToken }

        /// From now on the browser is this viewer's. An empty cookie is none.
        private func sit(_ key: String) {
            let session = keys[key]?.session
            browser.setCookie(Session.cookie, session ?? "")
            browser.setCookie(Session.formCookie, session == nil ? Self.publicToken : "")
        }

        // MARK: - sending and looking

        private mutating func send(
            _ sent: HostileBody.Sent, to target: FuzzTarget, as key: String, _ what: String
        ) async throws {
            sit(key)
            let page = try await browser.send(
                "POST", target.path, body: sent.body, type: sent.type, follow: false, headers: [:])
            fuzz.sent += 1
            if !sent.answers.contains(page.status) { complain(target, key, what, "answers \(page.status)") }
            if let wrong = Self.wrong(page) { complain(target, key, what, "\(page.status) \(wrong)") }
            guard page.status < 400 else { return }
            if let place = page.headers[.location] {
                let isOurs = place.hasPrefix("/") && !place.hasPrefix("//") && !place.contains("\\")
                if !isOurs { complain(target, key, what, "leads to \(place)") }
                let next = try await browser.get(place)
                if next.status >= 500 { complain(target, key, what, "\(place) then answers \(next.status)") }
                if let wrong = Self.wrong(next) { complain(target, key, what, "\(place) then \(wrong)") }
            }
            fuzz.taken += 1
            browser = Browser(try base.copy())
        }

        private mutating func complain(_ target: FuzzTarget, _ key: String, _ what: String, _ text: String) {
            fuzz.complaints.append("seed \(seed): \(key) POST \(target.path), \(what): \(text)")
        }

        /// A refusal says something, and nothing comes back as it was sent.
        private static func wrong(_ page: Browser.Page) -> String? {
            let type = page.headers[.contentType] ?? ""
            if page.status >= 400 {
                if type.contains("html") {
                    guard let main = page.text.between("<main", "</main>"), main.contains("<h1") else {
                        return "without a heading"
                    }
                    let words = main.replacingOccurrences(
                        of: "<[^>]*>", with: "", options: .regularExpression)
                    let said = words.drop { $0 != ">" }.filter { !$0.isWhitespace }
                    if said.count < 10 { return "without a word" }
                } else if page.text.count < 10 || !type.contains("json") && !type.contains("plain") {
                    return "says nothing (\(type))"
                }
            }
            return type.contains("html") && page.text.contains(HostileBody.script)
                ? "gives back what was sent" : nil
        }
    }
}

extension House {
    /// The same house on a copy of its database; files and keys are shared.
    fileprivate func copy() throws -> House {
        let copy = House(
            database: try Database.inMemory(copying: database), plan: plan, shelf: shelf, pages: pages,
            world: world, slices: slices, options: options, keys: keys, disciplineNames: disciplineNames,
            definitions: definitions)
        let offset = clockOffset.withLock { $0 }
        copy.clockOffset.withLock { $0 = offset }
        return copy
    }
}

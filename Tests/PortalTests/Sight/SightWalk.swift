import Foundation
import Glibc
import HTTPTypes
import Portal

/// Everybody opens every address once, and then sends every form empty. Done once for all tests that look at it.
struct SightWalk: Sendable {
    /// What one viewer met at one address.
    struct Step: Sendable {
        let viewer: SightViewer
        let address: SightAddress
        let status: Int
        let outcome: Outcome
    }

    enum Outcome: Sendable, Hashable {
        /// A page, or a redirect that ends at one.
        case seen
        /// Exactly what something missing gives.
        case missing
        /// Neither, with the first thing in which the two differ.
        case other(String)
    }

    var opened: [Step] = []
    var sent: [Step] = []
    /// Of each address that a form of some page goes to, the form as each viewer met it first.
    var forms: [String: [String: FormOnPage]] = [:]
    /// Which canary met which viewer, and where first.
    var sightings: [Sighting: String] = [:]
    /// The same with every address.
    var meetings: [Sighting: Set<SightAddress>] = [:]

    struct Sighting: Sendable, Hashable {
        let canary: String
        let viewer: String
    }

    // First of all: it takes longest, and would else wait at each request for every test that has begun meanwhile.
    private static let shared = Task(priority: .high) { try await SightWalk(try await SightCity.built()) }
    static func walked() async throws -> SightWalk { try await shared.value }

    private init(_ city: SightCity) async throws {
        let addresses = SightAddress.all(city).addresses
        let canaries = Canary.all(made: try city.made()).flatMap(\.texts)
        let readers = addresses.filter { $0.method == "GET" } + SightAddress.queries(city)
        let parts = try await withThrowingTaskGroup(of: SightWalk.self) { group in
            // As many at once as there are cores here.
            for half in 0..<2 {
                let viewers = SightViewer.all.enumerated().filter { $0.offset % 2 == half }.map(\.element)
                group.addTask {
                    var walk = SightWalk()
                    for viewer in viewers { try await walk.open(readers, as: viewer, city, canaries) }
                    return walk
                }
            }
            return try await group.reduce(into: [SightWalk]()) { $0.append($1) }
        }
        for part in parts {
            opened += part.opened
            sightings.merge(part.sightings) { first, _ in first }
            meetings.merge(part.meetings) { $0.union($1) }
            forms.merge(part.forms) { $0.merging($1) { first, _ in first } }
        }
        let writers = addresses.filter { $0.method == "POST" }
        let halves = try await withThrowingTaskGroup(of: SightWalk.self) { group in
            for half in 0..<2 {
                // What is about one dossier stays in one hand, so that each run is like the last.
                let some = writers.filter { address in
                    ["/drafts", "/cases", "/lists"].contains(where: address.path.hasPrefix) == (half == 0)
                }
                group.addTask {
                    var walk = SightWalk()
                    // In their order: some forms end what they are about, and who may send them comes last.
                    for viewer in SightViewer.all { try await walk.send(some, as: viewer, city) }
                    return walk
                }
            }
            return try await group.reduce(into: [SightWalk]()) { $0.append($1) }
        }
        for half in halves { sent += half.sent }
    }

    private init() {}

    private mutating func open(
        _ addresses: [SightAddress], as viewer: SightViewer, _ city: SightCity, _ canaries: [String]
    ) async throws {
        let browser = try city.browser(viewer)
        _ = try await browser.get("/calls")
        // Many objects of a pattern share the address of a missing one.
        var absent: [String: Browser.Page] = [:]
        for address in addresses {
            let real = try await browser.get(address.path, follow: false)
            var shown = real
            var outcome = Outcome.seen
            if !(200..<300).contains(real.status) {
                for path in address.missing.map(\.path) where absent[path] == nil {
                    absent[path] = try await browser.get(path, follow: false)
                }
                outcome = Self.compare(real, address, absent)
                if outcome != .missing, let place = real.headers[.location] {
                    shown = try await browser.get(place)
                    if shown.status == 200 { outcome = .seen }
                }
            }
            if address.missing.isEmpty, outcome != .seen, real.status != 404, real.status != 303 {
                outcome = .other("\(real.status)")
            }
            opened.append(Step(viewer: viewer, address: address, status: shown.status, outcome: outcome))
            if outcome == .seen {
                for form in FormOnPage.all(in: shown.text) {
                    if forms[form.action]?[viewer.key] == nil {
                        forms[form.action, default: [:]][viewer.key] = form
                    }
                }
            }
            if outcome == .seen, !Self.telling.contains(where: address.path.hasPrefix) {
                note(shown, at: address, canaries, viewer)
            }
        }
    }

    /// Pages in which no canary is looked for.
    private static let telling = [
        // Names the cast to everybody: a stage, absent from a real house.
        "/demo",
        // Tells whoever holds the link whose it is.
        "/invitations/",
    ]

    private mutating func note(
        _ page: Browser.Page, at address: SightAddress, _ canaries: [String], _ viewer: SightViewer
    ) {
        let head = page.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
        // As a C string: the fastest search there is here, and a page is long.
        let haystack = (page.bytes + Array(head.utf8)).filter { $0 != 0 } + [0]
        for canary in canaries where haystack.holds(canary) {
            let sighting = Sighting(canary: canary, viewer: viewer.key)
            if sightings[sighting] == nil { sightings[sighting] = address.path }
            meetings[sighting, default: []].insert(address)
        }
    }

    private mutating func send(
        _ addresses: [SightAddress], as viewer: SightViewer, _ city: SightCity
    ) async throws {
        let browser = try city.browser(viewer)
        let token = try await browser.get("/calls").csrf ?? browser.cookie("jb_form") ?? ""
        for address in addresses {
            func post(_ path: String) async throws -> Browser.Page {
                try await browser.post(path, [("csrf", token)], follow: false)
            }
            let real = try await post(address.path)
            var absent: [String: Browser.Page] = [:]
            for missing in address.missing { absent[missing.path] = try await post(missing.path) }
            let outcome =
                Self.compare(real, address, absent) == .missing
                ? Outcome.missing : real.status < 500 ? .seen : .other("\(real.status)")
            sent.append(Step(viewer: viewer, address: address, status: real.status, outcome: outcome))
        }
    }

    /// Whether an answer is to the letter what each missing object gets: status, headers and body, after putting
    /// one name for the other.
    private static func compare(
        _ real: Browser.Page, _ address: SightAddress, _ absent: [String: Browser.Page]
    ) -> Outcome {
        for missing in address.missing {
            guard let other = absent[missing.path] else { continue }
            func plain(_ text: String) -> String {
                let renamed = text.replacingOccurrences(
                    of: address.path.percentEncoded, with: missing.path.percentEncoded)
                // A number as a whole word, for it stands in tokens and digests too.
                if missing.real.hasPrefix("/") {
                    // An address, where it does not end another one: `/a` in `/office/a` stays.
                    return renamed.replacingOccurrences(
                        of: "(?<![a-z])" + NSRegularExpression.escapedPattern(for: missing.real),
                        with: NSRegularExpression.escapedTemplate(for: missing.stand),
                        options: .regularExpression)
                }
                guard Int(missing.real) != nil, let name = try? Regex("\\b\(missing.real)\\b") else {
                    return renamed.replacingOccurrences(of: missing.real, with: missing.stand)
                }
                return renamed.replacing(name, with: missing.stand)
            }
            func head(_ page: Browser.Page) -> String {
                // The length follows from the body, which is compared; it counts the path that was asked for.
                page.headers.filter { $0.name != .contentLength }.map { "\($0.name): \($0.value)" }.sorted()
                    .joined(separator: "\n")
            }
            guard real.status == other.status else { return .other("\(real.status), not \(other.status)") }
            guard plain(head(real)) == head(other) else {
                return .other("\(real.status), with other headers")
            }
            guard plain(real.text) == other.text else {
                return .other("\(real.status), with another body")
            }
        }
        return .missing
    }
}

extension SightCity {
    func browser(_ viewer: SightViewer) throws -> Browser {
        let browser = Browser(house)
        if viewer.isSignedIn { try browser.signIn(person(viewer.key), house) }
        return browser
    }
}

extension [UInt8] {
    /// Whether the bytes of `text` stand in these, which end in a zero.
    fileprivate func holds(_ text: String) -> Bool {
        withUnsafeBytes { hay in
            hay.withMemoryRebound(to: CChar.self) { hay in
                hay.baseAddress.map { strstr($0, text) != nil } ?? false
            }
        }
    }
}

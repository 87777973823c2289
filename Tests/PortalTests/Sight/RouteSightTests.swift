import Lifecycle
import Portal
import Store
import Testing

/// Everybody at every address of the route table: what one may not see answers as what is not there, and what one
/// may see shows no more than the committed table says.
@Suite(.serialized) struct RouteSightTests {
    @Test func `behind every parameter of every route stands something real`() async throws {
        let city = try await SightCity.built()
        let (addresses, uncovered) = SightAddress.all(city)
        #expect(uncovered == [], "give SightAddress.objects one real object for each")
        let patterns = Set(city.house.routes().lines.map(\.pattern))
        for pattern in SightAddress.skipped.keys { #expect(patterns.contains(pattern), "\(pattern)") }
        #expect(addresses.allSatisfy { !$0.path.contains("//") && !$0.path.hasSuffix("/") || $0.path == "/" })
    }

    @Test func `an address one may not see answers exactly as one where nothing is`() async throws {
        let walk = try await SightWalk.walked()
        let theirs = Theirs(walk)
        for step in walk.opened {
            if case .other(let why) = step.outcome {
                // A page may say what still stops one, to whom the page it comes from is shown.
                let isTheirs = step.status == 422 && theirs.isTheirs(step, above: true)
                if !isTheirs { Issue.record("\(step.viewer.key) GET \(step.address.path): \(why)") }
            }
            let lacks = step.viewer.isSignedIn ? 404 : 303
            if step.status >= 500 || step.outcome == .missing && step.status != lacks {
                Issue.record("\(step.viewer.key) GET \(step.address.path): \(step.status)")
            }
        }
        // Every page has a reader.
        for (pattern, steps) in Dictionary(grouping: walk.opened, by: \.address.pattern) {
            #expect(steps.contains { $0.outcome == .seen }, "nobody sees \(pattern)")
        }
    }

    @Test func `a form about what one may not see answers exactly as about nothing`() async throws {
        let walk = try await SightWalk.walked()
        let theirs = Theirs(walk)
        for step in walk.sent {
            if step.status >= 500 {
                Issue.record("\(step.viewer.key) POST \(step.address.path): \(step.status)")
            }
            guard step.outcome != .missing else { continue }
            if !theirs.isTheirs(step) {
                Issue.record(
                    "\(step.viewer.key) POST \(step.address.path) gave \(step.status), but its page is not theirs"
                )
            }
        }
        let done = walk.sent.filter { $0.outcome == .seen }
        #expect(done.count > 100, "\(done.count)")
    }

    /// Which pages are whose.
    private struct Theirs {
        let seen: Set<String>
        let pages: Set<String>

        init(_ walk: SightWalk) {
            seen = Set(
                walk.opened.filter { $0.outcome == .seen }.map { "\($0.viewer.key) \($0.address.path)" })
            pages = Set(walk.opened.map(\.address.path))
        }

        /// Whether the viewer sees the page a form stands on: the nearest address above that is one.
        func isTheirs(_ step: SightWalk.Step, above: Bool = false) -> Bool {
            var page = step.address.path
            while !pages.contains(page) || above && page == step.address.path,
                let slash = page.lastIndex(of: "/"), slash > page.startIndex
            {
                page = String(page[..<slash])
            }
            return seen.contains("\(step.viewer.key) \(page)")
        }
    }

    @Test func `no canary flies where the committed table does not let it`() async throws {
        let city = try await SightCity.built()
        let walk = try await SightWalk.walked()
        let rows = Slices.all(Definitions()).flatMap(\.sights)
        let table = Dictionary(uniqueKeysWithValues: rows.map { ("\($0.record).\($0.field)", $0.seenBy) })
        let canaries = Canary.all(made: try city.made())
        for canary in canaries {
            func path(_ viewer: SightViewer) -> String? {
                canary.texts.lazy.compactMap {
                    walk.sightings[SightWalk.Sighting(canary: $0, viewer: viewer.key)]
                }.first
            }
            let entitled = SightViewer.all.filter { canary.mayBeSeen(by: $0, table) }
            for viewer in SightViewer.all where !entitled.contains(viewer) {
                if let path = path(viewer) {
                    Issue.record("\(viewer.key) met \(canary.texts[0]) at \(path)")
                }
            }
            let met = entitled.contains { path($0) != nil && !canary.authors.contains($0.key) }
            let metByAuthor = canary.places.isEmpty && entitled.contains { path($0) != nil }
            #expect(met || metByAuthor, "nobody meets \(canary.texts[0])")
        }
    }

    @Test func `every field of the committed table has a canary, or a reason for none`() async throws {
        let rows = Slices.all(Definitions()).flatMap(\.sights).map { "\($0.record).\($0.field)" }
        let flown = Set(Canary.all(made: [:]).flatMap(\.places).compactMap(\.row))
        for row in rows {
            #expect(flown.contains(row) != (Canary.without[row] != nil), "\(row)")
        }
        for row in flown.union(Canary.without.keys) { #expect(rows.contains(row), "\(row)") }
    }

    @Test func `who reviews is never known to applicants, universities or the public`() async throws {
        let walk = try await SightWalk.walked()
        let kept = [
            "public", "subject", "owner", "unfunded", "rival", "team-member", "research-office",
            "university-leader", "office-2", "expert", "expert-2", "expert-3", "finance", "finance-approver",
        ]
        for name in ["QXreviewerZ", "QXreviewerUnitZ", "2026-07-20 11:17"] {
            for viewer in kept {
                let path = walk.sightings[SightWalk.Sighting(canary: name, viewer: viewer)]
                #expect(path == nil, "\(viewer) met \(name) at \(path ?? "")")
            }
            #expect(
                walk.sightings[SightWalk.Sighting(canary: name, viewer: "programme-officer")] != nil,
                "\(name)")
        }
    }

    /// Runs after everything that looks at the city's moment, for it moves its clock.
    @Test func `whoever comes upon what is sensitive leaves a fact, at each page by itself`() async throws {
        let city = try await SightCity.built()
        let walk = try await SightWalk.walked()
        let noted = Set(
            Slices.all(Definitions()).flatMap(\.sights).filter(\.isNoted).map { "\($0.record).\($0.field)" })
        // A few addresses of each pattern: what is noted is the handler's business.
        var pages: [SightViewer: [(path: String, canary: String)]] = [:]
        var expected: Set<String> = []
        for viewer in SightViewer.all {
            var found: [String: [String: String]] = [:]
            for canary in Canary.all(made: try city.made()) {
                guard canary.isSensitive(noted), canary.isOthers(than: viewer) else { continue }
                for text in canary.texts {
                    let sighting = SightWalk.Sighting(canary: text, viewer: viewer.key)
                    // Of a fact its author reads what is theirs: JournalPageTests has the readings of others.
                    for address in walk.meetings[sighting] ?? []
                    where !address.pattern.hasPrefix("/journal/facts") {
                        found[address.pattern, default: [:]][address.path] = text
                    }
                }
            }
            expected.formUnion(found.keys)
            pages[viewer] = found.values.flatMap { paths in
                paths.sorted { $0.key < $1.key }.prefix(3).map { ($0.key, $0.value) }
            }.sorted { $0.0 < $1.0 }
        }
        #expect(expected.count > 20, "\(expected.sorted())")
        // Readings are coalesced by the hour: each page of a viewer gets an hour of its own.
        var checked: Set<String> = []
        for round in 0..<(pages.values.map(\.count).max() ?? 0) {
            city.season.move(to: SightCity.now.adding(seconds: Int64(3_600 * (round + 1))))
            for viewer in SightViewer.all {
                guard let page = pages[viewer].flatMap({ round < $0.count ? $0[round] : nil }) else {
                    continue
                }
                let before = try readings(of: viewer, city)
                let shown = try await city.browser(viewer).get(page.path)
                // A page may have gone on meanwhile, with what the walk's forms did.
                guard shown.status == 200, shown.text.contains(page.canary) else { continue }
                checked.insert(page.path)
                let after = try readings(of: viewer, city)
                if after <= before {
                    Issue.record("\(viewer.key) reads \(page.canary) at \(page.path), and no fact says so")
                }
            }
        }
        #expect(checked.count > 40, "\(checked.count)")
    }

    private func readings(of viewer: SightViewer, _ city: SightCity) throws -> Int {
        let person = city.person(viewer.key)
        return try city.house.database.readNow { store in
            try store.value(
                "SELECT COUNT(*) FROM fact WHERE kind = 'record.read' AND actor = \(person)", as: Int.self)
                ?? 0
        }
    }

    @Test func `every tag of every template names what its page holds`() async throws {
        let city = try await SightCity.built()
        _ = try await SightWalk.walked()
        #expect(city.lint.unknown == [])
        let unresolved = city.lint.unresolved
        for (template, tags) in unresolved.sorted(by: { $0.key < $1.key }) {
            let listed = TemplateLint.unreached[template]?.tags ?? []
            let missed = tags.subtracting(listed)
            #expect(missed == [], "\(template): no page of the walk has these")
        }
        for (template, listed) in TemplateLint.unreached {
            let needless = listed.tags.subtracting(unresolved[template] ?? [])
            #expect(needless == [], "\(template): unlist what is rendered")
        }
    }
}

import Lifecycle
import Portal

/// Addresses of the city: for each pattern of the route table one or more real objects, and beside each the same
/// address of something that is not there.
struct SightAddress: Sendable, Hashable {
    let method: String
    let pattern: String
    let path: String
    /// One for each parameter: the path with that parameter's object missing. A pattern without parameters has
    /// an address beside it that no route has.
    let missing: [Missing]

    struct Missing: Sendable, Hashable {
        let path: String
        /// What stands in the missing path instead of what.
        let real: String
        let stand: String
    }

    /// Every pattern's addresses; a pattern for whose parameters the city has nothing real is left out and named.
    static func all(_ city: SightCity) -> (addresses: [SightAddress], uncovered: [String]) {
        let objects = objects(city)
        var addresses: [SightAddress] = []
        var uncovered: [String] = []
        for line in city.house.routes().lines where skipped[line.pattern] == nil {
            let path = line.pattern + (queried[line.pattern] ?? "")
            let names = parameters(of: line.pattern)
            if names.isEmpty {
                // Beside it, so that the same part of the navigation is marked.
                let above = line.pattern.split(separator: "/").dropLast().map { "/\($0)" }.joined()
                let nothing = "\(above)/no-such-page"
                addresses.append(
                    SightAddress(
                        method: line.method, pattern: line.pattern, path: path,
                        missing: [Missing(path: nothing, real: line.pattern, stand: nothing)]))
                continue
            }
            let candidates = objects.filter { line.pattern.hasPrefix($0.prefix) }
            let longest = candidates.map(\.prefix.count).max() ?? 0
            let fitting = candidates.filter { $0.prefix.count == longest }.filter { object in
                names.allSatisfy { object.values[$0] != nil }
            }
            if fitting.isEmpty { uncovered.append("\(line.method) \(line.pattern)") }
            // What a form is about is looked up alike for all; a page shows each in its own state.
            for object in line.method == "GET" ? fitting : Array(fitting.prefix(1)) {
                addresses.append(address(line.method, line.pattern, names, object))
            }
        }
        return (addresses, uncovered)
    }

    /// Pages of one object that only some queries open: filters, pages, places.
    static func queries(_ city: SightCity) -> [SightAddress] {
        let calls = ["finished", "review", "screening"].map { city.call($0).rawValue }
        var paths = [
            "/cases?q=%E5%8F%A3%E8%BF%B0%E5%8F%B2", "/cases?sort=-university", "/cases?sort=due&state=open",
            "/cases?step=review", "/cases.csv?q=%E5%8F%A3%E8%BF%B0%E5%8F%B2", "/people?q=QX",
            "/people?role=expert",
            "/organisations?q=QX", "/calls?q=%E5%BE%81%E9%9B%86", "/admin/facts?kind=record.read",
            "/admin/facts?kind=role.proposed", "/demo?format=json", "/payments/ledger?after=100000%7C1",
            "/payments?state=paid&sort=-amount", "/payments?state=rejected&from=2020-01-01",
            "/people?sort=-organisation",
            "/people.csv?q=QX", "/notices?state=closed&sort=number", "/calls?sort=-closes",
            "/topics?after=0%7C1%7C1%7Cx",
        ]
        for call in calls {
            paths += [
                "/cases?call=\(call)", "/office/screening?call=\(call)", "/office/assign?call=\(call)&all=1",
                "/office/reuse?call=\(call)", "/office/reuse?call=\(call)&state=judged",
            ]
        }
        paths += [
            "/rounds/\(city.call("pending"))?fill=rank", "/rounds/\(city.call("finished"))?sort=university",
            "/drafts/\(city.dossier("draft"))/sections/basics?check=1",
            "/office/problems?q=%E5%99%AA%E5%A3%B0", "/topics?q=%E5%87%8F%E6%8C%AF", "/topics?open=1",
            "/office/topics/new?problem=\(city.pool.problems["told"]?.rawValue ?? "")",
            "/cases?topic=\(city.pool.topics["public"]?.rawValue ?? "")",
            "/rounds/\(city.pool.call)?topic=\(city.pool.topics["public"]?.rawValue ?? "")",
            "/cases/\(city.dossier("reviewed"))/assign?q=QX",
            "/cases/\(city.dossier("appraised"))/appraisals/macro?q=QX",
            "/office/appraisals?call=\(city.call("laboratory"))",
            "/office/plan/what-if/\(city.call("finished"))?day=2020-11-01",
            "/office/plan/what-if/\(city.call("exception"))?day=2020-11-01",
            "/office/plan/what-if/\(city.call("finished"))?day=someday",
            "/office/plan/what-if/\(city.call("finished"))?rules=proposal:\(city.definition)",
            "/office/plan/proposals/\(city.definition)?shifts=1",
            "/office/plan/simulate/\(city.season.programme.id)?staff-expert=2",
        ]
        return paths.map { path in
            let pattern = String(path.prefix { $0 != "?" })
            return SightAddress(method: "GET", pattern: pattern, path: path, missing: [])
        }
    }

    /// Patterns the walk leaves out, each with its reason.
    static let skipped = [
        "/demo/sign-in/{who}": "makes the reader somebody else; HouseTests has it",
        "/sign-out": "ends the session; SignInTests has it",
        "/account/sign-out-everywhere": "ends the session; SignInTests has it",
        "/tile/**": "the log's tiles, open to every monitor; JournalPageTests has them",
    ]

    /// Pages that without a query are none.
    private static let queried = ["/language": "?to=zh"]

    static func parameters(of pattern: String) -> [String] {
        pattern.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    private struct Object {
        let prefix: String
        let values: [String: String]
        var query = ""
    }

    private static func address(
        _ method: String, _ pattern: String, _ names: [String], _ object: Object
    ) -> SightAddress {
        func path(replacing hidden: String? = nil) -> String {
            var path = pattern
            for name in names {
                let value = name == hidden ? stand(for: name) : object.values[name] ?? ""
                path = path.replacing("{\(name)}", with: value)
            }
            return path + object.query
        }
        return SightAddress(
            method: method, pattern: pattern, path: path(),
            missing: names.map {
                Missing(
                    path: path(replacing: $0), real: object.values[$0] ?? "", stand: stand(for: $0))
            })
    }

    /// Well formed, and nobody's.
    private static func stand(for name: String) -> String {
        switch name {
        case "hash": String(repeating: "f", count: 64)
        case "token": String(repeating: "0", count: 64)
        case "number", "proposal", "version", "invitation": "99999999"
        default: "zzzzzzzzzzzzzzzz"
        }
    }

    /// Plans of a call: one signed, one that waits.
    private static func matching(_ city: SightCity) -> [Object] {
        let call = city.call("matched").rawValue
        let plans = ["waiting", "signed"].map { city.plans[$0]?.rawValue ?? "" }
        var found = [
            Object(prefix: "/office/assign/{call}", values: ["call": call]),
            Object(
                prefix: "/office/assign/{call}/compare", values: ["call": call],
                query: "?a=\(plans[0])&b=\(plans[1])"),
            Object(prefix: "/bids/{call}", values: ["call": call]),
            Object(prefix: "/matchings/{plan}", values: ["plan": plans[1], "file": "pairs.csv"]),
        ]
        found += plans.map {
            Object(
                prefix: "/office/assign/{call}/plans/{plan}",
                values: [
                    "call": call, "plan": $0, "application": city.dossier("matched").rawValue,
                    "file": "key.csv",
                ])
        }
        return found
    }

    /// The steps of a laboratory's appraisal, and the seats of its panels.
    private static func appraisals(_ city: SightCity) -> [Object] {
        let id = city.dossier("appraised").rawValue
        func seats(_ part: String, _ keys: [String]) -> [Object] {
            keys.map {
                Object(prefix: "/appraisals/{seat}\(part)", values: ["seat": city.seats[$0]?.rawValue ?? ""])
            }
        }
        var found = [
            Object(prefix: "/cases/{id}", values: ["id": id]),
            Object(prefix: "/cases/{id}/appraisals", values: ["id": id]),
        ]
        found += ["macro", "coordinate"].map {
            Object(prefix: "/cases/{id}/appraisals/{step}", values: ["id": id, "step": $0])
        }
        found.append(
            Object(
                prefix: "/cases/{id}/opinions/{number}", values: ["id": id, "number": String(city.opinion)]))
        found += seats("", ["macro/expert", "macro/expert-2", "macro/expert-3", "coordinate/reviewer"])
        // Only what was accepted is written.
        for part in ["/confirm", "/draft", "/write"] { found += seats(part, ["macro/expert"]) }
        return found
    }

    /// The longest prefix that fits a pattern says what stands behind its parameters; the first is the one that
    /// most people have something to do with.
    private static func objects(_ city: SightCity) -> [Object] {
        func dossiers(_ prefix: String, _ name: String, _ keys: [String]) -> [Object] {
            keys.map { Object(prefix: prefix, values: [name: city.dossier($0).rawValue]) }
        }
        func calls(_ prefix: String, _ keys: [String]) -> [Object] {
            keys.map { Object(prefix: prefix, values: ["call": city.call($0).rawValue]) }
        }
        func assignments(_ prefix: String, _ keys: [String]) -> [Object] {
            keys.map { Object(prefix: prefix, values: ["assignment": city.assignments[$0]?.rawValue ?? ""]) }
        }
        func people(_ prefix: String, _ keys: [String]) -> [Object] {
            keys.map { Object(prefix: prefix, values: ["person": city.person($0).rawValue]) }
        }
        let asset = city.house.options.assetVersion
        let onNotice = city.dossier("noticed").rawValue
        var found: [Object] = []
        found += dossiers(
            "/cases/{id}", "id",
            [
                "paid", "unfunded", "third", "fourth", "noticed", "proposed", "reviewed", "reviewed-2",
                "screened", "returned", "nominated", "championed",
            ])
        found += [
            Object(
                prefix: "/cases/{id}/statements/{step}",
                values: ["id": city.dossier("nominated").rawValue, "step": "recommend"]),
            Object(
                prefix: "/parties/{invitation}", values: ["invitation": String(city.partyInvitation)]),
            Object(prefix: "/drafts/{id}/parties", values: ["id": city.dossier("nomination").rawValue]),
        ]
        found += ["excepted", "excepted-2"].map {
            Object(
                prefix: "/cases/{id}/exceptions/{rule}",
                values: ["id": city.dossier($0).rawValue, "rule": "not-senior-at-forty"])
        }
        found += [("screened-2", city.pair), ("paid", city.pair), ("screened-2", city.archived)].map {
            Object(prefix: "/cases/{id}/reuse/{pair}", values: ["id": city.dossier($0).rawValue, "pair": $1])
        }
        found += [Object(prefix: "/jobs/{job}", values: ["job": city.job.rawValue])]
        found += ["excepted", "excepted-2", "screened-2"].flatMap { dossiers("/cases/{id}", "id", [$0]) }
        found += [
            Object(
                prefix: "/attachments/{application}/{hash}",
                values: [
                    "application": city.dossier("paid").rawValue, "hash": city.attachments["paid"] ?? "",
                ])
        ]
        found += ["draft", "returned", "unfunded"].map {
            Object(
                prefix: "/drafts/{id}",
                values: [
                    "id": city.dossier($0).rawValue, "section": "basics",
                    "hash": city.attachments["draft"] ?? "",
                ])
        }
        found += [
            Object(
                prefix: "/drafts/{id}/attachments/{hash}",
                values: ["id": city.dossier("draft").rawValue, "hash": city.attachments["draft"] ?? ""])
        ]
        found += dossiers("/consents/{application}", "application", ["draft", "paid"])
        found += calls("/calls/{call}", ["finished", "open"])
        found += [Object(prefix: "/calls/{call}", values: ["call": city.pool.call.rawValue])]
        found += ["told", "citizen", "merged", "plain"].map {
            Object(
                prefix: "/problems/{problem}", values: ["problem": city.pool.problems[$0]?.rawValue ?? ""])
        }
        found += [Object(prefix: "/problems/receipt/{token}", values: ["token": city.pool.receipt])]
        found += ["sealed", "public"].map {
            Object(
                prefix: "/topics/{topic}",
                values: ["topic": city.pool.topics[$0]?.rawValue ?? "", "version": "2"])
        }
        found += [
            Object(
                prefix: "/calls/{call}/versions",
                values: ["call": city.call("finished").rawValue, "version": "1"])
        ]
        found += calls("/calls/{call}/owed", ["rapid"])
        found += [
            Object(
                prefix: "/calls/{call}/rolls",
                values: ["call": city.call("laboratory").rawValue, "statement": "plate"])
        ]
        found += calls("/joint/{call}", ["jointly"])
        found += calls("/office/calls/{call}", ["unpublished", "open", "jointly"])
        found += calls("/office/plan/what-if/{call}", ["finished"])
        found += calls("/office/plan/diff/{call}", ["finished"])
        found += [
            city.season.programme.id, "outstanding-young-scientists", "rapid-response", "beijing-laboratory",
            "open-challenge",
        ].map { Object(prefix: "/plan/programmes/{programme}", values: ["programme": $0]) }
        found += [
            Object(
                prefix: "/office/plan/simulate/{programme}",
                values: ["programme": city.season.programme.id])
        ]
        found += [
            Object(
                prefix: "/office/plan/definitions/{programme}",
                values: ["programme": city.season.programme.id]),
            Object(prefix: "/office/plan/proposals/{fact}", values: ["fact": "\(city.definition)"]),
        ]
        found += calls("/office/meetings/new/{call}", ["meeting"])
        found += SightCity.meetings.map {
            Object(prefix: "/meetings/{meeting}", values: ["meeting": $0.rawValue])
        }
        found += calls("/lists/{call}", ["finished", "open"])
        found += calls("/lists/{call}/confirm", ["finished"])
        found += [
            Object(
                prefix: "/lists/{call}/return",
                values: [
                    "call": city.call("open").rawValue, "application": city.dossier("submitted").rawValue,
                ])
        ]
        found += calls("/rounds/{call}", ["pending", "finished", "review", "notice", "race", "champions"])
        found += [
            Object(
                prefix: "/rounds/{call}/topics/{topic}",
                values: [
                    "call": city.call("race").rawValue, "topic": city.pool.topics["race"]?.rawValue ?? "",
                ]),
            Object(
                prefix: "/rounds/{call}/races/{race}",
                values: ["call": city.call("race").rawValue, "race": SightCity.race.rawValue]),
        ]
        found += calls("/rounds/{call}/sign", ["pending"])
        found += ["qx-notice-open", "qx-notice-closed", "qx-notice-race"].map {
            Object(prefix: "/notices/{notice}", values: ["notice": $0])
        }
        found += [
            Object(
                prefix: "/notices/{notice}/objections",
                values: ["notice": "qx-notice-open", "application": onNotice]),
            Object(
                prefix: "/notices/{notice}/objections/{application}/received",
                values: ["notice": "qx-notice-open", "application": onNotice],
                query: "?number=\(city.objections["waiting"]?.rawValue ?? "")"),
            Object(
                prefix: "/notices/{notice}/office/{objection}",
                values: [
                    "notice": "qx-notice-open", "objection": city.objections["waiting"]?.rawValue ?? "",
                ]),
        ]
        found += [
            Object(
                prefix: "/notices/{notice}/office/{objection}/evidence",
                values: [
                    "notice": "qx-notice-open", "objection": city.objections["waiting"]?.rawValue ?? "",
                    "hash": city.attachments["evidence"] ?? "",
                ])
        ]
        found += assignments(
            "/reviews/{assignment}",
            [
                "reviewed/expert", "reviewed/expert-2", "reviewed/reviewer", "reviewed-2/reviewer",
            ])
        found += assignments("/reviews/{assignment}", ["championing"])
        found += assignments("/reviews/{assignment}/case", ["championed", "championing", "agreed"])
        // Only what was accepted is written.
        for part in ["total", "confirm", "draft", "submit"] {
            found += assignments("/reviews/{assignment}/\(part)", ["reviewed/expert"])
        }
        found += matching(city)
        found += appraisals(city)
        func draws(_ part: String, _ keys: [String]) -> [Object] {
            keys.map { Object(prefix: "/draws/{draw}\(part)", values: ["draw": city.draw($0).rawValue]) }
        }
        found += draws("", ["held", "due", "asked", "lost", "chance"])
        for part in ["commitment.json", "commitment.tlog-proof", "names.csv", "verify_draw.py"] {
            found += draws("/\(part)", ["held", "due"])
        }
        found += draws("/transcript.json", ["held"])
        // Frozen already, so that the forms of the others find it as it was.
        for part in ["invite", "promise", "open", "keep", "hold"] { found += draws("/\(part)", ["held"]) }
        found += ["done", "failed", "cancelled", "running", "waiting"].map {
            Object(prefix: "/jobs/{job}", values: ["job": city.job($0).rawValue])
        }
        found += [Object(prefix: "/jobs/{job}/events", values: ["job": city.job("done").rawValue])]
        found += people("/people/{person}", ["subject", "reviewer"])
        let subject = city.person("subject").rawValue
        found += [("record", city.track), ("known", city.knownPast)].map { part, number in
            Object(
                prefix: "/people/{person}/\(part)/{fact}",
                values: ["person": subject, "fact": String(number)])
        }
        found += [
            Object(prefix: "/office/records/{fact}", values: ["fact": String(city.generalPast)])
        ]
        found += people("/admin/people/{person}", ["subject", "audit-admin"])
        found += [
            Object(prefix: "/admin/proposals/{proposal}", values: ["proposal": String(city.proposal)]),
            Object(prefix: "/invitations/{token}", values: ["token": city.invitation]),
            Object(prefix: "/assets/{version}/{file}", values: ["version": asset, "file": "jiebang.css"]),
        ]
        found += city.facts.map {
            Object(prefix: "/journal/facts/{number}", values: ["number": String($0)])
        }
        found += city.facts.prefix(3).map {
            Object(prefix: "/journal/facts/{number}/proof", values: ["number": String($0)])
        }
        return found
    }
}

import Foundation
import Lifecycle

/// `/assets/{version}/{file}`: the stylesheet, the script, the mark. The version is a digest of their content,
/// so a browser may keep what it has for ever.
enum AssetRoutes {
    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "png": "image/png", "ico": "image/x-icon",
    ]

    static func add(to routes: Routes) {
        let kept = load(from: House.resources)
        routes.get("/assets/{version}/{file}") { ask in
            let name = ask.parameter("file")
            let written = ask.house.options.written
            let assets = written.map(load(from:)) ?? kept
            // Not an object somebody may or may not see: a plain answer, not the sign-in page.
            guard let asset = assets[name] else { return .text("404", status: 404) }
            var answer = Answer(status: 200, headers: [("Content-Type", asset.type)], body: asset.bytes)
            let isCurrent = ask.parameter("version") == ask.house.options.assetVersion
            answer.set(
                "Cache-Control",
                isCurrent && written == nil
                    ? "public, max-age=31536000, immutable" : "no-cache")
            return answer
        }
        routes.get("/favicon.ico") { ask in
            .see("/assets/\(ask.house.options.assetVersion)/favicon.svg")
        }
    }

    private struct Asset: Sendable {
        let type: String
        let bytes: [UInt8]
    }

    /// Read once, by the names that are there: a path never reaches the disk.
    private static func load(from place: String) -> [String: Asset] {
        let folder = "\(place)/Assets"
        var found: [String: Asset] = [:]
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            guard let suffix = name.split(separator: ".").last, let type = types[String(suffix)],
                let data = FileManager.default.contents(atPath: "\(folder)/\(name)")
            else { continue }
            found[name] = Asset(type: type, bytes: Array(data))
        }
        return found
    }
}

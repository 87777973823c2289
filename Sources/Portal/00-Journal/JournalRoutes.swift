import Foundation
import Lifecycle
import Store
import TransparencyLog

/// `/journal`: what the journal is and how anybody verifies it; single facts for those who may see them.
enum JournalRoutes {
    static func add(to routes: Routes) {
        LogRoutes.add(to: routes)
        routes.get("/journal") { ask in
            let last = try await ask.read { try CheckpointRow.last($0) }
            return try await ask.page("journal/home", JournalPage(last, ask))
        }
        routes.get("/journal/key") { ask in .text("\(ask.house.keys.verifier.vkey)\n") }
        routes.get("/journal/verify_proof.py") { _ in
            let path = "\(House.resources)/Data/verify_proof.py"
            guard let bytes = FileManager.default.contents(atPath: path) else { throw Missing() }
            return .download(Array(bytes), name: "verify_proof.py", type: "text/x-python; charset=utf-8")
        }
        routes.get("/journal/facts/{number}") { ask in
            let (row, view) = try await find(ask)
            let number = row.fact.number
            let erasure = try await ask.read { try Erasures.of([number], $0).payloads[number] }
            return try await ask.page("journal/fact", FactPage(row, view, erasedBy: erasure, ask))
        }
        routes.get("/journal/facts/{number}/proof") { ask in
            let (row, view) = try await find(ask)
            let number = row.fact.number
            do {
                let text = try await ask.read { try FactProof.make(number, $0, opening: view == .whole) }
                return .download(
                    Array(text.utf8), name: "fact-\(number).tlog-proof", type: "text/plain; charset=utf-8")
            } catch FactProof.Refused.notSealed {
                throw Refused("journal.not-sealed")
            }
        }
    }

    /// The fact, if the viewer may know of it. Reading what others did is itself journaled.
    private static func find(_ ask: Ask) async throws -> (JournalRow, FactView) {
        _ = try ask.signedIn()
        guard let number = Int64(ask.parameter("number")), number >= 0 else { throw Missing() }
        let found = try await ask.read { store -> (JournalRow, FactView)? in
            guard let row = try JournalRow.find(number, store) else { return nil }
            return (row, try FactView.of(row.fact, for: ask.viewer, ask.house.slices, store))
        }
        guard let (row, view) = found, view != .nothing else { throw Missing() }
        if view == .whole, row.fact.actor != ask.viewer.person {
            try await Reads.note(.fact, about: row.fact.subject, ask)
        }
        return (row, view)
    }
}

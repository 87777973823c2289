import Lifecycle
import Store

/// Which part of a draw waits for a viewer.
enum DrawTasks {
    static func of(_ viewer: Viewer, at now: Instant, _ store: Transaction) throws -> [PendingTask] {
        let chance = try promises(of: viewer, at: now, store)
        guard let person = viewer.person, DrawSight.isOfficial(viewer) else { return chance }
        let open = try DrawQueries.open(store).compactMap { draw -> PendingTask? in
            guard let part = next(draw, at: now), may(viewer, part, of: draw) else { return nil }
            // A part that is somebody else's waits for nobody who did another.
            guard !Draw.Part.allCases.contains(where: { draw.did($0, person) && $0 != part }) else {
                return nil
            }
            return PendingTask(
                verb: "draw-\(part.rawValue)", title: draw.title, href: "/draws/\(draw.id)", due: nil)
        }
        return chance + Foremost(open).tasks(desk: "/draws") { $0 }
    }

    /// What a university's research office has to promise or to open.
    private static func promises(of viewer: Viewer, at now: Instant, _ store: Transaction) throws
        -> [PendingTask]
    {
        let offices = viewer.organisations(as: .researchOffice)
        guard !offices.isEmpty else { return [] }
        let tasks = try DrawQueries.awaited(of: offices, at: now, store).map { row in
            PendingTask(
                verb: row.isOpening ? "draw-open" : "draw-promise", title: row.title,
                href: "/draws/\(row.id)", due: row.due)
        }
        return Foremost(tasks).tasks(desk: "/draws") { $0 }
    }

    /// The part that comes next, nil when nothing does or its time has not come.
    static func next(_ draw: DrawRecord, at now: Instant) -> Draw.Part? {
        guard let notBefore = draw.notBefore else { return draw.awaitsPromises(at: now) ? nil : .keep }
        return draw.heldAt == nil && notBefore <= now && !draw.isLost(at: now) ? .hold : nil
    }

    /// Whether the pool is this viewer's to freeze now.
    static func mayFreeze(_ draw: DrawRecord, _ viewer: Viewer, at now: Instant) -> Bool {
        isKeeping(draw, viewer, at: now) && draw.hasPromises
    }

    /// Whether universities are this viewer's to ask now.
    static func mayInvite(_ draw: DrawRecord, _ viewer: Viewer, at now: Instant) -> Bool {
        isKeeping(draw, viewer, at: now) && draw.mayInvite(at: now)
    }

    private static func isKeeping(_ draw: DrawRecord, _ viewer: Viewer, at now: Instant) -> Bool {
        next(draw, at: now) == .keep && may(viewer, .keep, of: draw)
    }

    static func may(_ viewer: Viewer, _ part: Draw.Part, of draw: DrawRecord) -> Bool {
        draw.purpose.roles(for: part).contains(where: viewer.holds)
    }
}

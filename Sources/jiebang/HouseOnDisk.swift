import Foundation
import PlanFiles
import Portal
import Store

/// Opens the house in a folder on the disk.
struct HouseOnDisk {
    let place: DataOptions
    let plan: PlanOptions
    var demo = false
    /// Where templates, words and assets are being written.
    var written: String?
    /// How large a city is seeded.
    var size = DemoCity.Size.full
    /// Slices beside the house's own.
    var more: [Slice] = []

    /// For writing; the caller holds the lock.
    func open() async throws -> House { try await open(data: place.data, keys: place.keys) }

    /// For reading, beside a server or not.
    func openForReading() async throws -> House {
        try await House.open(
            database: try place.openForReading(), plan: try PlanFolder.load(plan.folder),
            options: House.Options(data: place.data, keys: place.keys), reading: true)
    }

    /// For writing, with the demo city where there is nobody yet.
    ///
    /// The city is built in a folder of its own and moved into place when whole, so that who breaks off the
    /// seeding starts anew.
    func openDemo(before seeding: (House) async throws -> Void) async throws -> House {
        if !place.hasDatabase {
            let workshop = "\(place.data)/.seeding"
            let files = FileManager.default
            if files.fileExists(atPath: workshop) { try files.removeItem(atPath: workshop) }
            try DurableFile.makeFolder(workshop)
            let house = try await open(data: workshop, keys: nil)
            try await seeding(house)
            try seed(house)
            try house.database.close()
            try settle(workshop)
        }
        let house = try await open()
        let isEmpty = try house.database.readNow { store in
            try store.value("SELECT 1 FROM person LIMIT 1", as: Int.self) == nil
        }
        if isEmpty { try seed(house) }
        return house
    }

    private func seed(_ house: House) throws {
        _ = try DemoCity.seed(house, size: size) { Terminal.tell("  \($0)") }
        try Sealer(database: house.database, keys: house.keys, now: { house.now }).seal()
    }

    /// The database last: what is there with it is whole.
    private func settle(_ workshop: String) throws {
        let files = FileManager.default
        guard !files.fileExists(atPath: "\(place.keysFolder)/journal.key") else {
            throw Complaint("\(place.keysFolder) holds the keys of another journal")
        }
        for (from, to) in [
            ("keys", place.keysFolder), ("attachments", place.attachmentFolder),
            ("jiebang.sqlite", place.databasePath),
        ] where files.fileExists(atPath: "\(workshop)/\(from)") {
            try DurableFile.makeFolder(URL(fileURLWithPath: to).deletingLastPathComponent().path)
            if files.fileExists(atPath: to) { try files.removeItem(atPath: to) }
            try files.moveItem(atPath: "\(workshop)/\(from)", toPath: to)
        }
        try files.removeItem(atPath: workshop)
    }

    private func open(data: String, keys: String?) async throws -> House {
        try await House.open(
            database: try Database.open(path: DataOptions.databasePath(in: data)),
            plan: try PlanFolder.load(plan.folder),
            options: House.Options(data: data, keys: keys, demo: demo, written: written), more: more)
    }
}

/// The commitment as JSON. What is not said is left out, so that one commitment has one document.
extension Commitment {
    static let format = "public-draw/commitment/1"

    var json: JSON {
        var members: [JSON.Member] = [
            .init("format", .string(Self.format)),
            .init("profile", .string(profile.rawValue)),
            .init("pool", .array(pool.map(\.json))),
            .init("poolDigest", .string(poolDigest)),
            .init("quotas", .array(quotas.map(\.json))),
            .init("sources", .array(sources.map(\.json))),
        ]
        if !title.isEmpty { members.append(.init("title", .string(title))) }
        if !exclusions.isEmpty { members.append(.init("exclusions", .array(exclusions.map(\.json)))) }
        return .object(members)
    }

    /// Reads a document. Blanks and the order of members do not matter, and ``canonical`` gives the bytes that count.
    public init(document text: String) throws(DocumentRefused) {
        try self.init(json: try JSON(text), at: "")
    }

    init(json: JSON, at path: String) throws(DocumentRefused) {
        var fields = try Fields(json, at: path)
        try fields.format(Self.format)
        let name = try fields.string("profile")
        guard let profile = DrawProfile(rawValue: name) else {
            throw .shape(at: fields.place("profile"), "it must be sha256 or rfc3797")
        }
        let pool = try fields.list("pool", PoolEntry.init)
        let told = try fields.string("poolDigest")
        let quotas = try fields.list("quotas", Quota.init)
        let sources = try fields.list("sources", RandomSource.init)
        let title = try fields.optionalString("title")
        guard title != "" else { throw .shape(at: fields.place("title"), "an empty title is left unsaid") }
        let exclusions = try fields.exclusions()
        try fields.finish()
        do throws(CommitmentRefused) {
            try self.init(
                profile: profile, title: title ?? "", pool: pool, exclusions: exclusions, quotas: quotas,
                sources: sources)
        } catch {
            throw .commitment(error)
        }
        guard told == poolDigest else {
            throw .shape(at: fields.place("poolDigest"), "it says \(told), the pool has \(poolDigest)")
        }
    }
}

extension Fields {
    fileprivate mutating func exclusions() throws(DocumentRefused) -> [Exclusion] {
        guard let value = optional("exclusions") else { return [] }
        let exclusions = try value.elements(at: place("exclusions"), Exclusion.init)
        guard !exclusions.isEmpty else {
            throw .shape(at: place("exclusions"), "an empty list is left unsaid")
        }
        return exclusions
    }
}

extension PoolEntry {
    var json: JSON {
        var members: [JSON.Member] = [.init("id", .string(id))]
        if let stratum { members.append(.init("class", .string(stratum))) }
        if tickets != 1 { members.append(.init("tickets", .integer(tickets))) }
        return .object(members)
    }

    init(json: JSON, at path: String) throws(DocumentRefused) {
        var fields = try Fields(json, at: path)
        let id = try fields.string("id")
        let stratum = try fields.optionalString("class")
        let tickets = try fields.optionalInteger("tickets")
        try fields.finish()
        guard tickets != 1 else { throw .shape(at: path, "one ticket is left unsaid") }
        self.init(id: id, stratum: stratum, tickets: tickets ?? 1)
    }
}

extension Exclusion {
    var json: JSON { .object([.init("id", .string(id)), .init("reason", .string(reason))]) }

    init(json: JSON, at path: String) throws(DocumentRefused) {
        var fields = try Fields(json, at: path)
        self.init(id: try fields.string("id"), reason: try fields.string("reason"))
        try fields.finish()
    }
}

extension Quota {
    var json: JSON {
        var members = JSON.integers(["places": places, "alternates": alternates])
        if let stratum { members.append(.init("class", .string(stratum))) }
        return .object(members)
    }

    init(json: JSON, at path: String) throws(DocumentRefused) {
        var fields = try Fields(json, at: path)
        let stratum = try fields.optionalString("class")
        guard let places = try fields.optionalInteger("places"),
            let alternates = try fields.optionalInteger("alternates")
        else { throw .shape(at: path, "it must say places and alternates") }
        try fields.finish()
        self.init(stratum: stratum, places: places, alternates: alternates)
    }
}

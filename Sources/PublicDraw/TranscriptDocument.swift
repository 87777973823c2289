/// The transcript as JSON.
enum TranscriptDocument {
    static let format = "public-draw/transcript/1"

    /// What the draw follows from. The rest of the document is only looked at when it is compared.
    static func inputs(of json: JSON) throws(DocumentRefused) -> (Commitment, [SourceValue]) {
        var fields = try Fields(json, at: "")
        try fields.format(format)
        let commitment = try Commitment(json: try fields.required("commitment"), at: "commitment")
        return (commitment, try fields.list("values", SourceValue.init))
    }
}

extension Transcript {
    var json: JSON {
        .object([
            .init("format", .string(TranscriptDocument.format)),
            .init("commitment", commitment.json),
            .init("commitmentDigest", .string(commitment.digest)),
            .init("values", .array(values.map(\.json))),
            .init("key", .string(key)),
            .init("rounds", .array(rounds.map(\.json))),
            .init("drawn", .array(drawn.map { .string($0.id) })),
            .init("alternates", .array(alternates.map { .string($0.id) })),
        ])
    }
}

extension Round {
    var json: JSON {
        var members = JSON.integers([
            "index": index, "number": number, "remainder": remainder, "remaining": remaining,
        ])
        members += [.init("digest", .string(digest)), .init("id", .string(id))]
        if let stratum { members.append(.init("class", .string(stratum))) }
        switch outcome {
        case .drawn(let place):
            members += [.init("outcome", .string("drawn")), .init("place", .integer(place))]
        case .alternate(let place):
            members += [.init("outcome", .string("alternate")), .init("place", .integer(place))]
        case .skipped(let reason):
            members += [.init("outcome", .string("skipped")), .init("reason", .string(reason))]
        }
        return .object(members)
    }
}

/// Sources and their values as JSON.
extension RandomSource {
    var json: JSON {
        var members: [JSON.Member] = [.init("name", .string(name))]
        switch kind {
        case .sorted(let count):
            members.append(.init("kind", .string("sorted")))
            if let count { members.append(.init("count", .integer(count))) }
        case .ordered(let count):
            members.append(.init("kind", .string("ordered")))
            if let count { members.append(.init("count", .integer(count))) }
        case .hexadecimal(let byteCount):
            members.append(.init("kind", .string("hexadecimal")))
            if let byteCount { members.append(.init("count", .integer(byteCount))) }
        case .contributions(let contributions, let quorum):
            members.append(.init("kind", .string("contributions")))
            members.append(.init("quorum", .integer(quorum)))
            members.append(.init("parties", .array(contributions.map(\.json))))
        case .commitment:
            members.append(.init("kind", .string("commitment")))
        }
        return .object(members)
    }

    init(json: JSON, at path: String) throws(DocumentRefused) {
        var fields = try Fields(json, at: path)
        let name = try fields.string("name")
        let kind: Kind
        switch try fields.string("kind") {
        case "sorted": kind = .sorted(count: try fields.optionalInteger("count"))
        case "ordered": kind = .ordered(count: try fields.optionalInteger("count"))
        case "hexadecimal": kind = .hexadecimal(byteCount: try fields.optionalInteger("count"))
        case "contributions":
            let parties = try fields.list("parties", Contribution.init)
            guard let quorum = try fields.optionalInteger("quorum") else {
                throw .shape(at: path, "quorum is missing")
            }
            kind = .contributions(parties, quorum: quorum)
        case "commitment": kind = .commitment
        default:
            throw .shape(
                at: fields.place("kind"),
                "it must be sorted, ordered, hexadecimal, contributions or commitment")
        }
        try fields.finish()
        self.init(name: name, kind: kind)
    }
}

extension Contribution {
    var json: JSON { .object([.init("party", .string(party)), .init("hash", .string(hash))]) }

    init(json: JSON, at path: String) throws(DocumentRefused) {
        var fields = try Fields(json, at: path)
        self.init(party: try fields.string("party"), hash: try fields.string("hash"))
        try fields.finish()
    }
}

extension SourceValue {
    var json: JSON {
        let content: JSON.Member =
            switch content {
            case .numbers(let texts): .init("numbers", .array(texts.map(JSON.string)))
            case .hexadecimal(let text): .init("hexadecimal", .string(text))
            case .openings(let openings): .init("openings", .array(openings.map(\.json)))
            }
        return .object([.init("source", .string(source)), content])
    }

    init(json: JSON, at path: String) throws(DocumentRefused) {
        var fields = try Fields(json, at: path)
        let source = try fields.string("source")
        let content: Content
        if let text = try fields.optionalString("hexadecimal") {
            content = .hexadecimal(text)
        } else if let openings = fields.optional("openings") {
            content = .openings(try openings.elements(at: fields.place("openings"), Opening.init))
        } else {
            content = .numbers(
                try fields.list("numbers") { (json, path) throws(DocumentRefused) in
                    try json.string(at: path)
                })
        }
        try fields.finish()
        self.init(source: source, content: content)
    }
}

extension Opening {
    var json: JSON {
        var members: [JSON.Member] = [.init("party", .string(party))]
        switch outcome {
        case .opened(let secret):
            members += [.init("outcome", .string("opened")), .init("secret", .string(secret))]
        case .late(let secret):
            members += [.init("outcome", .string("late")), .init("secret", .string(secret))]
        case .missing:
            members.append(.init("outcome", .string("missing")))
        }
        return .object(members)
    }

    init(json: JSON, at path: String) throws(DocumentRefused) {
        var fields = try Fields(json, at: path)
        let party = try fields.string("party")
        let outcome: Outcome
        switch try fields.string("outcome") {
        case "opened": outcome = .opened(secret: try fields.string("secret"))
        case "late": outcome = .late(secret: try fields.string("secret"))
        case "missing": outcome = .missing
        default: throw .shape(at: fields.place("outcome"), "it must be opened, late or missing")
        }
        try fields.finish()
        self.init(party: party, outcome: outcome)
    }
}

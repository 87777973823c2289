extension RandomSource {
    /// What a person wrote down for a source of numbers or bytes: numbers between blanks, commas or 、, bytes in
    /// hexadecimal. nil for a source that gives neither.
    public func content(written text: String) -> SourceValue.Content? {
        switch kind {
        case .sorted, .ordered:
            let parts = text.unicodeScalars.split {
                $0.properties.isWhitespace || [",", "，", "、"].contains($0)
            }
            return .numbers(parts.map { String($0) })
        case .hexadecimal:
            return .hexadecimal(
                String(
                    String.UnicodeScalarView(text.unicodeScalars.filter { !$0.properties.isWhitespace })))
        case .contributions, .commitment:
            return nil
        }
    }
}

extension Commitment {
    /// Reads values from JSON: the list that a transcript has under `values`, or for short an object of sources by
    /// name, each with a text, a whole number or a list of these; parties by name with their secrets, a late one as
    /// `{"late": "…"}`.
    public func values(document text: String) throws(DocumentRefused) -> [SourceValue] {
        let json = try JSON(text)
        guard case .object(let members) = json else {
            return try json.elements(at: "values", SourceValue.init)
        }
        var values: [SourceValue] = []
        for member in members {
            guard let source = sources.first(where: { Exact($0.name) == Exact(member.name) }) else {
                throw .shape(at: member.name, "the commitment names no such source")
            }
            values.append(
                SourceValue(source: source.name, content: try content(of: member.value, for: source)))
        }
        return values
    }

    private func content(of json: JSON, for source: RandomSource) throws(DocumentRefused)
        -> SourceValue.Content
    {
        switch source.kind {
        case .sorted, .ordered:
            guard case .array(let elements) = json else {
                return .numbers([try number(json, at: source.name)])
            }
            var texts: [String] = []
            for (index, element) in elements.enumerated() {
                texts.append(try number(element, at: "\(source.name)[\(index)]"))
            }
            return .numbers(texts)
        case .hexadecimal:
            return .hexadecimal(try json.string(at: source.name))
        case .contributions:
            guard case .object(let members) = json else {
                throw .shape(at: source.name, "it must be an object of parties with their secrets")
            }
            var openings: [Opening] = []
            for member in members {
                let place = "\(source.name).\(member.name)"
                openings.append(
                    Opening(party: member.name, outcome: try outcome(of: member.value, at: place)))
            }
            return .openings(openings)
        case .commitment:
            throw .shape(at: source.name, "it is the commitment itself and takes no value")
        }
    }

    private func number(_ json: JSON, at place: String) throws(DocumentRefused) -> String {
        if case .integer(let number) = json { return String(number) }
        return try json.string(at: place)
    }

    private func outcome(of json: JSON, at place: String) throws(DocumentRefused) -> Opening.Outcome {
        guard case .object = json else { return .opened(secret: try json.string(at: place)) }
        var fields = try Fields(json, at: place)
        let secret = try fields.string("late")
        try fields.finish()
        return .late(secret: secret)
    }
}

import Lifecycle

/// The vocabulary of one first-level discipline of GB/T 13745.
///
/// Written as a block of lines, so that the compiler sees one string instead of hundreds:
/// first `790 经济学`, then `79047 …、…` (objects under their second-level code) and the lines
/// 地 (places or uses), 旨 (what it serves in Beijing), 问 (aspects), 论 (theories), 法 (methods),
/// 料 (materials). A word that fits only some second levels ends in `@79047/79052`.
struct DemoField: Sendable {
    var code = ""
    var name = ""
    var objects: [Object] = []
    /// Empty for disciplines whose objects are not tied to a place.
    var places: [Word] = []
    var goals: [Word] = []
    var aspects: [Word] = []
    var theories: [Word] = []
    var methods: [Word] = []
    var materials: [Word] = []

    struct Object: Sendable {
        var code: String
        var words: String
        /// Without its inner 的, for use before another 的 and in titles.
        var compact: String
    }

    struct Word: Sendable {
        var words: String
        /// The second levels it fits; empty for all.
        var codes: [Substring]

        func fits(_ code: String) -> Bool { codes.isEmpty || codes.contains(Substring(code)) }
    }

    /// Reads blocks, each begun by a line with a first-level code.
    static func fields(_ text: String) -> [DemoField] {
        var fields: [DemoField] = []
        for line in text.split(separator: "\n") {
            guard let space = line.firstIndex(of: " ") else { continue }
            let key = String(line[..<space])
            let rest = line[line.index(after: space)...]
            if key.count == 3 {
                fields.append(DemoField(code: key, name: String(rest)))
            } else if let last = fields.indices.last {
                fields[last].add(rest.split(separator: "、"), under: key)
            }
        }
        return fields
    }

    private mutating func add(_ listed: [Substring], under key: String) {
        let words = listed.map { item in
            let halves = item.split(separator: "@")
            return Word(
                words: String(halves[0]), codes: halves.dropFirst().flatMap { $0.split(separator: "/") })
        }
        switch key {
        case "地": places += words
        case "旨": goals += words
        case "问": aspects += words
        case "论": theories += words
        case "法": methods += words
        case "料": materials += words
        default:
            objects += words.map {
                Object(code: key, words: $0.words, compact: String($0.words.filter { $0 != "的" }))
            }
        }
    }
}

/// What one application is about: one choice from each list of a field's vocabulary.
struct DemoSubject: Sendable {
    var field: DemoField
    var object: DemoField.Object
    var aspects: [String]
    var theory: String
    var methods: [String]
    var materials: [String]
    var place: String
    var goal: String

    init(in field: DemoField, using chance: inout some RandomNumberGenerator) {
        let object = chance.pick(field.objects)
        func fitting(_ words: [DemoField.Word]) -> [String] {
            words.filter { $0.fits(object.code) }.map(\.words)
        }
        self.field = field
        self.object = object
        aspects = chance.pick(2, of: fitting(field.aspects))
        theory = chance.pick(fitting(field.theories))
        methods = chance.pick(2, of: fitting(field.methods))
        materials = chance.pick(2, of: fitting(field.materials))
        place = field.places.isEmpty ? "北京" : chance.pick(fitting(field.places))
        goal = chance.pick(fitting(field.goals))
    }

    subscript(slot: DemoSlot) -> String {
        switch slot {
        case .object: object.words
        case .compactObject: object.compact
        case .aspect: aspects[0]
        case .furtherAspect: aspects[1]
        case .theory: theory
        case .method: methods[0]
        case .furtherMethod: methods[1]
        case .material: materials[0]
        case .furtherMaterial: materials[1]
        case .place: place
        case .goal: goal
        case .discipline: field.name
        }
    }
}

import Lifecycle
import Store

/// The form by which a person is entered: text in, a ``Person`` or refusals out.
enum PersonForm {
    private static let fields = [
        "name", "pinyin", "email", "organisation", "born", "title", "titleLevel", "degree", "teacher",
        "service",
    ]
    static let titleLevels = ["正高", "副高", "中级", "初级"]

    static func parse(_ ask: Ask, _ change: Change) throws -> Person {
        let form = ask.form
        var refusals: [Refusal] = []
        func day(_ name: String) -> Day? {
            let text = form.text(name)
            guard !text.isEmpty else { return nil }
            let day = Day(text: text)
            if day == nil { refusals.append(Refusal("person.\(name)")) }
            return day
        }
        func text(_ name: String) -> String? {
            let text = form.text(name)
            if text.count > 60 { refusals.append(Refusal("person.\(name)")) }
            return text.isEmpty ? nil : text
        }
        let born = day("born")
        let service = day("service")
        let title = text("title")
        let degree = text("degree")
        let pinyin = text("pinyin") ?? ""
        let level = form.text("titleLevel")
        if !level.isEmpty && !titleLevels.contains(level) { refusals.append(Refusal("person.titleLevel")) }
        guard refusals.isEmpty else { throw Refused(refusals) }
        return Person(
            id: change.world.id(), name: form.text("name"), pinyin: pinyin.lowercased(),
            email: form.text("email").lowercased(), organisation: ID(form.text("organisation")), born: born,
            title: title, titleLevel: level.isEmpty ? nil : level, degree: degree,
            fullTimeTeacher: ["yes": true, "no": false][form.text("teacher")], serviceUntil: service)
    }

    static func page(_ ask: Ask, _ refusals: [Refusal]) async throws -> Answer {
        let places = try await ask.read { store in try AdminQueries.organisations(store) }
        let form = ask.form
        let page = PersonFormPage(
            name: form.text("name"), pinyin: form.text("pinyin"), email: form.text("email"),
            born: form.text("born"), title: form.text("title"), degree: form.text("degree"),
            service: form.text("service"),
            places: places.map {
                Choice(
                    value: $0.id.rawValue, label: $0.name,
                    chosen: $0.id.rawValue == form.text("organisation"))
            },
            levels: titleLevels.map { Choice(value: $0, label: $0, chosen: $0 == form.text("titleLevel")) },
            teacher: ["yes", "no"].map {
                Choice(value: $0, label: ask.words["people.\($0)"], chosen: $0 == form.text("teacher"))
            },
            troubles: Troubles(refusals, ask.words) { refusal in
                let field = refusal.code.split(separator: ".").last.map(String.init) ?? ""
                if refusal.code == "person.email-taken" { return "email" }
                return fields.contains(field) ? field : "name"
            })
        return try await ask.page(
            "people/person-form", page, status: refusals.isEmpty ? 200 : 422)
    }
}

struct PersonFormPage: Sendable {
    let name: String
    let pinyin: String
    let email: String
    let born: String
    let title: String
    let degree: String
    let service: String
    let places: [Choice]
    let levels: [Choice]
    let teacher: [Choice]
    let troubles: Troubles
}

/// The form by which an organisation is entered.
enum OrganisationForm {
    static func parse(_ ask: Ask, _ change: Change) throws -> Organisation {
        let form = ask.form
        guard let kind = Organisation.Kind(rawValue: form.text("kind")) else {
            throw Refused("organisation.kind")
        }
        let parent = form.text("parent").isEmpty ? nil : ID<Organisation>(form.text("parent"))
        // A department or school is part of its parent's legal person; others are their own.
        var legalEntity: ID<Organisation>?
        if kind == .department || kind == .school {
            guard let parent else { throw Refused("organisation.parent") }
            legalEntity = try change.store.value(
                "SELECT legal_entity FROM organisation WHERE id = \(parent)", as: ID<Organisation>.self)
        }
        func text(_ name: String) throws -> String? {
            let text = form.text(name)
            if text.count > 100 { throw Refused("organisation.name") }
            return text.isEmpty ? nil : text
        }
        return Organisation(
            id: change.world.id(), name: form.text("name"), nameEn: try text("nameEn") ?? "",
            pinyin: (try text("pinyin") ?? "").lowercased(), kind: kind, parent: parent,
            legalEntity: legalEntity, code: try text("code"), group: try text("group"),
            authority: try text("authority"))
    }

    static func page(_ ask: Ask, _ refusals: [Refusal]) async throws -> Answer {
        let (places, groups) = try await ask.read { store in
            (try AdminQueries.organisations(store), try PeopleQueries.groups(store))
        }
        let form = ask.form
        let page = OrganisationFormPage(
            name: form.text("name"), nameEn: form.text("nameEn"), pinyin: form.text("pinyin"),
            code: form.text("code"), authority: form.text("authority"),
            kinds: Organisation.Kind.allCases.map {
                Choice(
                    value: $0.rawValue, label: ask.words["people.kind.\($0.rawValue)"],
                    chosen: $0.rawValue == form.text("kind"))
            },
            groups: groups.map { Choice(value: $0, label: $0, chosen: $0 == form.text("group")) },
            parents: places.map {
                Choice(value: $0.id.rawValue, label: $0.name, chosen: $0.id.rawValue == form.text("parent"))
            },
            troubles: Troubles(refusals, ask.words) { refusal in
                switch refusal.code {
                case "organisation.pinyin": "pinyin"
                case "organisation.parent": "parent"
                case "organisation.kind": "kind"
                case "organisation.code-taken": "code"
                default: "name"
                }
            })
        return try await ask.page(
            "people/organisation-form", page, status: refusals.isEmpty ? 200 : 422)
    }
}

struct OrganisationFormPage: Sendable {
    let name: String
    let nameEn: String
    let pinyin: String
    let code: String
    let authority: String
    let kinds: [Choice]
    let groups: [Choice]
    let parents: [Choice]
    let troubles: Troubles
}

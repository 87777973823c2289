import Lifecycle

/// The list of people as a table for spreadsheets. It has the list's own columns and no more: what else the register
/// knows of somebody is read person by person, and each reading is journaled.
enum PeopleExport {
    /// More than this is a matter for a report, not for a page.
    static let most = 5000

    static func file(
        _ people: [(seen: Seen<PersonRecord>, roles: [Role])], _ words: Words.Catalogue
    ) -> [UInt8] {
        let head = ["people.field.name", "people.field.organisation", "people.field.title", "people.roles"]
        return CSVText.file(
            [head.map { words[$0] }]
                + people.map { person in
                    [
                        person.seen[PersonSight.name] ?? "", person.seen[PersonSight.organisation] ?? "",
                        person.seen[PersonSight.title] ?? "",
                        person.roles.map { words["role.\($0.rawValue)"] }.joined(separator: "、"),
                    ]
                })
    }
}

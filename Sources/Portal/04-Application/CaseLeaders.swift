import Lifecycle
import Store

/// Who leads dossiers: universities, and where a programme lets them, firms, hospitals and institutes.
enum CaseLeaders {
    /// Every organisation that leads a dossier of those, in the order of their names.
    ///
    /// - Parameters:
    ///   - condition: on `application`; nil for all.
    ///   - chosen: stays in the list whatever it leads, so that what a list is narrowed to can be read.
    static func all(
        where condition: SQL?, chosen: String, _ store: Transaction
    ) throws -> [CaseChoices.Named] {
        try store.rows(
            """
            SELECT organisation.id AS id, organisation.name AS name FROM organisation
            WHERE organisation.id = \(chosen) OR EXISTS (SELECT 1 FROM application
              WHERE application.university = organisation.id AND \(sql: condition ?? "1 = 1"))
            ORDER BY organisation.pinyin, organisation.id
            """)
    }
}

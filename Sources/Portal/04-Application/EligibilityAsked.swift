import Foundation
import Lifecycle
import Store

/// What only some applications have and only some rules look at, read for all of them at once: applications in other calls
/// of the year, what the form chose and asks for, and who was asked in.
struct EligibilityAsked {
    /// By owner; nil where no rule counts across calls.
    private let families: [ID<Person>: [Elsewhere]]?
    private let answers: [ID<Application>: [String: String]]
    private let parties: [ID<Application>: [InvitedParty]]
    /// The discipline as submitted, which stands where the draft says none.
    private let disciplines: [ID<Application>: String]
    private let form: ApplicationForm
    private let asksAnswers: Bool

    private struct Elsewhere {
        let id: ID<Application>
        let counts: Applicant.FamilyApplication
    }

    init(
        _ asked: [EligibilityFacts.Asked], for versions: [RuleVersion], in call: Call, _ programme: Programme,
        _ definitions: Definitions, _ store: Transaction
    ) throws {
        let applications = Array(Set(asked.compactMap(\.application)))
        form = programme.form
        asksAnswers = versions.contains(where: \.asksAnswers)
        families = try Self.families(
            of: Array(Set(asked.map(\.person))), Set(versions.compactMap(\.demand?.countedFamily)), in: call,
            definitions, store)
        parties = Dictionary(
            grouping: try InvitedParty.all(of: applications, store).filter { $0.state == .accepted },
            by: \.application)
        let reading = asksAnswers ? applications : Array(parties.keys)
        answers = try Self.answers(of: reading, asSubmitted: asksAnswers, form, store)
        struct DisciplineRow: Decodable, Sendable {
            let id: ID<Application>
            let discipline: String
        }
        let submitted =
            parties.isEmpty
            ? []
            : try store.rows(
                "SELECT id, discipline FROM application WHERE id IN \(list: Array(parties.keys))",
                as: DisciplineRow.self)
        disciplines = Dictionary(submitted.map { ($0.id, $0.discipline) }) { first, _ in first }
    }

    /// Puts it to what is known of the person anyhow.
    func add(to applicant: inout Applicant, of asked: EligibilityFacts.Asked) {
        applicant.familyApplications = families.map { all in
            (all[asked.person] ?? []).filter { $0.id != asked.application }.map(\.counts)
        }
        guard let application = asked.application else { return }
        let own = answers[application] ?? [:]
        if asksAnswers {
            applicant.choices = form.choices(in: own)
            applicant.days = form.days(in: own)
            applicant.amount = own["amount"].flatMap { Int64($0) }.map { Money(fen: $0) }
        }
        guard let accepted = parties[application] else { return }
        applicant.parties = accepted.map {
            Applicant.PartyField(role: $0.role, disciplines: $0.disciplines)
        }
        applicant.discipline = own["discipline"] ?? disciplines[application]
    }

    /// Applications in the year's other calls too, where a rule counts across a family; nil where none does. What was
    /// withdrawn does not count, nor what is only being written.
    private static func families(
        of people: [ID<Person>], _ counted: Set<String>, in call: Call, _ definitions: Definitions,
        _ store: Transaction
    ) throws -> [ID<Person>: [Elsewhere]]? {
        guard !counted.isEmpty else { return nil }
        struct FamilyRow: Decodable, Sendable {
            let id: ID<Application>
            let owner: ID<Person>
            let number: String
            let digest: String
        }
        // The kind is kept from its index: each application's own few facts are looked through, and not each withdrawal
        // that there ever was.
        let rows = try store.rows(
            """
            SELECT application.id AS id, application.owner AS owner, call.number AS number,
              call.digest AS digest FROM application
            JOIN call ON call.id = application.call
            WHERE application.owner IN \(list: people) AND call.year = \(call.year)
              AND NOT EXISTS (SELECT 1 FROM fact WHERE fact.subject_kind = 'application'
                AND fact.subject_id = application.id AND fact.kind || '' = 'application.withdrawn')
            ORDER BY application.number
            """, as: FamilyRow.self)
        var known: [String: String] = [:]
        for digest in Set(rows.map(\.digest)) {
            known[digest] = try definitions.programme(digest, store)?.family
        }
        var found: [ID<Person>: [Elsewhere]] = [:]
        for row in rows {
            guard let family = known[row.digest], counted.contains(family) else { continue }
            found[row.owner, default: []].append(
                Elsewhere(
                    id: row.id, counts: Applicant.FamilyApplication(family: family, call: row.number)))
        }
        return found
    }

    /// What was written in the parts of the form that rules look at; where there is no draft, what was submitted.
    private static func answers(
        of applications: [ID<Application>], asSubmitted: Bool, _ form: ApplicationForm, _ store: Transaction
    ) throws -> [ID<Application>: [String: String]] {
        guard !applications.isEmpty else { return [:] }
        struct SectionRow: Decodable, Sendable {
            let draft: ID<Application>
            let section: String
            let answers: String
        }
        let looked = form.sections.filter { section in
            section.fields.contains {
                [.choice, .day].contains($0.kind) || ["amount", "discipline"].contains($0.id)
            }
        }.map(\.id)
        let written = try store.rows(
            """
            SELECT draft, section, answers FROM draft_section
            WHERE draft IN \(list: applications) AND section IN \(list: looked) ORDER BY draft, section
            """, as: SectionRow.self)
        var found: [ID<Application>: [String: String]] = [:]
        for row in written {
            found[row.draft, default: [:]].merge(Drafts.decode(row.answers)) { first, _ in first }
        }
        guard asSubmitted else { return found }
        struct BodyRow: Decodable, Sendable {
            let id: ID<Application>
            let body: String
        }
        let bodies = try store.rows(
            """
            SELECT application.id AS id, payload.body AS body FROM application
            JOIN payload ON payload.number = application.fact
            WHERE application.id IN \(list: applications.filter { found[$0]?.isEmpty != false })
            """, as: BodyRow.self)
        for row in bodies {
            found[row.id] =
                try JSONDecoder().decode(ApplicationSubmitted.self, from: Data(row.body.utf8)).application
                .answers
        }
        return found
    }
}

import Foundation
import PlanFiles
import Testing

@testable import Lifecycle

/// A call goes over to another definition only where no dossier loses its place and nothing that was written is lost.
struct CallMigrationTests {
    private static func programme(_ edit: (String, String) -> String = { $1 }) throws -> Programme {
        let files = try Repository.programme("research-plan-humanities-general")
        return try PlanFolder.programme(
            files: Dictionary(uniqueKeysWithValues: files.map { ($0.key, edit($0.key, $0.value)) }))
    }

    private let start: Instant

    init() throws { start = try #require(Instant(text: "2026-06-10 10:00")) }

    private func standing(_ programme: Programme, after steps: [String]) -> Standing {
        Standing(
            programme.procedure, began: start, closing: nil,
            events: steps.map { Standing.Event(Move($0, .done), at: start, person: nil, role: nil) },
            calendar: .weekendsOnly)
    }

    private func codes(_ old: Programme, _ new: Programme, after steps: [String]) -> [String] {
        CallMigration.obstacles(
            from: old, to: new,
            dossiers: [
                CallMigration.Dossier(
                    number: "1", now: standing(old, after: steps), then: standing(new, after: steps))
            ]
        ).map(\.code)
    }

    @Test func `the same definition strands nobody, wherever the dossier stands`() throws {
        let programme = try Self.programme()
        var behind: [String] = []
        for step in programme.procedure.steps {
            #expect(codes(programme, programme, after: behind) == [])
            behind.append(step.id)
        }
    }

    @Test func `a dossier keeps the step it stands at and those it has behind it`() throws {
        let old = try Self.programme()
        let step = try #require(old.procedure.step(of: .screen)?.id)
        let new = try Self.programme { name, text in
            guard name == "procedure.yaml" else { return text }
            // Its kind has the same name, and stays.
            return text.split(separator: "\n", omittingEmptySubsequences: false).map {
                $0.contains("kind:") ? String($0) : String($0.replacing(step, with: "other-\(step)"))
            }.joined(separator: "\n")
        }
        let behind = old.procedure.steps.prefix { $0.id != step }.map(\.id)
        #expect(codes(old, new, after: behind) == ["migration.stranded"])
        let told = try #require(
            CallMigration.obstacles(
                from: old, to: new,
                dossiers: [
                    CallMigration.Dossier(
                        number: "2026-SY-0007", now: standing(old, after: behind),
                        then: standing(new, after: behind))
                ]
            ).first)
        // Which dossier, where it stands, and what it lacks there.
        #expect(told.values["number"] == "2026-SY-0007" && told.values["id"] == step)
        #expect(told.values["at"] == old.procedure.step(of: .screen)?.label.zh)
        // Behind it too, because what was decided there would be gone, and the next step with it.
        #expect(Set(codes(old, new, after: behind + [step])) == ["migration.stranded"])
        // Before it nothing is lost.
        #expect(codes(old, new, after: []) == [])
    }

    @Test func `a field that went, and a review or a funding that changed under way, forbid the move`() throws
    {
        let old = try Self.programme()
        let field = try #require(old.form.sections.last?.fields.last?.id)
        let lost = try Self.programme { name, text in
            name == "form.yaml" ? text.replacing("id: \(field),", with: "id: other-\(field),") : text
        }
        #expect(codes(old, lost, after: []) == ["migration.field"])
        let criterion = try #require(old.review.criteria.first?.label.zh)
        let judged = try Self.programme { name, text in
            name == "review.yaml" ? text.replacing("zh: \(criterion)", with: "zh: 另一标准") : text
        }
        let review = try #require(old.procedure.step(of: .review)?.id)
        let behind = old.procedure.steps.prefix { $0.id != review }.map(\.id)
        #expect(codes(old, judged, after: []) == [])
        #expect(codes(old, judged, after: behind) == ["migration.review"])
    }
}

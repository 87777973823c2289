import Lifecycle
import Testing

@testable import Portal

struct ProcedureDrawingTests {
    private func step(_ id: String, after: [String], _ kind: Step.Kind = .screen) -> Step {
        Step(
            id: id, kind: kind, label: Label("步骤\(id)", "Step \(id)"), by: .programmeOfficer, after: after,
            within: nil)
    }

    private var words: Words.Catalogue {
        get throws { try Words(directory: "\(House.resources)/Words").catalogue(.zh) }
    }

    @Test func `boxes of a long procedure break into rows and stay inside the drawing`() throws {
        for count in 1...25 {
            let procedure = Procedure(
                steps: (0..<count).map { step("\($0)", after: $0 == 0 ? [] : ["\($0 - 1)"]) })
            let drawing = ProcedureDrawing(procedure, standing: nil, words: try words)
            let layout = ProcedureLayout(procedure)
            #expect(drawing.boxes.count == count)
            #expect(drawing.edges.count == count - 1)
            for place in layout.places {
                #expect(place.x >= 0 && place.x + layout.boxWidth <= ProcedureLayout.width)
                #expect(place.y >= 0 && place.y + ProcedureLayout.boxHeight <= layout.height)
            }
            #expect(Set(layout.places).count == count)
        }
    }

    @Test func `parallel steps stand under each other in one column`() throws {
        let procedure = Procedure(steps: [
            step("a", after: []), step("b", after: ["a"]), step("c", after: ["a"]),
            step("d", after: ["b", "c"]),
        ])
        let places = ProcedureLayout(procedure).places
        #expect(places[1].x == places[2].x && places[1].y != places[2].y)
        #expect(places[3].x > places[1].x)
    }

    @Test func `the step whose turn it is is marked once, in the drawing and in the list`() throws {
        let procedure = Procedure(steps: [
            step("a", after: [], .draft), step("b", after: ["a"]), step("c", after: ["b"]),
        ])
        let start = Instant(milliseconds: 1_780_000_000_000)
        let standing = Standing(
            procedure, began: start, closing: nil,
            events: [.init(Move("a", .done), at: start, person: nil, role: nil)], calendar: .weekendsOnly)
        let drawing = ProcedureDrawing(procedure, standing: standing, words: try words)
        #expect(drawing.boxes.map(\.state) == ["done", "current", "todo"])
        #expect(drawing.steps.map(\.isCurrent) == [false, true, false])
        #expect(drawing.edges.map(\.taken) == [true, false])
    }

    @Test func `a label too long for its box takes a second line and loses no letter`() {
        for text in ["填写并提交申请材料后等待学校审核", "University endorses the whole list", "公示"] {
            let lines = ProcedureDrawing.broken(text, within: 100)
            #expect(lines.joined() == text)
            #expect(lines.count <= 2)
        }
    }
}

import Crypto
import Foundation
import Lifecycle
import Portal
import Testing

@testable import Store

/// A small city on the disk, played to its payments and sealed, with a row in every projected table. Every test
/// has a copy of its own.
final class JournalCity {
    let folder: String
    let database: Database
    let keys: JournalKeys
    let projections = Projections(Slices.all(Definitions()))

    private init(folder: String) throws {
        self.folder = folder
        database = try Database.open(path: "\(folder)/jiebang.sqlite")
        keys = try JournalKeys.open(folder: "\(folder)/keys")
    }

    deinit {
        try? database.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    static func copy() async throws -> JournalCity {
        let template = try await template.value
        let folder = temporaryFolder()
        try FileManager.default.copyItem(atPath: template, toPath: folder)
        return try JournalCity(folder: folder)
    }

    static func temporaryFolder() -> String { TestFolder.free("city") }

    func verify() throws -> JournalReport {
        try JournalVerifier(
            database: database, projections: projections,
            keys: try JournalKeys.openPublic(folder: "\(folder)/keys"), attachments: "\(folder)/attachments"
        ).verify()
    }

    /// Changes the database as its owner could, past every act.
    func tamper(_ text: String) throws { try database.writeNow { try $0.script(text) } }

    func seal() throws { try Sealer(database: database, keys: keys, now: World.real.now).seal() }

    @discardableResult
    func append(_ body: some FactBody, about subject: Subject) throws -> Fact {
        try database.writeNow { store in
            try Change(store: store, at: World.real.now(), actor: nil, world: .real, projections: projections)
                .append(body, about: subject)
        }
    }

    @discardableResult
    func erase(
        _ parts: Set<Erasure.Part>, of numbers: [Int64], reason: String = "本人申请"
    ) throws -> [Int64] {
        try database.writeNow { store in
            let change = Change(
                store: store, at: World.real.now(), actor: nil, world: .real, projections: projections)
            return try Erasure.erase(parts, of: numbers, reason: reason, change, projections).sameReason
        }
    }

    func first(_ kind: String) throws -> Int64 {
        let number = try database.readNow { store in
            try store.value("SELECT MIN(number) FROM fact WHERE kind = \(kind)", as: Int64.self)
        }
        return try #require(number)
    }

    /// A file that a fact names.
    struct NamedFile {
        let bytes: [UInt8]
        let hash: String

        init(_ text: String) {
            bytes = Array(text.utf8)
            hash = Canonical.hex(SHA256.hash(data: bytes))
        }

        var place: String { "attachments/\(hash.prefix(2))/\(hash)" }
        func path(in folder: String) -> String { "\(folder)/\(place)" }
    }

    /// What came with an application, and what came with an objection.
    static let attachment = NamedFile("论证材料（演示）")
    static let evidence = NamedFile("异议的证明材料（演示）")

    /// Built once for all tests.
    private static let template = Task { try await build() }

    private static func build() async throws -> String {
        let folder = temporaryFolder()
        try DurableFile.makeFolder(folder)
        let house = try await House.open(
            database: try Database.open(path: "\(folder)/jiebang.sqlite"), plan: try Season.plan.get(),
            options: House.Options(data: folder, demo: true), shipped: try await Season.shipped)
        try DemoCity.seed(house, size: .small)
        let actor = try house.database.readNow {
            try $0.value("SELECT MAX(id) FROM person", as: ID<Person>.self)
        }
        try house.changeNow(by: actor, at: house.now) { try Self.furnish($0) }
        for file in [attachment, evidence] {
            let path = file.path(in: folder)
            try DurableFile.makeFolder((path as NSString).deletingLastPathComponent)
            try DurableFile.create(file.bytes, at: path)
        }
        try Sealer(database: house.database, keys: house.keys, now: { house.now }).seal()
        try house.database.close()
        return folder
    }

    /// A meeting that one member leaves and another votes at.
    private static func meet(over application: ID<Application>, by person: ID<Person>, _ change: Change)
        throws
    {
        let meeting = Meeting(
            id: ID("meeting000000000"), call: ID("x"), title: "评审会议", at: change.at, place: "会议室",
            chair: person, panel: [person], agenda: [application], quorum: 1, majority: 51)
        let subject = Subject.meeting(meeting.id)
        try change.append(MeetingCalled(meeting: meeting), about: subject, as: .programmeOfficer)
        try change.append(MeetingOpened(present: [person]), about: subject, as: .programmeOfficer)
        try change.append(
            MeetingItemBegun(application: application), about: subject, as: .programmeOfficer)
        try change.append(
            MeetingMemberLeft(application: application, person: person, conflict: nil), about: subject,
            as: .expert, reason: "曾同住一间病房")
        try change.append(BallotCast(application: application, vote: .yes), about: subject, as: .expert)
        try change.append(
            MeetingItemClosed(
                meeting: meeting.id, tally: MeetingTally([.yes], entitled: 1), outcome: .supported),
            about: .application(application), as: .programmeOfficer)
        try change.append(MeetingEnded(minutes: "纪要"), about: subject, as: .programmeOfficer)
    }

    /// A race proposed, voices counted and a notice withheld.
    private static func letOtherwise(_ application: ID<Application>, _ change: Change) throws {
        let terms = Race.Terms(
            topicNumber: "T1", topicTitle: "题目", lanes: 2, gate: Season.day("2028-01-01"), indicators: [],
            assessor: Race.Assessor(organisation: ID("x"), name: "检测机构"), grant: Money(yuan: 2),
            firstMoney: Money(yuan: 1), verdicts: GateVerdict.allCases, standing: .demo, cites: Citation())
        let race = Race(
            id: ID("race000000000000"), call: ID("x"), topic: ID("x"), lanes: [application], terms: terms)
        try change.append(
            RaceProposed(race), about: .call(ID("x")), as: .programmeOfficer, reason: "提出人病后补报")
        let counted = #"{"step":"x","voices":{"yes":2},"least":2,"carried":true}"#
        try change.append(
            try JSONDecoder().decode(StatementsCounted.self, from: Data(counted.utf8)),
            about: .application(application))
        try change.append(
            CriterionFound(step: "x", criterion: "head", state: .missing, attachment: nil),
            about: .application(application), as: .programmeOfficer, reason: "负责人病休，尚未到岗")
        try change.append(
            NoticeWithheld(), about: .application(application), as: .commissionLeader, reason: "涉及病历，不公示")
        try change.append(
            AdoptionRecorded(
                extent: .part, organisation: "试用单位", place: "一处车间", since: Season.day("2026-06-01"),
                corrects: nil), about: .application(application), as: .finalUser, reason: "现场负责人的手写证明")
        let invited = try change.append(
            RollInvited(
                statement: "x", name: "特邀某人", organisation: "外地某校", title: "主旨报告", answers: ["x": "y"]),
            about: .call(ID("x")), as: .programmeOfficer, reason: "来信说病愈后到会")
        try change.append(
            RollInvitationWithdrawn(fact: invited.number, by: nil), about: .call(ID("x")),
            as: .programmeOfficer)
        // Another organisation that does not agree to a call, and agrees to a selection.
        try change.append(
            CallNotJoined(funder: ID("x"), text: "0"), about: .call(ID("x")), as: .jointFunder,
            reason: "经办人病休，下月再议")
        try change.append(
            SelectionJoined(proposal: 1, funder: ID("x")), about: .call(ID("x")), as: .jointFunder)
    }

    /// Facts of the kinds that the demo does not play: a file, an exclusion, an objection, a conflict, a departure
    /// from the ranking, an erased reason.
    private static func furnish(_ change: Change) throws {
        let store = change.store
        struct Submission: Decodable, Sendable {
            let body: String
            let subject: String
        }
        let row = try #require(
            try store.row(
                """
                SELECT payload.body, fact.subject_id AS subject FROM fact JOIN payload ON payload.number = fact.number
                WHERE fact.kind = 'application.submitted' ORDER BY fact.number LIMIT 1
                """, as: Submission.self))
        var body = try #require(try JSONSerialization.jsonObject(with: Data(row.body.utf8)) as? [String: Any])
        var application = try #require(body["application"] as? [String: Any])
        let person = try #require(try store.value("SELECT MIN(id) FROM person", as: ID<Person>.self))
        let file: [String: Any] = [
            "hash": attachment.hash, "name": "论证.txt", "size": attachment.bytes.count, "type": "text/plain",
        ]
        let member = [
            "person": person.rawValue, "name": "某人", "organisation": "university-10011",
            "organisationName": "某校",
            "task": "调研",
        ]
        application["attachments"] = [file]
        application["members"] = [member]
        body["application"] = application
        let submitted = try JSONDecoder().decode(
            ApplicationSubmitted.self, from: try JSONSerialization.data(withJSONObject: body))
        let submission = try change.append(submitted, about: Subject(kind: "application", id: row.subject))
        try change.append(
            ExclusionAsked(submission: submission.number, person: person),
            about: Subject(kind: "application", id: row.subject), as: .applicant, reason: "合作者，曾同住一院")
        try change.append(
            MemberConsented(application: ID(row.subject), person: person),
            about: Subject(kind: "application", id: row.subject))
        let notice = try #require(try store.value("SELECT MIN(id) FROM notice", as: ID<Notice>.self))
        try change.append(
            ObjectionFiled(
                objection: ID("objection0000000"), notice: notice, application: ID(row.subject),
                due: change.at),
            about: Subject(kind: "objection", id: "objection0000000"))
        try change.append(
            EvidenceAttached(
                objection: ID("objection0000000"),
                attachments: [
                    AttachmentReference(
                        hash: evidence.hash, name: "来信.txt", size: evidence.bytes.count, type: "text/plain")
                ]), about: Subject(kind: "objection", id: "objection0000000"))
        try change.append(
            ConflictDeclared(person: person, about: .organisation(ID("x"))), about: .person(person),
            reason: "亲属，同患一病")
        try change.append(
            ApplicationScreened(passed: true, verdicts: [], incomplete: [], overturned: true),
            about: Subject(kind: "application", id: row.subject), as: .programmeOfficer,
            reason: "病假证明已核对")
        try change.append(
            ReuseJudged(
                application: ID(row.subject), submission: submission.number,
                source: ReuseSource(.archive, "x"), sourceSubmission: 0, relation: .archive,
                measure: ReuseMeasure(containment: 1, reverse: 1, longest: 60, passages: 1),
                verdict: .tolerated), about: .reuse("0123456789abcdef"), as: .programmeOfficer,
            reason: "作者病后重写旧稿")
        try change.append(
            AssignmentPlanSigned(
                plan: ID("plan000000000000"), call: ID("x"), objective: .total,
                summary: AssignmentPlan.Summary(
                    applications: 1, experts: 3, candidates: 3, wanted: 3, assigned: 3, total: 300,
                    worst: 300,
                    tenthPercentile: 300, gap: 0, floor: nil, price: nil, worstOfTotal: nil, added: 3,
                    kept: 0,
                    removed: 0, outside: 0, barred: [:]), documents: [:], published: [:], publicGap: 0),
            about: Subject(kind: "assignment-plan", id: "plan000000000000"), as: .programmeOfficer)
        let proposal = try #require(try store.value("SELECT MIN(fact) FROM selection", as: Int64.self))
        let call = try #require(try store.value("SELECT MIN(call) FROM selection", as: ID<Call>.self))
        try change.append(
            DepartureReasoned(proposal: proposal, application: ID(row.subject)), about: .call(call),
            as: .programmeOfficer, reason: "申请人新近病愈")
        try change.append(
            TrackRecorded(
                TrackRecord(
                    person: person, kind: .led, family: "research-plan", level: .city, title: "旧课题",
                    from: Season.day("2022-01-01"), until: nil)), about: .person(person))
        let assignment = try #require(
            try store.value("SELECT MIN(id) FROM assignment", as: ID<Assignment>.self))
        try change.append(
            ProposalChampioned(assignment: assignment), about: Subject(kind: "application", id: row.subject),
            as: .expert, reason: "申请人病愈后重拟的思路值得一试")
        try meet(over: ID(row.subject), by: person, change)
        try letOtherwise(ID(row.subject), change)
        let plan = try Season.plan.get()
        if let programme = plan.programmes.first {
            let definition = try change.append(
                DefinitionProposed(
                    programme: programme, replaces: programme.digest,
                    files: plan.definitions[programme.id] ?? [:], moving: []),
                about: .programme(programme.id), as: .programmeOfficer, reason: "起草人病愈后重拟")
            try change.append(
                DefinitionSettled(
                    proposal: definition.number, digest: programme.digest, answer: .declined),
                about: .programme(programme.id), as: .commissionLeader, reason: "起草人又病，另议")
        }
        let proposed = try change.append(
            RoleProposed(.grant, person: person, role: .auditAdmin, organisation: ID("commission000000")),
            about: .person(person), as: .securityAdmin, reason: "原任因病离职")
        try Erasure.erase(
            [.reason], of: [proposed.number], reason: "本人申请", change, change.projections)
    }
}

import Foundation
import Lifecycle
import Store

@testable import Portal

extension Maker {
    /// Said by "paid" and, word for word, by "screened-2"; the archive says it too.
    static let copied = """
        城市更新把老街区的居民推到新的住处，也把他们共同记得的事情推到边缘。本研究从三条胡同的口述访谈出发，追问搬迁之后的邻里\
        怎样讲述从前的公共生活，哪些地点被反复提起，哪些人被慢慢忘记，并比较不同年龄的讲述者在时间顺序和用词上的差别，由此说明\
        社区记忆并不随房屋一起消失，而是在新的空间里被重新安排。材料的整理按《某市口述史料办法》“应当如实记录”的要求进行。
        """

    /// Every submission is compared, then a text of the archive comes in, and an officer gives a word.
    ///
    /// - Returns: the pair that was judged.
    func playReuse() throws -> String {
        let house = house
        try runJobs()
        let line = [
            "id": "qx-archive", "title": "QXarchiveTitleZ", "text": "QXarchiveTextZ。\(Self.copied)",
        ]
        let collection = try JSONEncoder().encode(line)
        try act(nil, SightCity.now) { change, _ in
            _ = try ReuseArchive.take(collection, published: false, change)
            _ = try ReuseActs.askRebuild(by: JobActs.house, change)
        }
        try runJobs()
        let (copy, original) = (dossier("screened-2"), dossier("paid"))
        let pair = FoundPair.id(copy, .application(original))
        let viewer = try house.database.readNow { store in
            try Viewer.find(person("screener"), at: SightCity.now, store) ?? .anyone
        }
        try act("screener", SightCity.at("2026-08-04", 7, 29)) { change, officer in
            guard let record = try ReuseQueries.pair(pair, change.store),
                let open = try OpenPair.find(record, from: copy, for: viewer, change.store)
            else { throw Missing() }
            try ReuseActs.judge(
                open, .examine, reason: "QXreuseReasonZ，立项依据整段相同。", by: officer, change)
        }
        return pair
    }

    /// A job that is over, for who looks at the pages of jobs.
    func ask() throws -> ID<Job> {
        let id = try act("programme-officer", SightCity.now) { change, officer in
            try ReuseActs.askRebuild(by: officer, change)
        }
        try runJobs()
        return id
    }

    private func runJobs() throws {
        let runner = JobRunner(house)
        while try runner.runNext(report: { job, error in Failed.tell(job, error) }) {}
    }

    private enum Failed {
        static func tell(_ job: Job, _ error: any Error) {
            FileHandle.standardError.write(Data("\(job.kind): \(error)\n".utf8))
        }
    }
}

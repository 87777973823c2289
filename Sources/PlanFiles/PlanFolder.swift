import Foundation
package import Lifecycle

/// Reads the plan from its folder: `plan.yaml`, `problem.yaml`, `calendar/<year>.yaml`, `programmes/<id>/*.yaml`, and
/// the files in `shared/<name>/*.yaml` that programmes say they use.
package enum PlanFolder {
    /// The whole plan, or everything that is wrong with its files.
    package static func load(_ directory: String) throws(PlanProblems) -> Plan {
        let log = ProblemLog()
        let plan = Reading.folder(directory, log: log).plan
        guard !log.problems.contains(where: \.isError) else { throw PlanProblems(log.problems) }
        return plan
    }

    /// A programme from the texts of its files by name, such as a call pinned them.
    ///
    /// The texts need not be in a folder any more, so that its name is not compared with the programme's id.
    package static func programme(files: [String: String]) throws(PlanProblems) -> Programme {
        let log = ProblemLog()
        var reader = ProgrammeReader(log: log)
        let programme = reader.read(files, folder: "", digest: PlanDigest.of(files))
        guard let programme, !log.problems.contains(where: \.isError) else {
            throw PlanProblems(log.problems)
        }
        return programme
    }

    /// The names a programme's files may have, in order.
    package static let fileNames = ProgrammeReader.files

    /// The digest of a programme's files, as in ``Programme/digest``.
    package static func digest(of files: [String: String]) -> String { PlanDigest.of(files) }
}

/// What one reading of a folder found, with the places that checks report.
struct Reading {
    let plan: Plan
    /// The clauses that may be cited; nil where `plan.yaml` did not give all of them.
    let clauses: Set<ClauseID>?
    /// Places by programme id.
    let places: [String: [String: Place]]
    /// Places of `plan.yaml`.
    let planPlaces: [String: Place]

    static func folder(_ directory: String, log: ProblemLog) -> Reading {
        let planPath = "\(directory)/plan.yaml"
        let file = text(planPath, log).map { PlanFile.read($0, path: planPath, log: log) } ?? .empty
        let planPlaces = log.places
        var years: [CalendarFile] = []
        for name in names(in: "\(directory)/calendar") where name.hasSuffix(".yaml") {
            let path = "\(directory)/calendar/\(name)"
            if let year = text(path, log).flatMap({ CalendarFile.read($0, path: path, log: log) }) {
                years.append(year)
            }
        }
        let calendar = WorkCalendar(
            holidays: years.reduce(into: []) { $0.formUnion($1.holidays) },
            makeUpDays: years.reduce(into: []) { $0.formUnion($1.makeUpDays) },
            published: Set(years.map(\.year)))
        let problemPath = "\(directory)/problem.yaml"
        let problemForm =
            FileManager.default.fileExists(atPath: problemPath)
            ? text(problemPath, log).flatMap { ProblemFile.read($0, path: problemPath, log: log) } : nil
        let assumptions = assumptions(in: directory, log)
        var programmes: [Programme] = []
        var definitions: [String: [String: String]] = [:]
        var places: [String: [String: Place]] = [:]
        for id in names(in: "\(directory)/programmes") {
            let folder = "\(directory)/programmes/\(id)"
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue
            else {
                continue
            }
            var files: [String: String] = [:]
            var paths: [String: String] = [:]
            var unread: Set<String> = []
            for name in names(in: folder) where name.hasSuffix(".yaml") {
                paths[name] = "\(folder)/\(name)"
                files[name] = text("\(folder)/\(name)", log)
                if files[name] == nil { unread.insert(name) }
            }
            let own = ProblemLog()
            for (name, path) in SharedFiles.used(files, folder: folder, directory: directory, log: own) {
                paths[name] = path
                files[name] = text(path, own)
                if files[name] == nil { unread.insert(name) }
            }
            var reader = ProgrammeReader(log: own)
            let programme = reader.read(
                files, folder: folder, paths: paths, unread: unread, digest: PlanDigest.of(files))
            own.problems.forEach(log.add)
            guard let programme else { continue }
            if programme.id != id, let place = own.places["id"] {
                log.add(place, "id.folder", "标识与文件夹名“\(id)”不符", "the id is not the folder's name “\(id)”")
            }
            programmes.append(programme)
            definitions[programme.id] = files
            places[programme.id] = own.places
        }
        let plan = Plan(
            clauses: file.clauses, tasks: file.tasks, units: file.units, calendar: calendar,
            programmes: programmes, definitions: definitions, problemForm: problemForm,
            assumptions: assumptions, indicators: file.indicators)
        return Reading(
            plan: plan, clauses: file.knowsClauses ? Set(file.clauses.map(\.id)) : nil, places: places,
            planPlaces: planPlaces)
    }

    /// What simulations take for granted; nil where the plan does not say.
    private static func assumptions(in directory: String, _ log: ProblemLog) -> SimulationAssumptions? {
        let path = "\(directory)/\(SimulationFile.name)"
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return text(path, log).flatMap { SimulationFile.read($0, path: path, log: log) }
    }

    /// Names in a folder, sorted; none where there is no such folder. Hidden files are not the plan's.
    static func names(in folder: String) -> [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return all.filter { !$0.hasPrefix(".") }.sorted()
    }

    static func text(_ path: String, _ log: ProblemLog) -> String? {
        let start = Place(path: path, line: 1, column: 1)
        func isTooLarge(_ size: Int) -> Bool {
            if size > YAMLScan.largest {
                log.add(start, "yaml.too-large", "文件超过 1 MiB", "the file is over 1 MiB")
            }
            return size > YAMLScan.largest
        }
        // Asked before a byte is read: what is too large is not taken into memory to find that out.
        let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? NSNumber
        if let size, isTooLarge(size.intValue) { return nil }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            log.add(start, "file.missing", "无法读取此文件", "the file cannot be read")
            return nil
        }
        // A link or a device does not say its size.
        if isTooLarge(bytes.count) { return nil }
        return decoded(Array(bytes), path: path, log)
    }

    /// The text of UTF-8 bytes; where they are not, the place of the first wrong one is reported.
    static func decoded(_ bytes: [UInt8], path: String, _ log: ProblemLog) -> String? {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var (line, column) = (1, 1)
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        decoding: while true {
            switch decoder.decode(&iterator) {
            case .scalarValue("\n"): (line, column) = (line + 1, 1)
            case .scalarValue: column += 1
            case .emptyInput, .error: break decoding
            }
        }
        log.add(
            Place(path: path, line: line, column: column), "yaml.utf8", "不是有效的 UTF-8",
            "this is not valid UTF-8")
        return nil
    }
}

package import Lifecycle

extension PlanFolder {
    /// One programme, from its own folder or from a plan that holds it.
    ///
    /// - Parameter id: which one of a plan's; not asked for where the folder is a programme's own.
    package static func programme(in directory: String, id: String) throws(PlanProblems) -> Programme? {
        isProgramme(directory) ? try programme(in: directory) : try load(directory).programme(id)
    }

    /// One programme from its own folder, whatever the folder's name is; what it shares stands in the plan around it.
    package static func programme(in directory: String) throws(PlanProblems) -> Programme {
        let log = ProblemLog()
        var files: [String: String] = [:]
        for name in Reading.names(in: directory) where name.hasSuffix(".yaml") {
            files[name] = Reading.text("\(directory)/\(name)", log)
        }
        var paths: [String: String] = [:]
        let plan = "\(directory)/../.."
        for (name, path) in SharedFiles.used(files, folder: directory, directory: plan, log: log) {
            paths[name] = path
            files[name] = Reading.text(path, log)
        }
        guard log.problems.isEmpty else { throw PlanProblems(log.problems) }
        var reader = ProgrammeReader(log: log)
        let programme = reader.read(files, folder: directory, paths: paths, digest: PlanDigest.of(files))
        guard let programme, !log.problems.contains(where: \.isError) else {
            throw PlanProblems(log.problems)
        }
        return programme
    }

    /// Whether the folder is a programme's: a plan's has `plan.yaml`.
    package static func isProgramme(_ directory: String) -> Bool {
        Reading.names(in: directory).contains("programme.yaml")
    }
}

import Foundation

/// Files that several programmes have in common, so that what is the same is written once:
/// `uses: {procedure: general-grant}` in `programme.yaml` stands for `shared/general-grant/procedure.yaml`.
///
/// The text becomes part of the programme as if it stood in its folder: a call pins it, the digest covers it. What it
/// cites by `source` is a source of the programme that uses it.
enum SharedFiles {
    /// The used files, by name, with where they stand; what cannot be used is reported.
    ///
    /// - Parameters:
    ///   - files: the programme's own texts by name.
    ///   - folder: the programme's.
    ///   - directory: the plan's.
    static func used(
        _ files: [String: String], folder: String, directory: String, log: ProblemLog
    ) -> [(name: String, path: String)] {
        // What is wrong with the head is reported by who reads all of it.
        guard let head = files["programme.yaml"],
            let root = try? YAMLItem.parse(head, path: "\(folder)/programme.yaml"),
            case .map(let keys) = root.value,
            let uses = keys.first(where: { $0.key == "uses" })?.item
        else { return [] }
        guard case .map(let pairs) = uses.value else {
            log.add(uses.place, "type.mapping", "此处应为键值表", "a mapping is expected here")
            return []
        }
        return pairs.compactMap { pair in
            let name = "\(pair.key).yaml"
            guard ProgrammeReader.files.contains(name), name != "programme.yaml" else {
                let kinds = ProgrammeReader.files.filter { $0 != "programme.yaml" }.map {
                    String($0.dropLast(5))
                }
                let near = Spelling.nearest(to: pair.key, among: kinds)
                log.add(
                    pair.place, "uses.unknown",
                    "没有可以共用的文件“\(pair.key)”" + (near.map { "，是否想写“\($0)”？" } ?? ""),
                    "there is no file “\(pair.key)” to share" + (near.map { ", did you mean “\($0)”?" } ?? "")
                )
                return nil
            }
            guard files[name] == nil else {
                log.add(
                    pair.place, "uses.twice", "文件夹里已有 \(name)，二者只能有一",
                    "the folder has a \(name) already; only one of them can be meant")
                return nil
            }
            guard let shared = pair.item.identifier(log) else { return nil }
            let path = "\(directory)/shared/\(shared)/\(name)"
            guard FileManager.default.fileExists(atPath: path) else {
                log.add(
                    pair.item.place, "uses.missing", "没有 shared/\(shared)/\(name)",
                    "there is no shared/\(shared)/\(name)")
                return nil
            }
            return (name, path)
        }
    }
}

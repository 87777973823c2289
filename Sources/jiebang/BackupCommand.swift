import ArgumentParser
import Foundation
import Lifecycle
import Portal
import Store

/// `jiebang backup DEST`: the whole house but for its keys, in one file.
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Write database and attachments to one file, while the server runs.",
        discussion: "The signing key is not in it: keep the keys folder elsewhere.")

    @Argument(help: "The file to write; it must not be there yet.") var destination: String
    @OptionGroup var place: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let folder = (destination as NSString).deletingLastPathComponent
        var isFolder: ObjCBool = false
        guard
            folder.isEmpty
                || FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
                    && isFolder.boolValue
        else {
            throw Complaint(Terminal.words("\(folder)：没有这个目录", "\(folder): there is no such folder"))
        }
        let manifest = try Backup.make(
            of: try place.openForReading(), attachments: place.attachmentFolder,
            keys: try JournalKeys.openPublic(folder: place.keysFolder), at: World.real.now().iso,
            to: destination)
        if output.json { return try Terminal.json(manifest) }
        let count = manifest.files.count - 1
        Terminal.say(
            Terminal.words(
                "\(destination)：事实\(manifest.facts)条，附件\(count)个",
                "\(destination): \(manifest.facts) facts, \(count) attachments"))
        for hash in manifest.missing {
            Terminal.tell("warning: \(Terminal.words("附件不在", "attachment missing")) \(hash)")
        }
    }
}

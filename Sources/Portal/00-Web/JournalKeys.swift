/// The signing key of the journal: a file outside database and backup.
package struct JournalKeys: Sendable {
    package let folder: String
    package init(folder: String) { self.folder = folder }
}

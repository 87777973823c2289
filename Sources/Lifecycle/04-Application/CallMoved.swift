/// A call that runs went over to another definition of its programme, with every dossier in it.
package struct CallMoved: FactBody {
    package static let kind = FactKind("call.moved")
    /// As it stands from now on.
    package let call: Call
    /// The digest it had pinned before.
    package let from: String
    /// The version the call has from now on.
    package let version: Int

    package init(call: Call, from: String, version: Int) {
        self.call = call
        self.from = from
        self.version = version
    }
}

extension Call {
    /// The same call under another definition.
    package func moved(to digest: String) -> Call { changing(digest: digest) }
}

package import Lifecycle
package import Store

extension QuotaGround {
    /// On what the quota stands that bounded the list an application went forward in.
    package static func find(behind application: ID<Application>, _ store: Transaction) throws
        -> QuotaGround?
    {
        struct Row: Decodable, Sendable {
            let call: ID<Call>
            let university: ID<Organisation>
        }
        return try store.row(
            "SELECT call, university FROM application WHERE id = \(application)", as: Row.self
        ).flatMap { try find($0.call, of: $0.university, store) }
    }
}

import Lifecycle
package import Store

/// One of the demo's people, and the address that signs in as them with one click.
package struct DemoLink: Encodable, Sendable {
    /// The role's name in addresses and JSON, such as `research-office`.
    package let role: String
    package let name: String
    package let href: String

    /// Everybody of the cast who is in this database, in the order of `/demo`.
    ///
    /// - Parameter address: the house's, such as `http://127.0.0.1:8080`; links are relative without it.
    package static func all(at address: String = "", _ store: Transaction) throws -> [DemoLink] {
        try DemoRoutes.people(store).map {
            DemoLink(role: $0.role.rawValue, name: $0.name, href: "\(address)/demo/sign-in/\($0.key)")
        }
    }
}

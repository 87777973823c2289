package import Hummingbird
import Logging
import NIOCore

/// What the framework tells of a connection.
package struct PortalContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The other end is this very machine.
    package let isLoopback: Bool
    /// The other end's address; nil for a test's in-process connection.
    package let address: String?

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        address = source.channel.remoteAddress?.ipAddress
        switch source.channel.remoteAddress {
        case .v4(let address):
            isLoopback =
                address.host == "127.0.0.1"
                || source.channel.remoteAddress?.ipAddress?.hasPrefix("127.") == true
        case .v6: isLoopback = source.channel.remoteAddress?.ipAddress == "::1"
        // A test's in-process connection has no address and is this machine.
        case .unixDomainSocket, .none: isLoopback = true
        }
    }
}

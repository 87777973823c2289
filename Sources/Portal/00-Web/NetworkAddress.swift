import Glibc

/// Addresses of readers, as the socket or the proxy gives them.
package enum NetworkAddress {
    /// What one customer of a network has: so much of an IPv4 address, the /64 of an IPv6 address. However an
    /// address is written, the same network gives the same text; what is no address is its own network.
    ///
    /// - Parameter bits4: leading bits of an IPv4 address, 8, 16, 24 or 32; also of one mapped into IPv6
    ///   (RFC 4291, section 2.5.5.2).
    package static func customer(of address: String, bits4: Int) -> String {
        if let four = bytes(address, AF_INET, 4) { return network(four, bits4) }
        // A zone is the host's own affair.
        guard let sixteen = bytes(String(address.prefix { $0 != "%" }), AF_INET6, 16) else { return address }
        let isMapped = sixteen[0..<10].allSatisfy { $0 == 0 } && sixteen[10] == 0xFF && sixteen[11] == 0xFF
        return isMapped ? network(Array(sixteen[12...]), bits4) : network(sixteen, 64)
    }

    private static func bytes(_ text: String, _ family: Int32, _ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return inet_pton(family, text, &bytes) == 1 ? bytes : nil
    }

    private static func network(_ bytes: [UInt8], _ bits: Int) -> String {
        "\(Canonical.hex(bytes.prefix(bits / 8)))/\(bits)"
    }
}

import Portal
import Testing

@Suite struct NetworkAddressTests {
    @Test(arguments: [
        ("2001:db8::a", "2001:db8::b"), ("2001:db8::a", "2001:0DB8:0:0:1:2:3:4"),
        ("::ffff:192.0.2.1", "192.0.2.200"), ("fe80::1%eth0", "fe80::2"),
    ])
    func `one customer has one name, however the address is written`(one: String, other: String) {
        #expect(
            NetworkAddress.customer(of: one, bits4: 24) == NetworkAddress.customer(of: other, bits4: 24))
    }

    @Test(arguments: [
        ("2001:db8:0:1::a", "2001:db8:0:2::a"), ("192.0.2.1", "192.0.3.1"), ("unknown", "192.0.2.1"),
        ("::1", "0.0.0.1"),
    ])
    func `two customers have two`(one: String, other: String) {
        #expect(
            NetworkAddress.customer(of: one, bits4: 24) != NetworkAddress.customer(of: other, bits4: 24))
    }

    @Test func `a single address where that is asked`() {
        #expect(NetworkAddress.customer(of: "192.0.2.1", bits4: 32) == "c0000201/32")
        #expect(NetworkAddress.customer(of: "192.0.2.1", bits4: 24) == "c00002/24")
    }
}

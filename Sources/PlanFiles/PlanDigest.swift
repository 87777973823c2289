import Crypto

enum PlanDigest {
    /// SHA-256, hexadecimal, over each file in name order: its name, a zero byte, its length in decimal,
    /// a zero byte, its bytes.
    static func of(_ files: [String: String]) -> String {
        var hash = SHA256()
        for (name, text) in files.sorted(by: { $0.key < $1.key }) {
            hash.update(data: Array(name.utf8) + [0] + Array(String(text.utf8.count).utf8) + [0])
            hash.update(data: Array(text.utf8))
        }
        let digits = Array("0123456789abcdef")
        return String(hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}

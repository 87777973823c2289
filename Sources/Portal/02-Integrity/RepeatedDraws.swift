import Crypto
import PublicDraw
import Synchronization

/// Draws that were repeated and came out as written, so that a page that many open does not repeat them for each. Kept
/// by the digest of everything that was repeated: a transcript that changes in the database is repeated again.
final class RepeatedDraws: Sendable {
    private struct Kept: Sendable {
        let key: String
        let transcript: Transcript
    }

    private let kept = Mutex<[Kept]>([])
    /// A large draw is some megabytes.
    private static let most = 8

    /// The draw's transcript, after repeating it at least once; nil where it is not held yet.
    ///
    /// - Throws: `TranscriptRefused` where it does not follow from its commitment. That is never kept.
    func transcript(of draw: DrawRecord) throws -> Transcript? {
        guard let text = draw.transcript else { return nil }
        let key = Canonical.hex(SHA256.hash(data: Array("\(draw.digest ?? "")\n\(text)".utf8)))
        if let found = kept.withLock({ $0.first { $0.key == key } }) { return found.transcript }
        // Repeated outside the lock: two readers may do the same work once, and nobody waits for it.
        let transcript = try Transcript.verified(text, commitmentDigest: draw.digest)
        kept.withLock { all in
            guard !all.contains(where: { $0.key == key }) else { return }
            if all.count >= Self.most { all.removeFirst() }
            all.append(Kept(key: key, transcript: transcript))
        }
        return transcript
    }

    /// How many are kept.
    var count: Int { kept.withLock { $0.count } }
}

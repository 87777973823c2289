/// For each proposal, in one or two cache lines: whom it holds, and the best of the others as they stood when
/// its row was last read.
///
/// Prices only rise during an auction, so whoever was not listed can never be worth more than `threshold`; as
/// long as the listed ones are worth more, the row itself need not be read again.
/// `@unchecked Sendable` as ``Buffer`` is.
struct Shortlists: ~Copyable, @unchecked Sendable {
    struct Head: BitwiseCopyable {
        /// The first `held` entries are held,
        var held: Int16
        /// and those up to `listed` are not.
        var listed: Int16
        /// Places that nobody is worth filling at present prices.
        var givenUp: Int16
        /// Means nothing; see `fetch`.
        var fetched: Int16
        /// What anyone not listed is worth at most,
        var threshold: Int32
        /// but for those left out because their group had no room, who are worth so much.
        var passedOver: Int32

        /// Nobody is held any more. Where all prices have fallen by no more than `lowered`, whoever is not listed
        /// is worth at most so much more, and the list stays what it was.
        ///
        /// - Parameter whole: the list leaves out whoever had no room in a group, so it must be read anew.
        mutating func release(_ lowered: Int32, whole: Bool) {
            if whole { return self = Shortlists.unread }
            held = 0
            givenUp = 0
            let (raised, overflows) = threshold.addingReportingOverflow(lowered)
            threshold = overflows || threshold == .min ? threshold : raised
        }
    }

    /// The widest demand a head can hold.
    static let mostWanted = 32_000

    /// Entries of one proposal.
    let width: Int
    private let stride: Int
    private let base: UnsafeMutableRawPointer

    /// - Parameter widest: the largest demand.
    init(proposals: Int, widest: Int) {
        // Sixteen bytes of head, thirteen entries and eight bytes that mean nothing make two cache lines; a
        // large demand needs more.
        width = max(13, (widest + 8 + 10) / 8 * 8 - 3)
        stride = MemoryLayout<Head>.size + (width + 1) * MemoryLayout<Candidate>.size
        base = .allocate(byteCount: max(1, proposals) * stride, alignment: 128)
        for proposal in 0..<proposals { head(proposal).initialize(to: Self.unread) }
    }

    deinit { base.deallocate() }

    static var unread: Head {
        Head(held: 0, listed: 0, givenUp: 0, fetched: 0, threshold: .max, passedOver: .min)
    }

    @inline(__always) func head(_ proposal: Int) -> UnsafeMutablePointer<Head> {
        (base + proposal * stride).assumingMemoryBound(to: Head.self)
    }

    /// Has a proposal's lines fetched without waiting for them (see ``Seats/fetch(_:)``).
    @inline(__always) func fetch(_ proposal: Int) {
        head(proposal).pointee.fetched = 1
        entries(proposal)[width].expert = 1
    }

    /// The entries, whose scores are in price units.
    @inline(__always) func entries(_ proposal: Int) -> UnsafeMutablePointer<Candidate> {
        (base + proposal * stride + MemoryLayout<Head>.size).assumingMemoryBound(to: Candidate.self)
    }
}

/// For each proposal, in one or two cache lines: whom it holds, and the best of the others as they stood when
/// its row was last read.
///
/// Prices only rise during an auction, so whoever was not listed can never be worth more than `threshold`; as
/// long as the listed ones are worth more, the row itself need not be read again.
struct Shortlists: ~Copyable {
    struct Head: BitwiseCopyable {
        /// The first `held` entries are held,
        var held: Int32
        /// and those up to `listed` are not.
        var listed: Int32
        /// What anyone not listed is worth at most.
        var threshold: Int32
        /// Places that nobody is worth filling at present prices.
        var givenUp: Int32
    }

    /// Entries of one proposal.
    let width: Int
    private let stride: Int
    private let base: UnsafeMutableRawPointer

    /// - Parameter widest: the largest demand.
    init(proposals: Int, widest: Int) {
        // Sixteen bytes of head and fourteen entries make two cache lines; a large demand needs more.
        width = max(14, (widest + 8 + 7) / 8 * 8 - 2)
        stride = MemoryLayout<Head>.size + width * MemoryLayout<Candidate>.size
        base = .allocate(byteCount: max(1, proposals) * stride, alignment: 128)
        for proposal in 0..<proposals { head(proposal).initialize(to: Self.unread) }
    }

    deinit { base.deallocate() }

    static var unread: Head { Head(held: 0, listed: 0, threshold: .max, givenUp: 0) }

    @inline(__always) func head(_ proposal: Int) -> UnsafeMutablePointer<Head> {
        (base + proposal * stride).assumingMemoryBound(to: Head.self)
    }

    /// The entries, whose scores are in price units.
    @inline(__always) func entries(_ proposal: Int) -> UnsafeMutablePointer<Candidate> {
        (base + proposal * stride + MemoryLayout<Head>.size).assumingMemoryBound(to: Candidate.self)
    }
}

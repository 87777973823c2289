/// One fingerprint's occurrence in eight bytes: the low 28 bits of its hash, the slot of its document, and the
/// position in that slot.
///
/// The high 16 bits of the hash are the bucket a posting lies in, so all 44 are kept. A slot is 2^18 symbols of one
/// document: a longer document takes several. Within a bucket the order of the numbers is the order by hash, then
/// document, then position.
struct Posting {
    let bits: UInt64

    static let bucketBits = 16
    static let buckets = 1 << bucketBits
    static let restBits = Fingerprint.hashBits - bucketBits
    static let slotBits = 18
    static let positionBits = 18
    static let mostSlots = 1 << slotBits
    static let slotSymbols = 1 << positionBits

    @inline(__always)
    init(bits: UInt64) { self.bits = bits }

    @inline(__always)
    init(hash: UInt64, slot: Int, position: UInt64) {
        bits =
            hash << UInt64(Self.slotBits + Self.positionBits) | UInt64(slot) << UInt64(Self.positionBits)
            | position & UInt64(Self.slotSymbols - 1)
    }

    @inline(__always)
    static func bucket(of hash: UInt64) -> Int { Int(hash >> UInt64(restBits)) }

    @inline(__always)
    static func rest(of hash: UInt64) -> UInt64 { hash & (1 << UInt64(restBits) - 1) }

    @inline(__always)
    var rest: UInt64 { bits >> UInt64(Self.slotBits + Self.positionBits) }

    @inline(__always)
    var slot: Int { Int(truncatingIfNeeded: bits >> UInt64(Self.positionBits)) & (Self.mostSlots - 1) }

    @inline(__always)
    var position: Int { Int(truncatingIfNeeded: bits) & (Self.slotSymbols - 1) }

    /// The same posting in a segment where slots are numbered from `base` on.
    @inline(__always)
    func moved(by base: Int) -> Posting { Posting(bits: bits + UInt64(base) << UInt64(Self.positionBits)) }
}

/// Hits and stops of some documents that follow each other.
final class PairRound {
    let documents: Range<Int>
    private let parts: Int
    fileprivate let hits: UnsafeMutableBufferPointer<Hit>
    fileprivate let stops: UnsafeMutableBufferPointer<UInt32>
    /// For each document and each thread's part of it where its hits begin; at the end where the last ones end.
    private var hitStarts: [Int] = [0]
    private var stopStarts: [Int] = [0]

    init(_ documents: Range<Int>, _ counts: [PairCounts]) {
        self.documents = documents
        parts = counts.count
        for document in documents {
            for count in counts {
                hitStarts.append(hitStarts[hitStarts.count - 1] + Int(count.hits[document]))
                stopStarts.append(stopStarts[stopStarts.count - 1] + Int(count.stops[document]))
            }
        }
        hits = .allocate(capacity: hitStarts[hitStarts.count - 1])
        stops = .allocate(capacity: stopStarts[stopStarts.count - 1])
    }

    deinit {
        hits.deallocate()
        stops.deallocate()
    }

    /// Of a document of the round, in no order. The memory is the caller's to change.
    func hits(of document: Int) -> UnsafeMutableBufferPointer<Hit> {
        let first = (document - documents.lowerBound) * parts
        return UnsafeMutableBufferPointer(rebasing: hits[hitStarts[first]..<hitStarts[first + parts]])
    }

    /// Positions of stock phrases in a document of the round, in no order.
    func stops(of document: Int) -> UnsafeMutableBufferPointer<UInt32> {
        let first = (document - documents.lowerBound) * parts
        return UnsafeMutableBufferPointer(rebasing: stops[stopStarts[first]..<stopStarts[first + parts]])
    }

    /// Where each document's place of one part begins, and where it ends.
    fileprivate func places(of part: Int) -> (hits: [Range<Int>], stops: [Range<Int>]) {
        let firsts = stride(from: part, to: documents.count * parts, by: parts)
        return (
            firsts.map { hitStarts[$0]..<hitStarts[$0 + 1] },
            firsts.map { stopStarts[$0]..<stopStarts[$0 + 1] }
        )
    }
}

/// One thread's part of filling a round.
struct PairFiling: PairDealing {
    private let round: PairRound
    private let first: UInt32
    private let count: UInt32
    /// What is still free of each document's place.
    private var hitRoom: [Range<Int>]
    private var stopRoom: [Range<Int>]

    init(_ round: PairRound, part: Int) {
        self.round = round
        first = UInt32(round.documents.lowerBound)
        count = UInt32(round.documents.count)
        (hitRoom, stopRoom) = round.places(of: part)
    }

    @inline(__always)
    mutating func stop(_ member: PostingJoin.Member) throws(IndexFault) {
        let number = member.document &- first
        guard number < count else { return }
        let room = stopRoom[Int(number)]
        guard !room.isEmpty else { throw Self.changed }
        round.stops[room.lowerBound] = member.position
        stopRoom[Int(number)] = (room.lowerBound + 1)..<room.upperBound
    }

    @inline(__always)
    mutating func hits(
        of member: PostingJoin.Member, in others: UnsafeBufferPointer<PostingJoin.Member>,
        isRare: Bool
    ) throws(IndexFault) {
        let number = member.document &- first
        guard number < count else { return }
        let room = hitRoom[Int(number)]
        guard room.count >= others.count else { throw Self.changed }
        var place = room.lowerBound
        for other in others {
            round.hits[place] = Hit(
                document: other.document, isRare: isRare, a: member.position, b: other.position)
            place += 1
        }
        hitRoom[Int(number)] = place..<room.upperBound
    }

    /// More was found than was counted a moment ago.
    private static let changed = IndexFault.damaged(
        path: "segments", what: "they changed while they were read")
}

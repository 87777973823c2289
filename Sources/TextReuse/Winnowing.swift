/// Chooses fingerprints by winnowing (Schleimer, Wilkerson, Aiken, SIGMOD 2003) over a cyclic rolling hash
/// (Cohen 1997): of each window of k-grams the least hash is kept, and kept as long as it stays in the window.
struct Winnowing {
    private let gram: Int
    private let window: Int

    init(_ sampling: Sampling) {
        gram = sampling.gram
        window = sampling.window
    }

    /// The most fingerprints that so many symbols can give.
    static func mostFingerprints(symbols: Int) -> Int { symbols }

    /// Calls `keep` for each fingerprint of the symbols in `range`, in order of position. A range shorter than a
    /// whole window still gives its least k-gram; one shorter than a k-gram gives none.
    @inline(__always)
    func callAsFunction(
        _ symbols: UnsafePointer<UInt32>, in range: Range<Int>, keep: (Fingerprint) -> Void
    ) {
        let grams = range.count - gram + 1
        guard grams > 0 else { return }
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 64) { ring in
            // Sampling allows windows up to the ring's 64 places.
            let recent = ring.baseAddress.unsafelyUnwrapped
            let start = symbols + range.lowerBound
            // The newest symbol of a k-gram, and the one that stood before it.
            let (newest, before) = (start + (gram - 1), start - 1)
            let turn = UInt64(gram & 63)
            var rolling: UInt64 = 0
            for place in 0..<gram { rolling = rotated(rolling, 1) ^ symbolHash(start[place]) }
            var least = rolling
            var leastAt = 0
            recent[0] = rolling
            // The first window is complete at k-gram `window − 1`, or at the last one of a short text.
            let complete = min(window, grams) - 1
            var place = 1
            while place <= complete {
                rolling =
                    rotated(rolling, 1) ^ symbolHash(newest[place])
                    ^ rotated(symbolHash(before[place]), turn)
                recent[place & 63] = rolling
                if rolling < least {
                    least = rolling
                    leastAt = place
                }
                place &+= 1
            }
            keep(fingerprint(least, range.lowerBound &+ leastAt))
            while place < grams {
                rolling =
                    rotated(rolling, 1) ^ symbolHash(newest[place])
                    ^ rotated(symbolHash(before[place]), turn)
                recent[place & 63] = rolling
                if rolling < least {
                    least = rolling
                    leastAt = place
                    keep(fingerprint(least, range.lowerBound &+ leastAt))
                } else if leastAt &+ window <= place {
                    leastAt = place
                    least = rolling
                    var earlier = place &- 1
                    while earlier > place &- window {
                        let other = recent[earlier & 63]
                        if other < least {
                            least = other
                            leastAt = earlier
                        }
                        earlier &-= 1
                    }
                    keep(fingerprint(least, range.lowerBound &+ leastAt))
                }
                place &+= 1
            }
        }
    }

    /// The least of many hashes is small, so its top bits say little: mixed again before it addresses a bucket.
    @inline(__always)
    private func fingerprint(_ hash: UInt64, _ position: Int) -> Fingerprint {
        Fingerprint(
            hash: mix64(hash) >> UInt64(64 - Fingerprint.hashBits),
            position: UInt32(truncatingIfNeeded: position))
    }
}

@inline(__always)
private func rotated(_ value: UInt64, _ places: UInt64) -> UInt64 {
    value &<< places | value &>> (64 &- places)
}

/// Spreads a symbol over 64 bits. One multiplication: it runs twice a symbol.
@inline(__always)
private func symbolHash(_ symbol: UInt32) -> UInt64 {
    let spread = (UInt64(symbol) &+ 1) &* 0x9E37_79B9_7F4A_7C15
    return spread ^ spread >> 32
}

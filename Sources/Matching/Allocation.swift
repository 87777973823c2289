internal import Glibc

/// Memory for a run of elements; where it is large, in pages of two megabytes as far as the system has them.
///
/// What the solver touches in no order is spread over hundreds of megabytes. In pages of four kilobytes nearly each
/// touch would wait for an address to be translated, and filling such memory for the first time for a fault a page.
///
/// - Returns: memory to be given back by `deallocate()`.
func allocate(bytes: Int, alignment: Int) -> UnsafeMutableRawPointer {
    let page = 1 << 21
    guard bytes >= page else {
        return .allocate(byteCount: max(bytes, 1), alignment: alignment)
    }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: page)
    // Advice: where it is not taken, nothing but speed is lost.
    madvise(memory, bytes / page * page, MADV_HUGEPAGE)
    return memory
}

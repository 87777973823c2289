/// A fixed run of trivial values that is freed with its owner.
///
/// The solver's inner loops live on these instead of `Array`: no reference counts, no uniqueness checks, and
/// no bounds check in release builds (an `assert` stands for it in debug builds, which run every test).
///
/// Threads that share one keep to elements of their own, or to reading: `@unchecked Sendable` rests on that.
struct Buffer<Element: BitwiseCopyable>: ~Copyable, @unchecked Sendable {
    let base: UnsafeMutablePointer<Element>
    let count: Int

    init(_ count: Int, repeating value: Element) {
        base = .allocate(capacity: max(count, 1))
        base.initialize(repeating: value, count: count)
        self.count = count
    }

    init(_ elements: [Element]) {
        base = .allocate(capacity: max(elements.count, 1))
        count = elements.count
        elements.withUnsafeBufferPointer { source in
            // An empty array has no address, and nothing to copy.
            if let first = source.baseAddress { base.initialize(from: first, count: source.count) }
        }
    }

    /// Elements that the caller writes before reading.
    init(uninitialized count: Int) {
        base = .allocate(capacity: max(count, 1))
        self.count = count
    }

    deinit { base.deallocate() }

    @inline(__always) subscript(index: Int) -> Element {
        get {
            assert(index >= 0 && index < count)
            return base[index]
        }
        nonmutating _modify {
            assert(index >= 0 && index < count)
            yield &base[index]
        }
    }

    @inline(__always) subscript(index: Int32) -> Element {
        get { self[Int(index)] }
        nonmutating _modify { yield &self[Int(index)] }
    }

    func fill(_ value: Element) { base.update(repeating: value, count: count) }

    var array: [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }
}

/// Experts by how far a search has them away, the nearest on top (a binary heap; an expert may stand in it twice). A
/// search that goes through proposals too may put them in as the complement of their index.
struct DistanceHeap: ~Copyable {
    private var heap: [(distance: Int64, expert: Int32)] = []

    mutating func removeAll() { heap.removeAll(keepingCapacity: true) }

    mutating func push(_ distance: Int64, _ expert: Int32) {
        heap.append((distance, expert))
        var place = heap.count - 1
        while place > 0 {
            let parent = (place - 1) / 2
            guard heap[parent].distance > distance else { break }
            heap[place] = heap[parent]
            place = parent
        }
        heap[place] = (distance, expert)
    }

    mutating func pop() -> (Int64, Int32)? {
        guard let top = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return (top.distance, top.expert) }
        var place = 0
        while true {
            var child = 2 * place + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1].distance < heap[child].distance { child += 1 }
            guard heap[child].distance < last.distance else { break }
            heap[place] = heap[child]
            place = child
        }
        heap[place] = last
        return (top.distance, top.expert)
    }
}

internal import Synchronization

/// Texts that were read for comparing, kept while there is room: the same few sources come up again and again.
/// And how many symbols of each document count, once somebody knows.
final class TextShelf: Sendable {
    private struct State {
        var texts: [SymbolText?]
        var unmasked: [Int32]
        /// In order of coming; what came first goes first.
        var order: [Int] = []
        var oldest = 0
        var symbols = 0
    }

    private let state: Mutex<State>
    /// Eight bytes each.
    private static let mostSymbols = 64 << 20

    init(documents: Int) {
        state = Mutex(
            State(
                texts: Array(repeating: nil, count: documents),
                unmasked: Array(repeating: -1, count: documents)))
    }

    func text(of document: Int) -> SymbolText? { state.withLock { $0.texts[document] } }

    func put(_ text: SymbolText, of document: Int) {
        state.withLock { state in
            guard state.texts[document] == nil else { return }
            state.texts[document] = text
            state.order.append(document)
            state.symbols += text.count
            while state.symbols > Self.mostSymbols, state.oldest < state.order.count - 1 {
                let gone = state.order[state.oldest]
                state.symbols -= state.texts[gone]?.count ?? 0
                state.texts[gone] = nil
                state.oldest += 1
            }
            if state.oldest > 1 << 16 {
                state.order.removeFirst(state.oldest)
                state.oldest = 0
            }
        }
    }

    func unmasked(of document: Int) -> Int? {
        let known = state.withLock { $0.unmasked[document] }
        return known < 0 ? nil : Int(known)
    }

    func note(unmasked: Int, of document: Int) {
        state.withLock { $0.unmasked[document] = Int32(truncatingIfNeeded: unmasked) }
    }
}

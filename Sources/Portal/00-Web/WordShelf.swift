import Foundation
import Lifecycle
import Synchronization

/// The words in force: read once, or, for who is writing them, again whenever one of their files changed.
package final class WordShelf: Sendable {
    private let folder: String
    private let isWritten: Bool
    private let state: Mutex<State>

    private struct State {
        var words: Words
        /// What is wrong with the files as they are now; the words are those read before.
        var problem: WordsProblem?
        var stamp: [Stamp]
    }

    /// When a file was last changed, and its size: enough to see that somebody saved it.
    private struct Stamp: Sendable, Equatable {
        let name: String
        let changed: Date?
        let size: Int?
    }

    package init(folder: String) throws {
        self.folder = folder
        isWritten = false
        state = Mutex(State(words: try Words(directory: folder), problem: nil, stamp: []))
    }

    /// - Parameters:
    ///   - folder: where the words are being written.
    ///   - shipped: what to begin with where they are broken from the start.
    package init(written folder: String, shipped: String) throws {
        self.folder = folder
        isWritten = true
        let stamp = Self.stamp(folder)
        let first: State
        do {
            first = State(words: try Words(directory: folder), problem: nil, stamp: stamp)
        } catch let problem as WordsProblem {
            first = State(words: try Words(directory: shipped), problem: problem, stamp: stamp)
        }
        state = Mutex(first)
    }

    package var problem: WordsProblem? { state.withLock { $0.problem } }

    /// The words for one answer.
    package func words() -> Words {
        state.withLock { state in
            if isWritten { refresh(&state) }
            return state.words
        }
    }

    private func refresh(_ state: inout State) {
        let stamp = Self.stamp(folder)
        guard stamp != state.stamp else { return }
        do {
            state.words = try Words(directory: folder)
            state.problem = nil
            state.stamp = stamp
        } catch let problem as WordsProblem {
            state.problem = problem
            state.stamp = stamp
        } catch {
            // The folder itself is being moved or written: the next answer tries again.
        }
    }

    private static func stamp(_ folder: String) -> [Stamp] {
        let files = FileManager.default
        let names = (try? files.contentsOfDirectory(atPath: folder))?.sorted() ?? []
        return names.filter { $0.hasSuffix(".yaml") }.map { name in
            let attributes = try? files.attributesOfItem(atPath: "\(folder)/\(name)")
            return Stamp(
                name: name, changed: attributes?[.modificationDate] as? Date,
                size: attributes?[.size] as? Int)
        }
    }
}

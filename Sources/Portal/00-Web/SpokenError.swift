package import Lifecycle

/// An error whose words are meant for who sits at the terminal, in either language. Its description, which ends in logs,
/// is the English text.
package protocol SpokenError: Error, CustomStringConvertible {
    func text(in language: Language) -> String
}

extension SpokenError {
    package var description: String { text(in: .en) }
}

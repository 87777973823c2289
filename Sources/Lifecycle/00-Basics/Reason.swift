/// Why something was done, in the words of who did it.
///
/// People write names and illnesses into reasons. Therefore the text stands outside the envelope, under a salted
/// hash of its own, and can be erased while the fact and the tree still verify.
package enum Reason: Sendable, Hashable {
    case given(String)
    /// The text is gone. `by` is the number of the fact that erased it; nil where no fact says so, which is a
    /// finding of the journal's verification.
    case erased(by: Int64?)

    /// The words, or what stands in for them: one text for readers of either language, because projected
    /// tables hold it.
    package var text: String {
        switch self {
        case .given(let text): text
        case .erased(let number?): "（已删除 erased #\(number)）"
        case .erased(nil): "（缺失 missing）"
        }
    }
}

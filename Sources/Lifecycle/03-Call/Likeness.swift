/// Which texts speak of the same thing: by the pairs of letters they share, of which the rare ones say more.
///
/// Chinese has no spaces, and two characters carry what a word carries; of Latin letters and digits a whole run is a
/// term. What is a term is data of the text alone, so that an index of terms can be rebuilt at any time.
package enum Likeness {
    /// Characters that stand in every text; a pair with one of them says nothing.
    private static let empty = Set<Character>(
        "的了和与及或在是对为等把被不有这那我们一个中上下可以能要会也都就但而到从用于由其所之者")

    /// Longest term kept, in characters: a longer run of letters is cut.
    private static let longest = 24

    package static func terms(of text: String) -> Set<String> { Set(places(in: text).map(\.term)) }

    /// Two to the power of the answer is about one in how many of `all` texts hold the term: 0 for half or more.
    package static func weight(_ holders: Int, of all: Int) -> Int {
        let share = max(1, all) / max(1, holders)
        return Int.bitWidth - 1 - max(1, share).leadingZeroBitCount
    }

    /// The longest runs of `text` that are made of the shared terms, each once, longest first.
    package static func runs(in text: String, sharing terms: Set<String>, most: Int) -> [String] {
        let letters = Array(text.lowercased())
        var runs: [Range<Int>] = []
        for place in places(in: text) where terms.contains(place.term) {
            if let last = runs.last, place.range.lowerBound < last.upperBound {
                runs[runs.count - 1] = last.lowerBound..<max(last.upperBound, place.range.upperBound)
            } else {
                runs.append(place.range)
            }
        }
        var seen: Set<String> = []
        let words = runs.map { String(letters[$0]) }.filter { seen.insert($0).inserted }
        return Array(
            words.enumerated().sorted {
                ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
            }.map(\.element).prefix(most))
    }

    private struct Place {
        let term: String
        /// In characters of the lowercased text.
        let range: Range<Int>
    }

    private static func places(in text: String) -> [Place] {
        let letters = Array(text.lowercased())
        var found: [Place] = []
        var index = 0
        while index < letters.count {
            let letter = letters[index]
            if letter.isASCII, letter.isLetter || letter.isNumber {
                var end = index
                while end < letters.count, letters[end].isASCII,
                    letters[end].isLetter || letters[end].isNumber
                {
                    end += 1
                }
                if end - index > 1 {
                    let cut = min(end, index + longest)
                    found.append(Place(term: String(letters[index..<cut]), range: index..<cut))
                }
                index = end
                continue
            }
            if index + 1 < letters.count, says(letter), says(letters[index + 1]) {
                found.append(Place(term: String(letters[index...(index + 1)]), range: index..<(index + 2)))
            }
            index += 1
        }
        return found
    }

    private static func says(_ letter: Character) -> Bool {
        !letter.isASCII && letter.isLetter && !empty.contains(letter)
    }
}

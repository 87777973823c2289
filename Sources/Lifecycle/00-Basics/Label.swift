/// A few words in both languages. English may repeat the Chinese where there is no settled name.
package struct Label: Hashable, Sendable, Codable {
    package let zh: String
    package let en: String

    package init(_ zh: String, _ en: String) {
        self.zh = zh
        self.en = en
    }

    package func text(in language: Language) -> String {
        switch language {
        case .zh: return zh
        case .en: return en
        }
    }
}

/// The languages a page can be read in; Chinese is first.
package enum Language: String, CaseIterable, Sendable, Codable {
    case zh
    case en

    /// For `lang` attributes (BCP 47).
    package var tag: String {
        switch self {
        case .zh: return "zh-CN"
        case .en: return "en"
        }
    }
}

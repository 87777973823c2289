/// The facts a demand looks at, under the names a reader knows them by.
enum Looked {
    static let notStated = Verdict.Looked(Label("当期通知", "The notice of that time"), "not-stated")
    static let judgedForList = Verdict.Looked(Label("判断对象", "Judged for"), "list")
    static let judgedForApplication = Verdict.Looked(Label("判断对象", "Judged for"), "application")

    static func fact(_ zh: String, _ en: String, _ value: String?) -> Verdict.Looked {
        Verdict.Looked(Label(zh, en), value ?? "unknown")
    }

    static func fact(_ zh: String, _ en: String, _ value: Bool?) -> Verdict.Looked {
        fact(zh, en, value.map { $0 ? "true" : "false" })
    }

    static func fact(_ zh: String, _ en: String, _ value: Int?) -> Verdict.Looked {
        fact(zh, en, value.map { String($0) })
    }

    static func fact(_ zh: String, _ en: String, _ value: Day?) -> Verdict.Looked {
        fact(zh, en, value?.text)
    }
}

extension Verdict.Looked {
    /// The value in the reader's language: a few canonical words are translated, all else stands as it is.
    package func text(in language: Language) -> String {
        Self.words[value]?.text(in: language) ?? value
    }

    private static let words: [String: Label] = [
        "unknown": Label("不详", "not known"),
        "not-stated": Label("未载明", "does not say"),
        "true": Label("是", "yes"),
        "false": Label("否", "no"),
        "none": Label("无", "none"),
        "list": Label("本校名单", "a university's list"),
        "application": Label("单项申请", "one application"),
        "beginning": Label("最初", "the beginning"),
        "empty": Label("名单为空", "the list is empty"),
        "市属": Label("市属", "municipal"),
        "中央在京": Label("中央在京", "central, in Beijing"),
        "民办": Label("民办", "private"),
        "正高": Label("正高级", "full senior"),
        "副高": Label("副高级", "deputy senior"),
        "中级": Label("中级", "intermediate"),
        "初级": Label("初级", "junior"),
    ]
}

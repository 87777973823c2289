import Lifecycle

/// An invented person's name.
package struct DemoName: Sendable, Hashable {
    /// Surname first: 李晓明.
    package var characters: String
    /// Toneless, surname first: `li xiaoming`. Lists sort by it.
    package var pinyin: String

    /// An address that can never be delivered, because no `.example` domain exists (RFC 2606).
    ///
    /// - Parameters:
    ///   - label: what stands before `.example`, letters, digits and hyphens, as `u10005`
    ///   - number: keeps people with the same name apart
    package func email(at label: String, number: Int) -> String {
        let parts = pinyin.split(separator: " ")
        return parts.reversed().joined(separator: ".") + "\(number)@\(label).example"
    }
}

/// A writer of plausible names that belong to nobody in particular.
package enum DemoNames {
    package static func name(using chance: inout some RandomNumberGenerator) -> DemoName {
        while true {
            let surname = chance.pick(surnames)
            let first = chance.pick(firstGiven)
            let last = chance.pick(lastGiven)
            // About one given name in eight is a single character.
            let given = chance.below(8) == 0 ? [last] : [first, last]
            let characters = surname.character + given.map(\.character).joined()
            guard first.character != last.character, !avoided.contains(characters) else { continue }
            return DemoName(
                characters: characters,
                pinyin: surname.pinyin + " " + given.map(\.pinyin).joined())
        }
    }

    struct Syllable: Sendable {
        /// One character, two in a compound surname.
        var character: String
        var pinyin: String
    }

    /// Reads `王wang 李li …`.
    private static func syllables(_ text: String) -> [Syllable] {
        text.split { $0 == " " || $0 == "\n" }.map { pair in
            Syllable(
                character: String(pair.prefix { !$0.isASCII }), pinyin: String(pair.drop { !$0.isASCII }))
        }
    }

    static let surnames = syllables(
        """
        王wang 李li 张zhang 刘liu 陈chen 杨yang 赵zhao 黄huang 周zhou 吴wu 徐xu 孙sun 胡hu 朱zhu 高gao 林lin
        何he 郭guo 马ma 罗luo 梁liang 宋song 郑zheng 谢xie 韩han 唐tang 冯feng 于yu 董dong 萧xiao 程cheng
        曹cao 袁yuan 邓deng 许xu 傅fu 沈shen 曾zeng 彭peng 吕lv 苏su 卢lu 蒋jiang 蔡cai 贾jia 丁ding 魏wei
        薛xue 叶ye 阎yan 余yu 潘pan 杜du 戴dai 夏xia 钟zhong 汪wang 田tian 任ren 姜jiang 范fan 方fang
        石shi 姚yao 谭tan 廖liao 邹zou 熊xiong 金jin 陆lu 郝hao 孔kong 白bai 崔cui 康kang 邱qiu 秦qin
        江jiang 史shi 顾gu 侯hou 邵shao 孟meng 龙long 万wan 段duan 雷lei 钱qian 汤tang 尹yin 易yi 常chang
        武wu 乔qiao 贺he 赖lai 龚gong 文wen 欧阳ouyang 司徒situ 上官shangguan 诸葛zhuge
        """)

    // Characters that with a common surname make the name of a well-known person are left out.
    static let firstGiven = syllables(
        """
        晓xiao 思si 文wen 嘉jia 雨yu 子zi 若ruo 宇yu 海hai 志zhi 永yong 春chun 玉yu 秀xiu 佳jia 梦meng 一yi
        书shu 景jing 云yun 天tian 清qing 雅ya 敬jing 慧hui 鸿hong 振zhen 德de 少shao 承cheng 怀huai 松song
        柏bai 可ke 亦yi 知zhi 昕xin 沐mu 念nian 安an 兆zhao 启qi 润run 素su 绍shao 婉wan 静jing 丽li 淑shu
        冬dong 秋qiu 彦yan 予yu 以yi 心xin 诗shi 语yu 芷zhi 映ying 望wang 守shou 仲zhong 季ji 冠guan 凌ling
        """)

    static let lastGiven = syllables(
        """
        明ming 华hua 琳lin 婷ting 颖ying 悦yue 萱xuan 宁ning 航hang 远yuan 达da 涵han 轩xuan 辰chen
        岩yan 磊lei 斌bin 凯kai 莹ying 雪xue 薇wei 蕾lei 洁jie 兰lan 梅mei 霞xia 燕yan 楠nan 琪qi 瑶yao
        岚lan 川chuan 森sen 舟zhou 帆fan 羽yu 桐tong 然ran 朗lang 源yuan 泽ze 熙xi 博bo 诚cheng 信xin 义yi
        敏min 怡yi 彤tong 菲fei 妍yan 媛yuan 珊shan 丹dan 玲ling 昊hao 琛chen 琦qi 楷kai 榕rong 澄cheng
        溪xi 汐xi 晴qing 昭zhao 晖hui 彬bin 谦qian 恒heng 毓yu 颂song 咏yong 韵yun 禾he 苗miao 蓉rong 芸yun
        """)

    /// Names that the tables can make and that readers would take for a known person.
    static let avoided: Set<String> = [
        "李宁", "王菲", "高远", "江华", "于谦", "汪涵", "王源", "白岩", "李玉明", "王永明", "李文华", "王文华", "马思远", "张晓敏",
        "杨丹", "许晴", "朱丹", "林丹", "陈琳", "何洁", "苏菲", "白帆", "张磊", "王凯", "陆川", "白羽", "王一博", "李晓霞", "丁宁",
        "马琳", "王楠", "张宁", "江一燕", "陈丹", "王洁", "李信", "李莹", "何达", "杨洁", "杨玲", "王霞", "陈明", "刘楠", "李敏",
        "黄琳", "李冬梅", "李玉梅", "周韵", "唐玲", "孔明", "罗琳", "方志敏", "李嘉诚", "林志玲", "孙楠", "陈思诚", "郭敬明", "赵丽颖",
        "赵丽蓉", "杨振宁", "周慧敏", "张子怡", "陈天华", "徐静蕾", "王志信", "黄晓明", "李思琪", "李雪", "高博",
    ]
}

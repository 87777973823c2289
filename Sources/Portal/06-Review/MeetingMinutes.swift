import Lifecycle
import Store

/// Minutes made of what happened. In Chinese, for they are signed as they stand.
enum MeetingMinutes {
    static func text(_ meeting: MeetingRecord, endedAt: Instant, _ store: Transaction) throws -> String {
        let members = try MeetingQueries.members(meeting.id, store)
        let names = Dictionary(uniqueKeysWithValues: members.map { ($0.person, $0.name) })
        let leaves = try MeetingQueries.leaves(meeting.id, store)
        func listed(_ people: [MeetingMember]) -> String {
            people.isEmpty
                ? "无" : people.map { "\($0.name)（\($0.organisationName)）" }.joined(separator: "、")
        }
        var lines = [
            "会议：\(meeting.title)", "地点：\(meeting.place)",
            "时间：\(meeting.openedAt?.text ?? meeting.at.text) 至 \(endedAt.text)",
            "组长：\(names[meeting.chair] ?? "")", "出席：\(listed(members.filter(\.present)))",
            "缺席：\(listed(members.filter { !$0.present }))",
            "表决规则：无记名投票，不少于 \(meeting.quorum) 人投票有效，赞成占赞成与反对票之和的 \(meeting.majority)% 以上（含）为支持。",
        ]
        for item in try MeetingQueries.items(meeting.id, store) {
            lines.append("")
            lines.append("\(item.place). \(item.number) \(item.title)（\(item.universityName)）")
            for leave in leaves where leave.application == item.application {
                lines.append("　　\(leave.at.text) \(names[leave.person] ?? "") 回避离席。")
            }
            guard let tally = item.tally, let result = item.result else {
                lines.append("　　本次会议没有审议。")
                continue
            }
            lines.append(
                "　　\(item.closedAt?.text ?? "") 表决：有表决权 \(tally.entitled) 人，赞成 \(tally.yes)，反对 \(tally.no)，弃权 \(tally.abstained)；\(word(result))。"
            )
        }
        return lines.joined(separator: "\n")
    }

    private static func word(_ result: MeetingTally.Outcome) -> String {
        switch result {
        case .supported: "支持立项"
        case .unsupported: "不支持立项"
        case .inquorate: "投票人数不足，表决无效，留待下次会议"
        }
    }
}

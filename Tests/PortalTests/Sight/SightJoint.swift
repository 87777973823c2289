import Lifecycle

@testable import Portal

extension Maker {
    /// A draft of a call that was put before its other funder.
    mutating func playJointDraft() throws {
        let house = house
        guard let programme = house.plan.programmes.first(where: { $0.joint != nil }),
            let rules = programme.joint
        else { return }
        let id = ID<Call>("qx-joint")
        calls["jointly"] = id
        var values = CallForm.blank(programme, at: SightCity.at("2026-08-01"))
        for parameter in programme.parameters {
            guard let demo = parameter.demo else { continue }
            values[CallForm.name(parameter)] =
                parameter.kind == .money ? "\((Int64(demo) ?? 0) / 100)" : demo
        }
        values["p-\(rules.share)"] = "35"
        values[CallForm.funder] = DemoRegister.funder.rawValue
        values["title"] = "QXjointCallZ 联合资助"
        values["number"] = "2027-LH"
        values["guide"] = "一、说明\n本通知由两家机构联合资助，面向市属高校，请按要求填写申请书。"
        (values["opens-day"], values["closes-day"]) = ("2026-10-01", "2026-11-20")
        let typed = values
        try act("programme-officer", SightCity.at("2026-08-01")) { change, officer in
            try CallDrafts.begin(
                id, programme: programme.id, values: typed, by: officer, at: change.at, change.store)
            try JointActs.ask(id, base: 1, at: change.at, house, change.store)
        }
    }
}

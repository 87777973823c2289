/// 公示: what was decided lies open before it is final.
package enum Notice {}

package struct NoticeOpened: FactBody {
    package static let kind = FactKind("notice.opened")
    package let notice: ID<Notice>
    package let call: ID<Call>
    package let applications: [ID<Application>]
    package let ends: Instant
    package init(notice: ID<Notice>, call: ID<Call>, applications: [ID<Application>], ends: Instant) {
        self.notice = notice
        self.call = call
        self.applications = applications
        self.ends = ends
    }
}

package enum Objection {}

/// Anyone may object while the notice lies open. Carries no personal data: that stands in
/// ``ObjectionStated``, which can be erased.
package struct ObjectionFiled: FactBody {
    package static let kind = FactKind("objection.filed")
    package let objection: ID<Objection>
    package let notice: ID<Notice>
    package let application: ID<Application>
    /// By when it has to be answered.
    package let due: Instant
    package init(
        objection: ID<Objection>, notice: ID<Notice>, application: ID<Application>, due: Instant
    ) {
        self.objection = objection
        self.notice = notice
        self.application = application
        self.due = due
    }
}

/// Who objects, how to reach them, and what they say. Personal data: can be erased.
package struct ObjectionStated: FactBody, Hashable {
    package static let kind = FactKind("objection.stated")
    package let name: String
    package let contact: String
    package let text: String
    package init(name: String, contact: String, text: String) {
        self.name = name
        self.contact = contact
        self.text = text
    }

    package static let leastText = 20
    package static let mostName = 100
    package static let mostContact = 200
    package static let mostText = 5000

    /// What stands in for a statement that was erased.
    package static let erased = ObjectionStated(name: "（已删除）", contact: "（已删除）", text: "（已删除）")

    package static func erased(_ fact: Fact) -> ObjectionStated? { erased }

    /// What is missing, or too much, before it can be taken in. Nothing is ever cut.
    package var obstacles: [Refusal] {
        var found: [Refusal] = []
        if name.trimmedCount < 2 { found.append(Refusal("objection.name")) }
        if contact.trimmedCount < 5 { found.append(Refusal("objection.contact")) }
        if text.trimmedCount < Self.leastText {
            found.append(
                Refusal(
                    "objection.text",
                    ["least": "\(Self.leastText)", "count": "\(text.trimmedCount)"]))
        }
        for (code, text, most) in [
            ("name", name, Self.mostName), ("contact", contact, Self.mostContact),
            ("text", text, Self.mostText),
        ] where text.count > most {
            found.append(
                Refusal("objection.\(code)-long", ["most": "\(most)", "count": "\(text.count)"]))
        }
        return found
    }
}

/// Files that come with an objection. Their names, and what they hold, are personal data: can be erased.
package struct EvidenceAttached: FactBody, Hashable {
    package static let kind = FactKind("objection.evidence")
    package let objection: ID<Objection>
    /// In the order in which they were handed in. The journal finds files by this name.
    package let attachments: [AttachmentReference]
    package init(objection: ID<Objection>, attachments: [AttachmentReference]) {
        self.objection = objection
        self.attachments = attachments
    }

    package static func erased(_ fact: Fact) -> EvidenceAttached? {
        EvidenceAttached(objection: ID(fact.subject.id), attachments: [])
    }
}

/// The answer stands in the reason.
package struct ObjectionAnswered: FactBody {
    package static let kind = FactKind("objection.answered")
    package let objection: ID<Objection>
    /// The objection holds: the application is not confirmed.
    package let upheld: Bool
    package init(objection: ID<Objection>, upheld: Bool) {
        self.objection = objection
        self.upheld = upheld
    }
}

package struct NoticeClosed: FactBody {
    package static let kind = FactKind("notice.closed")
    package init() {}
}

/// The decision on one application stands without having lain open. Why, is the fact's reason.
package struct NoticeWithheld: FactBody {
    package static let kind = FactKind("notice.withheld")
    package init() {}
}

/// The decision on one application became final.
package struct ApplicationConfirmed: FactBody {
    package static let kind = FactKind("application.confirmed")
    package init() {}
}

/// An upheld objection undid the decision; its money goes back to the round.
package struct ApplicationOverturned: FactBody {
    package static let kind = FactKind("application.overturned")
    package let objection: ID<Objection>
    package let entries: [Entry]
    package init(objection: ID<Objection>, entries: [Entry]) {
        self.objection = objection
        self.entries = entries
    }
}

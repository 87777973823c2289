/// Whether calls of a programme let topics (题目) that applicants choose from.
package enum TopicUse: String, Sendable, Codable, CaseIterable {
    case none
    case optional
    case required
}

extension Programme {
    /// What `programme.yaml` says of topics; none where it says nothing.
    package var topicUse: TopicUse { topics ?? .none }
}

package import Lifecycle

/// What became of something somebody led in this house, told by the stage that knows.
package struct PastOfHouse: Sendable {
    /// What it came from. Where two stages tell of the same, the later one knows better.
    package let subject: Subject
    package let record: TrackRecord

    package init(_ subject: Subject, _ record: TrackRecord) {
        self.subject = subject
        self.record = record
    }
}

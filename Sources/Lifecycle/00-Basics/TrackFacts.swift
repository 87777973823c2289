/// Something a person did before, from an older system or from a document an officer has before them.
package struct TrackRecorded: FactBody {
    package static let kind = FactKind("track.recorded")
    package let record: TrackRecord
    /// Where it is on paper. Nil in records taken over without one.
    package let source: String?
    package init(_ record: TrackRecord, source: String? = nil) {
        self.record = record
        self.source = source
    }
}

/// An entry of somebody's record was wrong. What it said stays in its fact.
package struct TrackCorrected: FactBody {
    package static let kind = FactKind("track.corrected")
    /// The fact that entered it.
    package let entry: Int64
    /// What it says from now on; nil where there was nothing to enter.
    package let record: TrackRecord?
    package let source: String
    package init(entry: Int64, record: TrackRecord?, source: String) {
        self.entry = entry
        self.record = record
        self.source = source
    }
}

/// How far back people's records go, as an officer found it in a source.
package struct PastKnown: FactBody {
    package static let kind = FactKind("track.known")
    package let known: KnownPast
    /// Whose record; nil where it is everybody's.
    package let person: ID<Person>?
    package let source: String
    package init(_ known: KnownPast, of person: ID<Person>?, source: String) {
        self.known = known
        self.person = person
        self.source = source
    }
}

/// It did not go back so far after all.
package struct PastKnownWithdrawn: FactBody {
    package static let kind = FactKind("track.known-withdrawn")
    /// The fact that said so.
    package let entry: Int64
    package init(entry: Int64) { self.entry = entry }
}

extension Subject {
    /// The records of everybody.
    package static let records = Subject(kind: "house", id: "records")
}

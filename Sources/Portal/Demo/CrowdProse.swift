import Lifecycle

/// Prose for measuring: sentences made from patterns would all be alike, and comparing a hundred thousand of them would
/// find millions of passages, as no texts of different people do. This says nothing at all, at the same length.
struct CrowdProse {
    /// Han characters that the demo's proposals use, as often as they do.
    private let characters: [Character]

    init(_ kind: DemoProposal.Kind, using chance: inout SplitMix64) {
        var found: [Character] = []
        for _ in 0..<40 {
            let proposal = DemoTopics.proposal(kind: kind, using: &chance)
            found += (proposal.significance + proposal.method).filter(Self.isHan)
        }
        characters = found
    }

    private static func isHan(_ character: Character) -> Bool {
        character.unicodeScalars.allSatisfy { (0x4E00...0x9FFF).contains($0.value) }
    }

    /// The proposal with other prose; what is shown in lists stays.
    func loosened(_ proposal: DemoProposal, using chance: inout SplitMix64) -> DemoProposal {
        var loose = proposal
        for prose in [
            \DemoProposal.summary, \.significance, \.content, \.method, \.innovation, \.foundation,
            \.outcomes,
        ] {
            loose[keyPath: prose] = String(
                proposal[keyPath: prose].map { Self.isHan($0) ? chance.pick(characters) : $0 })
        }
        return loose
    }
}

/// One exchange: a proposal gives up one expert for another.
///
/// `Step.hole` on either side stands for an empty place, so that filling and emptying one are exchanges too.
struct Step: BitwiseCopyable {
    static let hole: Int32 = -1

    var proposal: Int32
    var from: Int32
    var to: Int32
}

extension Rows {
    /// A candidate of a row by its expert; nil if the pair is none.
    func candidate(_ expert: Int32, of proposal: Int) -> Candidate? {
        for index in start[proposal]..<start[proposal + 1] where candidates[index].expert == expert {
            return candidates[index]
        }
        return nil
    }

    /// What a step adds to the total, an empty place counted at its penalty.
    func gain(_ step: Step) -> Int64 {
        func worth(_ expert: Int32) -> Int64 {
            // A step names candidates only: the searches that make steps read them from the row.
            expert == Step.hole ? -holePenalty : Int64(candidate(expert, of: Int(step.proposal))!.score)
        }
        return worth(step.to) - worth(step.from)
    }

    /// Carries out steps together; each `from` must be held and each `to` free at its turn or by its end.
    func apply(_ steps: some Collection<Step>, to holdings: borrowing Holdings) {
        for step in steps where step.from != Step.hole {
            holdings.remove(step.from, from: Int(step.proposal))
        }
        for step in steps where step.to != Step.hole {
            holdings.add(candidate(step.to, of: Int(step.proposal))!, to: Int(step.proposal))
        }
    }
}

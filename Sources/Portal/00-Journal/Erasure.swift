package import Lifecycle
import Store

/// Takes personal data out of the journal: a payload or a reason goes with its salt, the leaf stays, and a fact
/// says so.
package enum Erasure {
    package enum Part: String, Sendable, CaseIterable, SQLBindable {
        case payload
        case reason

        fileprivate var chinese: String {
            switch self {
            case .payload: "载荷"
            case .reason: "理由"
            }
        }
    }

    package enum Refused: SpokenError, Equatable {
        case noFact(Int64)
        /// The fact never had a reason.
        case noReason(Int64)
        case alreadyErased(Int64, Part)
        /// It is not there and nothing says why: an erasure now would cover that up.
        case missing(Int64, Part)
        /// The kind's payload carries what the record cannot do without.
        case kind(Int64, String)
        case reason

        package func text(in language: Language) -> String {
            switch language {
            case .zh: chinese
            case .en: english
            }
        }

        private var english: String {
            switch self {
            case .noFact(let number): "there is no fact \(number)"
            case .noReason(let number): "fact \(number) has no reason"
            case .alreadyErased(let number, let part): "the \(part) of fact \(number) is erased already"
            case .missing(let number, let part):
                "the \(part) of fact \(number) is missing and no fact says that it was erased; see jiebang journal verify"
            case .kind(let number, let kind):
                "fact \(number) is of kind \(kind), whose payload cannot be erased: the record cannot do without it"
            case .reason: "an erasure states its reason"
            }
        }

        private var chinese: String {
            switch self {
            case .noFact(let number): "没有第 \(number) 条事实"
            case .noReason(let number): "第 \(number) 条事实没有理由"
            case .alreadyErased(let number, let part): "第 \(number) 条事实的\(part.chinese)已经删除"
            case .missing(let number, let part):
                "第 \(number) 条事实的\(part.chinese)不在，也没有事实说明它已删除；请运行 jiebang journal verify"
            case .kind(let number, let kind): "第 \(number) 条事实属于 \(kind)，其载荷不能删除：记录不能缺少它"
            case .reason: "删除须说明理由"
            }
        }
    }

    /// What an erasure leaves to whoever erases.
    package struct Left: Sendable {
        /// Other facts whose reason is one of the erased, word for word: to be looked at too.
        package let sameReason: [Int64]
        /// Hashes of files that nothing names any more: to be removed once the change is committed.
        package let unnamedFiles: Set<String>
    }

    /// Erases these parts of each of these facts, and what was projected from them: all of it or nothing.
    ///
    /// - Parameter reason: on what ground. It is shown to many, so it names no person.
    @discardableResult
    package static func erase(
        _ parts: Set<Part>, of numbers: [Int64], reason: String, _ change: Change, _ projections: Projections
    ) throws -> Left {
        guard !reason.trimmed.isEmpty else { throw Refused.reason }
        let store = change.store
        var texts: Set<String> = []
        var files: Set<String> = []
        for number in numbers {
            guard let row = try JournalRow.find(number, store) else { throw Refused.noFact(number) }
            let erased = try Erasures.of([number], store)
            if parts.contains(.payload) {
                guard let body = row.body else {
                    throw refusal(number, .payload, by: erased.payloads[number])
                }
                files.formUnion(AttachmentNames.named(in: body))
                guard projections.mayErase(row.fact) else {
                    throw Refused.kind(number, row.fact.kind.rawValue)
                }
            }
            if parts.contains(.reason) {
                guard row.reasonHash != nil else { throw Refused.noReason(number) }
                guard let text = row.reasonText else {
                    throw refusal(number, .reason, by: erased.reasons[number])
                }
                texts.insert(text)
            }
        }
        try change.append(
            JournalErased(
                payloads: parts.contains(.payload) ? numbers : [],
                reasons: parts.contains(.reason) ? numbers : []),
            about: Subject(kind: "journal", id: "erasure"), reason: reason.trimmed)
        for number in numbers {
            for part in parts {
                switch part {
                case .payload: _ = try store.run("DELETE FROM payload WHERE number = \(number)")
                case .reason: _ = try store.run("DELETE FROM reason WHERE number = \(number)")
                }
            }
        }
        // A later fact may have overwritten the row, so the tables are made anew rather than one row mended.
        try Replay.rebuild(projections, store)
        return Left(
            sameReason: try store.values(
                "SELECT number FROM reason WHERE text IN \(list: texts.sorted()) ORDER BY number",
                as: Int64.self),
            unnamedFiles: files.isEmpty ? [] : files.subtracting(try AttachmentNames.all(store)))
    }

    private static func refusal(_ number: Int64, _ part: Part, by erasure: Int64?) -> Refused {
        erasure == nil ? .missing(number, part) : .alreadyErased(number, part)
    }
}

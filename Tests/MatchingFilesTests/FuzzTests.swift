import Foundation
import Matching
import MatchingFiles
import Testing

/// Files as an adversary or a slip of the pen makes them: each is refused in words or gives a problem that can be
/// solved and proved.
struct FuzzTests {
    private static let sound = [
        "pairs.csv": "proposal,expert,score\n0,0,0.5\n0,1,0.25\n0,2,1\n1,0,1\n1,2,2.5e-1\n2,1,-3\n2,2,.5\n",
        "scores.csv": "0.5,0.25,1\n1,-1,0.25\n-1,-3,.5\n", "demand.csv": "1\n2\n1\n",
        "max.csv": "1\n2\n2\n", "min.csv": "0\n1\n0\n", "lock.csv": "proposal,expert\n1,2\n",
        "forbid.csv": "proposal,expert\n0,0\n", "groups.csv": "0\n-1\n0\n",
        "kinds.csv": "expert,kind\n1,finance\n2,finance\n",
    ]
    /// Bytes that mean something to the readers.
    private static let telling = Array("\n\r,.-+eE0123456789 \t".utf8) + [0, 0xEF, 0xBB, 0xBF, 0xFF]

    @Test func `damaged files of a problem are refused, or give one that is solved and proved`() throws {
        let seed = UInt64.random(in: .min ... .max)
        var chance = SeededChance(seed: seed)
        let folder = try Folder()
        var (rounds, read) = (0, 0)
        for _ in Rounds(1_500) {
            rounds += 1
            for (name, text) in Self.sound { _ = try folder.write(text, name) }
            let dense = Bool.random(using: &chance)
            let names = Self.sound.keys.sorted().filter { $0 != (dense ? "pairs.csv" : "scores.csv") }
            let name = names.randomElement(using: &chance) ?? "demand.csv"
            let bytes = Damage.done(to: Array((Self.sound[name] ?? "").utf8), Self.telling, &chance)
            try Data(bytes).write(to: URL(fileURLWithPath: folder.file(name)))
            let files = ProblemFiles(
                scores: dense ? .dense(folder.file("scores.csv")) : .pairs(folder.file("pairs.csv")),
                demand: folder.file("demand.csv"), maximumLoad: folder.file("max.csv"),
                minimumLoad: folder.file("min.csv"), locked: folder.file("lock.csv"),
                forbidden: folder.file("forbid.csv"),
                groups: name == "kinds.csv" ? nil : folder.file("groups.csv"),
                kinds: name == "kinds.csv" ? folder.file("kinds.csv") : nil)
            let problem: MatchingProblem
            let scale: ScoreScale
            do throws(FileRefused) {
                (problem, scale) = try files.read()
            } catch {
                #expect(!error.reason.isEmpty && error.line ?? 1 > 0, "seed \(seed)")
                continue
            }
            read += 1
            guard problem.demand.reduce(0, { $0 + Int($1) }) < 10_000 else { continue }
            do throws(MatchingRefused) {
                let solution = try solve(problem)
                let certificate = CertificateFile(solution, scale: scale)
                #expect(
                    throws: Never.self, "seed \(seed)",
                    performing: { try certificate.verify(problem, solution.assignment, scale: scale) })
            } catch {
                // That minimum loads cannot be met, only the solution can tell.
                guard case .minimumLoads = error else {
                    Issue.record("seed \(seed): \(error)")
                    continue
                }
            }
        }
        #expect(read > 0 && read < rounds, "seed \(seed): \(read) of \(rounds)")
        print("matching files: \(rounds) rounds, \(read) read")
    }

    @Test func `a damaged certificate or assignment is refused, or is what was written`() throws {
        let seed = UInt64.random(in: .min ... .max)
        var chance = SeededChance(seed: seed)
        let folder = try Folder()
        for (name, text) in Self.sound { _ = try folder.write(text, name) }
        let (problem, scale) = try ProblemFiles(
            scores: .dense(folder.file("scores.csv")), demand: folder.file("demand.csv"),
            maximumLoad: folder.file("max.csv")
        ).read()
        let solution = try solve(problem)
        let certificate = try CertificateFile(solution, scale: scale).bytes
        let assignment = AssignmentFile.text(solution.assignment)
        let marks = Array("{}[]\":,-+.eE0123456789\n".utf8) + [0, 0xFF]
        var rounds = 0
        for _ in Rounds(1_500) {
            rounds += 1
            let isCertificate = Bool.random(using: &chance)
            let (one, other) = (
                isCertificate ? Damage.done(to: certificate, marks, &chance) : certificate,
                isCertificate ? assignment : Damage.done(to: assignment, marks, &chance)
            )
            try Data(one).write(to: URL(fileURLWithPath: folder.file("cert.json")))
            try Data(other).write(to: URL(fileURLWithPath: folder.file("assignment.csv")))
            guard let read = try? CertificateFile.read(path: folder.file("cert.json")),
                let pairs = try? AssignmentFile.read(
                    path: folder.file("assignment.csv"), proposals: problem.proposals,
                    experts: problem.experts),
                (try? read.verify(problem, pairs, scale: scale)) != nil
            else { continue }
            #expect(pairs == solution.assignment, "seed \(seed)")
            #expect(read.total == solution.report.total && read.prices == solution.certificate.prices)
        }
        print("certificates: \(rounds) rounds")
    }
}

/// Random numbers that come out the same for the same seed (SplitMix64).
struct SeededChance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

enum Damage {
    /// A few bytes changed, left out, put in, repeated or cut off, and now and then nothing but noise.
    static func done(to sound: [UInt8], _ telling: [UInt8], _ chance: inout some RandomNumberGenerator)
        -> [UInt8]
    {
        var bytes = sound
        for _ in 0..<Int.random(in: 1...3, using: &chance) {
            let place = Int.random(in: 0...bytes.count, using: &chance)
            let byte =
                Int.random(in: 0..<4, using: &chance) > 0
                ? telling.randomElement(using: &chance) ?? 0 : UInt8.random(in: 0...255, using: &chance)
            switch Int.random(in: 0..<12, using: &chance) {
            case 0...3 where place < bytes.count: bytes[place] = byte
            case 4...5 where place < bytes.count: bytes.remove(at: place)
            case 6...8: bytes.insert(byte, at: place)
            case 9: bytes.insert(contentsOf: bytes.suffix(min(place, 40)), at: place)
            case 10: bytes.removeLast(min(place, bytes.count))
            default: bytes = (0..<place).map { _ in UInt8.random(in: 0...255, using: &chance) }
            }
        }
        return bytes
    }
}

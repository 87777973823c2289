import Foundation
import Synchronization
import TextReuse

/// An archive as large as wanted: each text is one of the corpus with its Chinese characters moved on by a number of
/// its own, so that texts are new to each other but distributed like real ones. One in ten takes a passage of 300
/// characters from an earlier text.
struct Scale {
    let corpus: Corpus
    let folder: String
    let count: Int

    private static let passage = 300 * 3

    func run() throws {
        let path = "\(folder)/scale-\(count)"
        try? FileManager.default.removeItem(atPath: path)
        try build(path)
        try searchCold(path)
        let index = try ReuseIndex(writing: path)
        try search(index)
        try insert(index)
        try pairs(index)
    }

    /// Deterministic in the number: whoever copies can make its source again.
    private func plain(_ number: Int) -> [UInt8] {
        var text = corpus.texts[number % corpus.texts.count]
        let shift = UInt32(truncatingIfNeeded: number / corpus.texts.count &* 7919 % 20_000)
        var place = 0
        while place < text.count {
            guard text[place] & 0xF0 == 0xE0 else {
                place += 1
                continue
            }
            let code =
                UInt32(text[place] & 15) << 12 | UInt32(text[place + 1] & 63) << 6
                | UInt32(text[place + 2] & 63)
            if 0x4E00..<0x9C20 ~= code {
                let moved = 0x4E00 + (code - 0x4E00 + shift) % 20_000
                text[place] = 0xE0 | UInt8(moved >> 12)
                text[place + 1] = 0x80 | UInt8(moved >> 6 & 63)
                text[place + 2] = 0x80 | UInt8(moved & 63)
            }
            place += 3
        }
        return text
    }

    private func text(_ number: Int) -> [UInt8] {
        var text = plain(number)
        guard number % 10 == 9 else { return text }
        let source = plain(number * 7 / 10)
        var start = source.count / 3
        while start < source.count, source[start] & 0xC0 == 0x80 { start += 1 }
        var end = min(source.count, start + Self.passage)
        while end < source.count, source[end] & 0xC0 == 0x80 { end += 1 }
        text += [0x0A] + source[min(start, end)..<end]
        return text
    }

    private func build(_ path: String) throws {
        let index = try ReuseIndex(writing: path)
        var (cpu, wall, bytes, characters, postings) = (0.0, 0.0, 0, 0, 0)
        var fingerprinter = Fingerprinter()
        for number in 0..<count {
            let text = text(number)
            bytes += text.count
            characters += text.count { $0 & 0xC0 != 0x80 }
            // Counted beside the clock: what the index keeps of a text.
            _ = text.withUnsafeBytes { fingerprinter($0) { _ in postings += 1 } }
            let meter = Meter()
            try Array("\(number)".utf8).withUnsafeBytes { id in
                _ = try text.withUnsafeBytes { try index.add(id: id, text: $0) }
            }
            if index.isSealDue { try index.seal() }
            cpu += meter.cpu
            wall += meter.wall
        }
        let meter = Meter()
        try index.seal()
        try index.merge()
        let segments = try FileManager.default.contentsOfDirectory(atPath: path).filter {
            $0.hasPrefix("segment-")
        }
        let size = try segments.reduce(0) {
            $0 + (try FileManager.default.attributesOfItem(atPath: "\(path)/\($1)")[.size] as? Int ?? 0)
        }
        report(
            "build \(count)",
            [
                "cpu": cpu + meter.cpu, "wall": wall + meter.wall, "bytes": Double(bytes),
                "characters": Double(characters), "segments": Double(segments.count),
                "segmentBytes": Double(size), "bytesPerPosting": Double(size) / Double(max(1, postings)),
                "peakMegabytes": Meter.peakMegabytes,
                "megabytesPerSecondCPU": Double(bytes) / (cpu + meter.cpu) / 1e6,
            ])
    }

    /// Texts that each hold one copied passage, evenly from the whole.
    private func asked(_ most: Int) -> [Int] {
        stride(from: 9, to: count, by: max(1, count / most)).map { $0 / 10 * 10 + 9 }.filter { $0 < count }
    }

    /// The first search of an index that was just opened and of which nothing else is in memory. Opening reads a
    /// segment's tables, so they are warm, and postings and texts are not.
    private func searchCold(_ path: String) throws {
        var (opening, times, cpu): ([Double], [Double], [Double]) = ([], [], [])
        var (found, resident) = (0, 0.0)
        for number in asked(40) {
            let text = text(number)
            resident = max(resident, try PageCache.evict(path))
            let opened = Meter()
            let index = try ReuseIndex(reading: path)
            opening.append(opened.wall * 1000)
            let meter = Meter()
            let sources = try text.withUnsafeBytes { try index.check($0) }
            times.append(meter.wall * 1000)
            cpu.append(meter.cpu * 1000)
            if sources.contains(where: { $0.document == number * 7 / 10 }) { found += 1 }
        }
        opening.sort()
        times.sort()
        cpu.sort()
        report(
            "check cold",
            [
                "searches": Double(times.count), "milliseconds50": times[times.count / 2],
                "milliseconds95": times[times.count * 95 / 100],
                "found": Double(found) / Double(times.count),
                "cpuMilliseconds50": cpu[cpu.count / 2], "cpuMilliseconds95": cpu[cpu.count * 95 / 100],
                "openMilliseconds50": opening[opening.count / 2], "residentShareBefore": resident,
            ])
    }

    /// Proposals of about 9,000 characters that each hold one copied passage. Both rounds are warm.
    private func search(_ index: ReuseIndex) throws {
        var times: [Double] = []
        var cpu: [Double] = []
        var found = 0
        let asked = asked(400)
        for round in ["first", "warm"] {
            times.removeAll()
            cpu.removeAll()
            found = 0
            for number in asked {
                let text = text(number)
                let meter = Meter()
                let sources = try text.withUnsafeBytes { try index.check($0) }
                times.append(meter.wall * 1000)
                cpu.append(meter.cpu * 1000)
                if sources.contains(where: { $0.document == number * 7 / 10 }) { found += 1 }
            }
            times.sort()
            cpu.sort()
            report(
                "check \(round)",
                [
                    "searches": Double(times.count), "milliseconds50": times[times.count / 2],
                    "milliseconds95": times[times.count * 95 / 100],
                    "found": Double(found) / Double(times.count),
                    "cpuMilliseconds50": cpu[cpu.count / 2], "cpuMilliseconds95": cpu[cpu.count * 95 / 100],
                ])
        }
    }

    /// From the call that adds a text to the end of the search that finds it.
    private func insert(_ index: ReuseIndex) throws {
        var times: [Double] = []
        for number in 0..<50 {
            let text = plain(count + number * 31 + 5)
            let meter = Meter()
            try Array("new \(number)".utf8).withUnsafeBytes { id in
                _ = try text.withUnsafeBytes { try index.add(id: id, text: $0) }
            }
            let sources = try text.withUnsafeBytes { try index.check($0) }
            times.append(meter.wall * 1000)
            precondition(sources.contains { $0.overlap.containment > 0.99 })
        }
        times.sort()
        report("add and find", ["milliseconds50": times[25], "milliseconds95": times[47]])
    }

    private func pairs(_ index: ReuseIndex) throws {
        let meter = Meter()
        let found = Atomic(0)
        try index.pairs { _ in found.add(1, ordering: .relaxed) }
        report(
            "pairs \(count)",
            [
                "cpu": meter.cpu, "wall": meter.wall, "pairs": Double(found.load(ordering: .relaxed)),
                "peakMegabytes": Meter.peakMegabytes,
            ])
    }
}

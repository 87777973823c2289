#!/usr/bin/env python3
"""Writes the measurements of a run under "TextReuse" into docs/performance.md, in place of the last ones.

usage: write_results.py RESULTS PERFORMANCE.md

RESULTS is a folder of JSON lines, as Benchmarks/reuse.sh makes it; what is missing there is a row that says so.
"""
import json
import pathlib
import sys

BEGIN, END = "<!-- reuse: written by make bench-reuse -->", "<!-- end of reuse -->"


def read(path):
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text().splitlines() if line.startswith("{")]


def percent(share):
    return f"{share * 100:.1f} %"


def main():
    results, page = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    rows = []
    speed = {m["what"]: m for m in read(results / "speed.json")}
    prints, index, pairs = (speed.get(k) for k in (
        "fingerprints", "index, 1 threads", "pairs with spans, 1 threads"))
    if prints:
        rows.append(("T1 index stage: text to fingerprints, one core, nothing written", f"{prints['megacharsPerSecond']:.0f} M characters/s", "≥ 60"))
    if index:
        rows.append(("index to disk, log and merge included, one core",
                     f"{index['megabytesPerSecond']:.0f} MB/s ({index['megacharsPerSecond']:.0f} M characters/s)", "—"))
    if pairs:
        rows.append(("index and all pairs with spans", f"{pairs['megabytesPerSecondWithIndex']:.1f} MB/s", "—"))
    for peer, target in (("datasketch", 40), ("rensa", 10)):
        found = read(results / f"{peer}.json")
        if not found:
            rows.append((f"T1 against {peer}", "not measured: the peer is missing", f"≥ {target}×"))
            continue
        rate = found[0]["megabytesPerSecond"]
        if prints and index and pairs:
            rows.append((f"T1 against {peer} ({rate:.1f} MB/s), same run",
                         f"fingerprints {prints['megabytesPerSecond'] / rate:.0f}×, index {index['megabytesPerSecond'] / rate:.0f}×, "
                         f"with pairs and spans {pairs['megabytesPerSecondWithIndex'] / rate:.1f}×", f"≥ {target}×"))
        recall = found[0]["recall"]
        rows.append((f"{peer}: passages found, near-duplicates by share replaced", f"{percent(recall['passage'])}; " + " / ".join(
            percent(v) for k, v in recall.items() if k.startswith("duplicate")), "—"))
    for m in read(results / "scale.json"):
        what = m.pop("what")
        if what.startswith("build"):
            rows.append((f"T2 {what} texts, {m['characters'] / 1e9:.1f} G characters, {m['bytes'] / 1e9:.1f} GB",
                         f"{m['cpu']:.0f} s CPU ({m['cpu'] * 3.7e9 / m['characters']:.0f} s at 3.7 G characters), "
                         f"{m['wall']:.0f} s wall, at most {m['peakMegabytes']:.0f} MB resident with mapped files, "
                         f"{m['segmentBytes'] / 1e9:.2f} GB of segments, {m['bytesPerPosting']:.2f} B a posting",
                         "400,000 texts, 3.7 G characters: ≤ 120 s CPU, ≤ 120 s wall, ≤ 5 GB, ≤ 9 B a posting"))
        elif what.startswith("pairs"):
            rows.append((f"T7 {what}", f"{m['wall'] / 60:.1f} min wall, {m['cpu']:.0f} s CPU, {m['pairs']:.0f} pairs",
                         "400,000: ≤ 30 min"))
        elif what == "check cold":
            # Some file systems, such as those in memory, let nothing be driven out.
            is_cold = m["residentShareBefore"] < 0.01
            rows.append(("T3 check, cold",
                         f"p50 {m['milliseconds50']:.0f} ms, p95 {m['milliseconds95']:.0f} ms (CPU p95 "
                         f"{m['cpuMilliseconds95']:.0f} ms): first search of an index of which only the tables are in memory "
                         f"(opening it reads them: p50 {m['openMilliseconds50']:.0f} ms)"
                         if is_cold else "not measured: the files could not be driven out of memory", "≤ 400 ms cold"))
        else:
            rows.append((f"T3 {what}".replace("check first", "check, first time, warm").replace("check warm", "check, again, warm"), f"p50 {m['milliseconds50']:.0f} ms, p95 {m['milliseconds95']:.0f} ms"
                         + (f" (CPU p95 {m['cpuMilliseconds95']:.0f} ms)" if "cpuMilliseconds95" in m else ""),
                         {"add and find": "≤ 50 ms"}.get(what, "≤ 100 ms warm")))
    for path in sorted(results.glob("found-*.json")):
        for m in read(path):
            r, name = m["recall"], path.stem.removeprefix("found-")
            rows.append((f"T4 {name}: recall at 100 / 200 / 500 / 1,000 / 2,000 characters",
                         " / ".join(percent(r[f"length {n}"]) for n in (100, 200, 500, 1000, 2000)),
                         "≥ 97 / 98.5 / 100 %" if m["lang"] == "zh" else "—"))
            rows.append((f"T4 {name}: hostile; near-duplicates",
                         percent(r["hostile"]) + "; " + " / ".join(
                             percent(v) for k, v in r.items() if k.startswith("duplicate")),
                         "≥ 65 %; 100 %" if m["lang"] == "zh" else "—"))
            rows.append((f"T5 {name}: pairs with a sound span; form only",
                         f"{percent(m['sound'])}; {m['form_only'] * 100:.2f} % of {m['pairs']}", "≥ 95 %; ≤ 0.2 %"))
            rows.append((f"T6 {name}: plagdet of injected passages, granularity",
                         f"{m['injected']['plagdet']:.3f}, {m['injected']['granularity']:.2f}",
                         "≥ .90, ≤ 1.1" if m["lang"] == "zh" else "—"))
    for m in read(results / "pan13.json"):
        rows.append((f"T6 PAN13 without obfuscation, {m['cases']} cases: plagdet, granularity",
                     f"{m['plagdet']:.3f}, {m['granularity']:.2f}", "≥ .95, ≤ 1.1"))
    table = "\n".join(f"| {a} | {b} | {c} |" for a, b, c in rows)
    section = (f"{BEGIN}\n## TextReuse\n\n`make bench-reuse` measures this and writes it here. CPU is user and system time of all "
               f"threads.\n\n| what | figure | target |\n|---|---|---|\n{table}\n{END}\n")
    text = page.read_text()
    if BEGIN in text:
        before, rest = text.split(BEGIN, 1)
        text = before + section + rest.split(END, 1)[1].removeprefix("\n")
    else:
        text = text.rstrip("\n") + "\n\n" + section
    page.write_text(text)


if __name__ == "__main__":
    main()

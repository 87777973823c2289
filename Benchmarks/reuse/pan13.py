#!/usr/bin/env python3
"""PAN 2013 text alignment, the pairs without obfuscation: plagdet of side-by-side comparison (Potthast et al. 2010).

usage: pan13.py BENCH DATA [PAIRS]

DATA holds pan13-susp.jsonl.gz, pan13-src.jsonl.gz, pan13-02-pairs.txt and pan13-02-truth.json. BENCH is TextReuseBench.
Cases and detections of all pairs are pooled (macro-averaged over cases and detections).
"""
import json
import pathlib
import subprocess
import sys
import tempfile

from evaluate import overlap, union
from make_corpus import load
import math


def main():
    program, data = sys.argv[1], pathlib.Path(sys.argv[2])
    most = int(sys.argv[3]) if len(sys.argv) > 3 else 1 << 30
    texts = {r["id"]: r["text"] for name in ("susp", "src") for r in load(data / f"pan13-{name}.jsonl.gz")}
    truth = {}
    for t in json.loads((data / "pan13-02-truth.json").read_text()):
        truth.setdefault((t["susp"], t["src"]), []).append((
            (t["this_offset"], t["this_offset"] + t["this_length"]),
            (t["source_offset"], t["source_offset"] + t["source_length"])))
    recall, precision, granularity = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for number, (name, text) in enumerate(texts.items()):
            paths[name] = f"{folder}/{number}.txt"
            pathlib.Path(paths[name]).write_text(text, encoding="utf8", newline="")
        asked = sorted(truth.items())[:most]
        done = subprocess.run([program, "align"], capture_output=True, check=True, text=True,
                              input="".join(f"{paths[susp]}\t{paths[src]}\n" for (susp, src), _ in asked))
        for (_, cases), line in zip(asked, done.stdout.splitlines(), strict=True):
            found = [(s["a"], s["b"]) for s in json.loads(line)["spans"]]

            def covered(case, spans):
                a, b = case
                return (union([(max(s[0][0], a[0]), min(s[0][1], a[1])) for s in spans])
                        + union([(max(s[1][0], b[0]), min(s[1][1], b[1])) for s in spans]))

            def meets(case, span):
                return overlap(case[0], span[0]) and overlap(case[1], span[1])

            for case in cases:
                hits = [f for f in found if meets(case, f)]
                size = case[0][1] - case[0][0] + case[1][1] - case[1][0]
                recall.append(covered(case, hits) / size)
                if hits:
                    granularity.append(len(hits))
            for f in found:
                inside = [(max(c[0][0], f[0][0]), min(c[0][1], f[0][1])) for c in cases if meets(c, f)]
                other = [(max(c[1][0], f[1][0]), min(c[1][1], f[1][1])) for c in cases if meets(c, f)]
                precision.append((union(inside) + union(other)) / (f[0][1] - f[0][0] + f[1][1] - f[1][0]))
    r, p, g = sum(recall) / len(recall), sum(precision) / len(precision), sum(granularity) / len(granularity)
    print(json.dumps({"pairs": min(most, len(truth)), "cases": len(recall), "recall": r, "precision": p,
                      "granularity": g, "plagdet": 2 * r * p / (r + p) / math.log2(1 + g)}))


if __name__ == "__main__":
    main()

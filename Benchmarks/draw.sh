#!/bin/bash
# Measures PublicDraw beside a plain implementation in Python and writes the table into docs/performance.md.
# usage: Benchmarks/draw.sh [smoke]   BENCH: a built PublicDrawBench (default: build it)
# `draw.sh smoke` takes seconds, writes nothing and fails where the peer draws otherwise.
set -euo pipefail
cd "$(dirname "$0")"

bench=${BENCH:-}
if [ -z "$bench" ]; then
    (cd .. && swift build -c release --product PublicDrawBench)
    bench=$(cd .. && swift build -c release --show-bin-path)/PublicDrawBench
fi
if [ "${1:-}" = smoke ]; then
    # Name, rounds and who is drawn last; the time between them is nobody's business here.
    ours=$("$bench" smoke)
    echo "$ours"
    diff <(cut -f 1,2,4 <<<"$ours" | grep -v -e tickets -e verify) <(python3 draw_peer.py smoke | cut -f 1,2,4)
    exit
fi
ours=$("$bench")
peer=$(command -v python3 >/dev/null && python3 draw_peer.py || true)

OURS=$ours PEER=$peer python3 - ../docs/performance.md <<'PY' || { echo "$ours"; echo "python3 is missing: no peer, no table"; }
import os, re, sys

def rows(text):
    return {line.split("\t")[0]: line.split("\t")[1:] for line in text.splitlines() if line}

ours, peer = rows(os.environ["OURS"]), rows(os.environ["PEER"])
table = ["| draw | rounds | ours | Python, hashlib and a list | ratio |", "|---|---|---|---|---|"]
for name, (rounds, seconds, last) in ours.items():
    other = peer.get(name)
    if other is None:
        table.append(f"| {name} | {rounds} | {float(seconds):.3f} s | not written | — |")
        continue
    if other[2] != last:
        sys.exit(f"{name}: ours drew {last} last, the peer {other[2]}")
    ratio = float(other[1]) / float(seconds)
    table.append(f"| {name} | {rounds} | {float(seconds):.3f} s | {float(other[1]):.3f} s | {ratio:.1f} |")
print("\n".join(table))
path = sys.argv[1]
text = open(path, encoding="utf-8").read()
begin, end = "<!-- bench-draw -->", "<!-- /bench-draw -->"
block = begin + "\n" + "\n".join(table) + "\n" + end
if begin in text:
    text = re.sub(re.escape(begin) + ".*?" + re.escape(end), lambda _: block, text, flags=re.S)
else:
    text += "\n## Draws: `make bench-draw`\n\nWall seconds, the best of three, our round with its written record. Both " \
        "draw the same. No package on\nPyPI or in Debian draws by RFC 3797, so the peer is the plain algorithm.\n\n" + block + "\n"
open(path, "w", encoding="utf-8").write(text)
PY

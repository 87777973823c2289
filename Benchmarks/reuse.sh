#!/bin/sh
# Measures TextReuse and its peers in one run and writes docs/performance.md.
#
#   Benchmarks/reuse.sh DATA [SCALE]
#   Benchmarks/reuse.sh smoke             takes seconds, writes nothing and fails on a wrong result
#
# BENCH: a built TextReuseBench (default: build it).
# DATA: a folder with zh-laws.jsonl.gz, en-peps.jsonl.gz and the pan13 files (see reuse/make_corpus.py, reuse/pan13.py).
# SCALE: how many made-up texts the large index has (default 400000: about 15 GB of disk). Results stay in
# Benchmarks/.results/reuse. Peers come from PyPI into Benchmarks/.venv; a missing one is a row that says so.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bench=${BENCH:-}
if [ -z "$bench" ]; then
    (cd "$here/.." && swift build -c release --product TextReuseBench)
    bench=$(cd "$here/.." && swift build -c release --show-bin-path)/TextReuseBench
fi
[ "$1" != smoke ] || exec python3 "$here/reuse/smoke.py" "$bench"
data=$(cd "$1" && pwd)
scale=${2:-400000}
out=$here/.results/reuse
venv=$here/.venv
python=$venv/bin/python
seed=${SEED:-20260701}
mkdir -p "$out"
rm -f "$out"/*.json

[ -x "$python" ] || python3 -m venv "$venv"
"$python" -m pip install --quiet --disable-pip-version-check opencc==1.4.2
for peer in datasketch==2.0.0 rensa==0.5.0; do
    "$python" -m pip install --quiet --disable-pip-version-check "$peer" || echo "$peer cannot be installed" >&2
done

"$python" "$here/reuse/make_corpus.py" zh "$data" "$out/zh" "$seed"
"$python" "$here/reuse/make_corpus.py" en "$data" "$out/en" "$seed"
"$bench" speed "$out/zh/docs.jsonl" "$out" | tee "$out/speed.json"
for peer in datasketch rensa; do
    "$python" "$here/reuse/peers.py" "$out/zh" "$peer" > "$out/$peer.json" || rm -f "$out/$peer.json"
done
for corpus in zh en; do
    "$bench" pairs "$out/$corpus/docs.jsonl" "$out" > "$out/$corpus/pairs.jsonl"
    "$python" "$here/reuse/evaluate.py" "$out/$corpus" "$out/$corpus/pairs.jsonl" > "$out/found-$corpus.json"
done
"$python" "$here/reuse/pan13.py" "$bench" "$data" > "$out/pan13.json"
"$bench" scale "$out/zh/docs.jsonl" "$out" "$scale" | tee "$out/scale.json"
rm -rf "$out"/scale-* "$out"/speed-*
"$python" "$here/reuse/write_results.py" "$out" "$here/../docs/performance.md"

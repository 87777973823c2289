#!/bin/sh
# Measures Matching beside its peers in one run, prints tables and writes them into docs/performance.md.
# `matching.sh smoke` takes seconds, writes nothing and fails on a wrong result; without an argument 100,000 proposals; `matching.sh full` goes
# on to 400,000 and takes the better part of an hour. MATCHING_DATA (default ../shared/data/matching beside the clone)
# holds the real calls; what is not there is skipped, and the table says so.
# BENCH: a built MatchingBench; VENV: where Python keeps OR-tools.
set -eu
cd "$(dirname "$0")"
size=${1:-large}
venv=${VENV:-.venv}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

bench=${BENCH:-}
if [ -z "$bench" ]; then
    (cd .. && swift build -c release --product MatchingBench)
    bench=$(cd .. && swift build -c release --show-bin-path)/MatchingBench
fi

if [ "$size" = smoke ]; then
    # Without a gap the prices prove the total; a wrong one cannot have none.
    case $("$bench" threads top 500 1) in
    *'"same":true}') ;;
    *) echo "matching.sh: two threads find another solution" >&2 && exit 1 ;;
    esac
    for call in "solve top" "solve tight" "solve ties" "solve institutions" "withdraw top"; do
        # A call is two words.
        # shellcheck disable=SC2086
        found=$("$bench" $call 500 1)
        echo "$call: $found"
        case $found in
        *'"gap":0,'* | *'"gap":0}') ;;
        *) echo "matching.sh: $call was not proved" >&2 && exit 1 ;;
        esac
    done
    if [ -x "$venv/bin/python" ]; then
        MATCHING_DATA=$work "$venv"/bin/python matching-peers/compare.py "$bench" "$work" 60 - top:500 institutions:500
    fi
    exit
fi

[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv"/bin/pip install --quiet --disable-pip-version-check ortools==9.15.6755 || echo "OR-tools could not be installed" >&2
../tools/install-packages "$([ "$(id -u)" = 0 ] || echo sudo)" liblemon-dev g++ || true
g++ -O2 -o "$work/lemon_flow" matching-peers/lemon_flow.cpp || echo "LEMON could not be built" >&2

case $size in
full) set -- top:10000 top:100000 tight:100000 ties:100000 institutions:100000 uniform:400000 top:400000 tight:400000 ties:400000 tightties:400000 ;;
*) set -- top:10000 top:100000 tight:100000 ties:100000 institutions:100000 ;;
esac
"$venv"/bin/python matching-peers/compare.py "$bench" "$work" "${LIMIT:-600}" "${DOCUMENT:-../docs/performance.md}" "$@"

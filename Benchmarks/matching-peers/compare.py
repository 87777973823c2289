"""Runs our kernel and its peers on the same instances, one after another, prints tables in Markdown and writes them
into the document between its markers.

usage: compare.py BENCH_BINARY WORK_FOLDER LIMIT_SECONDS DOCUMENT NAME:PROPOSALS…
DOCUMENT `-` writes nothing. MATCHING_DATA names the folder of real calls.
"""
import json
import os
import re
import subprocess
import sys

import real
import targets

bench, work, limit, document = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
here = os.path.dirname(os.path.abspath(__file__))
seed = os.environ.get("SEED", "1")
data = os.environ.get("MATCHING_DATA") or os.path.join(here, "../../../shared/data/matching")


def measured(command):
    """The solver's line, or why there is none. Of one that was stopped the time is a bound from below."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return {"seconds": limit, "isStopped": True}, f"stopped after {limit} s"
    except FileNotFoundError:
        return None, "missing"
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["failed"])[-1]
        return None, "missing" if "ModuleNotFoundError" in last else last
    return json.loads(done.stdout), None


def peers_of(name, path):
    if name == "institutions":
        return [("OR-tools, expanded network", [sys.executable, f"{here}/ortools_flow.py", path, "institutions"])]
    peers = [("OR-tools", [sys.executable, f"{here}/ortools_flow.py", path])]
    # Minutes for each large call: it is compared with where a target names it.
    if name == "top":
        peers.append(("LEMON network simplex", [f"{work}/lemon_flow", path]))
    return peers


found = {}
wrong = False
lines = ["| instance | pairs | solver | CPU s | times ours | MB | total |", "|---|---|---|---|---|---|---|"]
for wanted in sys.argv[5:]:
    name, proposals = wanted.split(":")
    path = f"{work}/{name}{proposals}.bin"
    # An instance of institutions is that of `top` with a rule beside it.
    subprocess.run([bench, "make", "top" if name == "institutions" else name, proposals, seed, path], check=True)
    source = ["file", path] + (["institutions"] if name == "institutions" else [])
    ours, why = measured([bench, "solve"] + source)
    if why is not None:
        sys.exit(f"our kernel: {why}")
    if ours["gap"] != 0:
        sys.exit(f"our kernel did not prove {wanted}")
    label = f"{name}, {int(proposals):,} proposals"
    phases = ", ".join(f"{phase} {seconds:.2f}" for phase, seconds in ours["phases"].items())
    lines.append(
        f"| {label} | {ours['pairs']:,} | ours, proof included ({phases}) | {ours['seconds']:.3f} | 1 "
        f"| {ours['megabytes']} | {ours['total']} |")
    found[name, int(proposals)] = {"ours": ours}
    for peer, command in peers_of(name, path):
        other, why = measured(command)
        if other is None:
            lines.append(f"| {label} | {ours['pairs']:,} | {peer} | {why} | | | |")
            continue
        found[name, int(proposals)][peer] = other
        if why is not None:
            lines.append(
                f"| {label} | {ours['pairs']:,} | {peer} | {why} | more than {limit / ours['seconds']:.0f} | | |")
            continue
        same = (other["total"], other["unfilled"]) == (ours["total"], ours["unfilled"])
        wrong = wrong or not same
        lines.append(
            f"| {label} | {ours['pairs']:,} | {peer} | {other['seconds']:.3f} "
            f"| {other['seconds'] / ours['seconds']:.1f} | {other['megabytes']} "
            f"| {'the same' if same else other['total']} |")
    if name == "top":
        again, why = measured([bench, "withdraw"] + source)
        if why is not None:
            sys.exit(f"withdrawals: {why}")
        found["withdraw", int(proposals)] = again
        wrong = wrong or again["gap"] != 0
        lines.append(
            f"| {label} | | {again['experts']} experts withdraw together, {again['changed']} proposals change "
            f"(one by one {again['singly']:.1f} ms, the longest {again['longest']:.1f} ms) "
            f"| {again['milliseconds'] / 1000:.4f} | | | {again['total']}, gap {again['gap']} |")
        dealt, why = measured([bench, "threads"] + source)
        if why is not None:
            sys.exit(f"two threads: {why}")
        found["threads", int(proposals)] = dealt
        wrong = wrong or not dealt["same"]
        lines.append(
            f"| {label} | | two threads: {dealt['two']:.3f} s by the wall, one {dealt['one']:.3f} s, the best of five in turn "
            f"| {dealt['twoProcessor']:.3f} | | | {'the same' if dealt['same'] else 'another'} |")
    print("\n".join(lines[-5:]), flush=True)
    os.remove(path)
lines.append("")
lines.append("openreview-matcher is missing: it is not published on PyPI or in Debian.")
lines.append("")
table, totals, peers, missed, raised = real.measure(bench, data, limit)
lines += table + [""] + targets.lines(found, totals, peers, missed, raised)
print("\n".join(lines))

if document != "-":
    text = open(document, encoding="utf-8").read()
    begin, end = "<!-- bench-matching -->", "<!-- /bench-matching -->"
    block = begin + "\n" + "\n".join(lines) + "\n" + end
    if begin in text:
        text = re.sub(re.escape(begin) + ".*?" + re.escape(end), lambda _: block, text, flags=re.S)
    else:
        text += (
            "\n## Matching: `make bench-matching`\n\nProcessor seconds of one thread, proof included; peers in the "
            "same run on the same instance. Where a peer is\nmissing or a call is not there the line says so.\n\n"
            + block + "\n")
    open(document, "w", encoding="utf-8").write(text)
sys.exit(1 if wrong else 0)

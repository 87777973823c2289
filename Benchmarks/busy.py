#!/usr/bin/env python3
"""Measures whether heavy work slows pages: the case page while a job solves large matchings, and at rest.

    python3 Benchmarks/busy.py --data DIR            # DIR as for pages.py; without a house a small one is made
    python3 Benchmarks/busy.py --data DIR --proposals 400000 --reads 600

At rest, at work, at rest again, each in a process of its own on the same folder; the ratio is that of the p95 at work
to the mean of the two at rest. Only the standard library, only this machine.
"""

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

from loopback import Visitor
from pages import Known, summary, timed
from served import ROOT, Served, free_port


class Busy(Served):
    """`jiebang bench busy` on a folder."""

    def __init__(self, program: Path, data: Path, proposals: int, seconds: int):
        self.port = free_port()
        self.process = subprocess.Popen(
            [str(program), "bench", "busy", "--data", str(data), "--port", str(self.port),
             "--proposals", str(proposals), "--seconds", str(seconds)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, text=True)
        self.job = self.process.stdout.readline().strip()
        if not self.job.startswith("/jobs/"):
            raise SystemExit(f"the house did not start: {self.job!r}")
        self._wait(time.perf_counter())


async def read_cases(house: Served, paths: list[str], reads: int) -> dict:
    """One client, one request after another."""
    visitor = await Visitor(house.port).sign_in("programme-officer")
    for path in paths[:20] * 2:
        await timed(visitor, path)
    cpu = house.cpu_seconds()
    begin = time.perf_counter()
    values = [await timed(visitor, paths[number % len(paths)]) for number in range(reads)]
    taken = time.perf_counter() - begin
    visitor.close()
    return {**summary(values), "cores": (house.cpu_seconds() - cpu) / taken}


async def solving(house: Busy) -> str:
    """Waits until the job solves; its state and stage as its event tells them."""
    visitor = await Visitor(house.port).sign_in("programme-officer")
    for _ in range(600):
        answer = await visitor.get(house.job)
        if "data-events" not in answer.text:
            raise SystemExit("the job is over already")
        if 'data-job="stage">求解' in answer.text:
            visitor.close()
            return "solving"
        await asyncio.sleep(0.25)
    raise SystemExit("the job does not begin to solve")


async def still_running(house: Busy) -> bool:
    visitor = await Visitor(house.port).sign_in("programme-officer")
    answer = await visitor.get(house.job)
    visitor.close()
    return "data-events" in answer.text


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    given.add_argument("--program", default=".build/release/jiebang")
    given.add_argument("--data", type=Path, required=True)
    given.add_argument("--proposals", type=int, default=400_000)
    given.add_argument("--reads", type=int, default=600, help="reads of the case page in each phase")
    given.add_argument("--seconds", type=int, default=120, help="how long the job goes on solving")
    given.add_argument("--json", type=Path)
    options = given.parse_args()
    program = (ROOT / options.program).resolve()
    result: dict = {"proposals": options.proposals, "load_before": os.getloadavg()[0], "phases": []}
    for phase in ("rest", "work", "rest"):
        if phase == "rest":
            house = Served(program, options.data)
        else:
            house = Busy(program, options.data, options.proposals, options.seconds)
        try:
            known = Known(options.data, random.Random(20260610))
            paths = [f"/cases/{case}" for case in known.cases]
            if phase == "work":
                asyncio.run(solving(house))
            row = asyncio.run(read_cases(house, paths, options.reads))
            if phase == "work" and not asyncio.run(still_running(house)):
                raise SystemExit("the job was over before the reading: give more --seconds")
            result["phases"].append({"phase": phase, **row, "memory": house.memory()["VmHWM"]})
        finally:
            house.stop()
        print(f"{phase}: " + json.dumps(result["phases"][-1]), file=sys.stderr)
    first, work, last = (row["p95"] for row in result["phases"])
    result["ratio"] = work / ((first + last) / 2)
    result["load_after"] = os.getloadavg()[0]
    if options.json:
        options.json.write_text(json.dumps(result, indent=1))
    print(f"{known.applications} applications; case page, ms; a matching of {options.proposals} proposals "
          f"× 50 candidates at work\n")
    print("| house | reads | p50 | p95 | p99 | most | cores used | most resident MB |\n|---|---|---|---|---|---|---|---|")
    for row in result["phases"]:
        print(f"| at {row['phase']} | {row['count']} | {row['p50']:.1f} | {row['p95']:.1f} | {row['p99']:.1f} "
              f"| {row['max']:.1f} | {row['cores']:.2f} | {row['memory']:.0f} |")
    print(f"\np95 at work is {result['ratio']:.2f} times that at rest (target: at most 2)")


if __name__ == "__main__":
    main()

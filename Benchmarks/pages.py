#!/usr/bin/env python3
"""Measures the house over HTTP: pages at many applications, saves by themselves, memory, start.

    python3 Benchmarks/pages.py --data DIR            # makes DIR with `jiebang bench crowd` where it is empty
    python3 Benchmarks/pages.py --data DIR --json result.json --rate 200 --seconds 60

Only the standard library, only this machine, bounded in requests and time. The house is written to (sessions,
drafts, readings): measure on a copy of a folder that is to be kept.
"""

import argparse
import asyncio
import json
import os
import random
import sqlite3
import statistics
import sys
import time
from contextlib import closing
from pathlib import Path

from loopback import Fields, Visitor
from served import ROOT, Served, make_crowd


def quantile(sorted_values: list[float], share: float) -> float:
    """The smallest value that at least `share` of the values do not exceed."""
    place = max(0, -(-int(share * 1000) * len(sorted_values) // 1000) - 1)
    return sorted_values[place]


def summary(values: list[float]) -> dict[str, float]:
    """Milliseconds."""
    ordered = sorted(value * 1000 for value in values)
    return {"count": len(ordered), "p50": quantile(ordered, 0.50), "p95": quantile(ordered, 0.95),
            "p99": quantile(ordered, 0.99), "max": ordered[-1]}


class Known:
    """What is in the house, read beside it: identities to ask for."""

    def __init__(self, data: Path, chance: random.Random):
        with closing(sqlite3.connect(f"file:{data}/jiebang.sqlite?mode=ro", uri=True)) as database:
            def some(query: str, *values, most: int = 40) -> list[tuple]:
                # Sorted, so that the choice hangs on the seed alone.
                found = sorted(database.execute(query, values).fetchall())
                return chance.sample(found, min(most, len(found)))

            self.applications = database.execute("SELECT COUNT(*) FROM application").fetchone()[0]
            self.people = database.execute("SELECT COUNT(*) FROM person").fetchone()[0]
            self.facts = database.execute("SELECT COUNT(*) FROM fact").fetchone()[0]
            self.calls = [row[0] for row in database.execute("SELECT id FROM call ORDER BY number")]
            self.crowd_calls = [
                row[0] for row in database.execute("SELECT id FROM call WHERE number LIKE 'C%' ORDER BY number")]
            self.city_calls = [call for call in self.calls if call not in self.crowd_calls]
            self.steps = [row[0] for row in database.execute("SELECT DISTINCT step_kind FROM application")]
            self.universities = [row[0] for row in some("SELECT DISTINCT university FROM application")]
            self.disciplines = [row[0] for row in some("SELECT DISTINCT substr(discipline, 1, 3) FROM application")]
            self.cases = [row[0] for row in some("SELECT id FROM application", most=200)]
            self.owners = some("SELECT owner, id FROM application")
            self.reviewed = [row[0] for row in some(
                "SELECT id FROM application WHERE step_kind = 'review' AND state = 'open'")]
            self.names = [row[0] for row in some("SELECT name FROM person")]
            self.titles = [row[0] for row in some("SELECT title FROM application")]
            self.screened = [row[0] for row in some(
                "SELECT id FROM application WHERE step_kind = 'screen' AND state = 'open'")]
            self.drafts = some("SELECT owner, id FROM draft WHERE NOT submitted", most=10_000)


def pages(known: Known) -> list[tuple[str, str, list[str]]]:
    """What is read: its name, who reads, and addresses to take turns."""
    applicant, own = known.owners[0]
    calls = known.crowd_calls or known.calls
    filters = [f"/cases?call={call}&step={step}" for call in calls for step in known.steps]
    filters += [f"/cases?step={step}&university={place}" for step in known.steps for place in known.universities[:6]]
    filters += [f"/cases?call={call}&discipline={code}&sort=-submitted"
                for call in calls for code in known.disciplines[:6]]
    filters += [f"/cases?university={place}&state=open&sort=due" for place in known.universities[:6]]
    rare = [title[4:10] for title in known.titles]
    office = "research-office"
    return [
        ("list, two filters", "programme-officer", filters),
        ("list, whole, each order", "programme-officer",
         [f"/cases?sort={sign}{sort}" for sort in ("number", "university", "submitted", "due") for sign in ("", "-")]),
        ("list, six characters of a title", "programme-officer", [f"/cases?q={word}" for word in rare]),
        ("list, two characters and a step", "programme-officer",
         [f"/cases?q={title[4:6]}&step={known.steps[0]}" for title in known.titles]),
        ("case", "programme-officer", [f"/cases/{case}" for case in known.cases]),
        ("case, proposal", "programme-officer", [f"/cases/{case}/proposal" for case in known.cases]),
        ("case, timeline", "programme-officer", [f"/cases/{case}/timeline" for case in known.cases]),
        ("case, why", "programme-officer", [f"/cases/{case}/why" for case in known.cases]),
        ("case, screening", "programme-officer", [f"/cases/{case}/screening" for case in known.screened]),
        ("case, choice of experts", "programme-officer", [f"/cases/{case}/assign" for case in known.reviewed]),
        ("to-do, officer", "programme-officer", ["/todo"]),
        ("to-do, leader", "commission-leader", ["/todo"]),
        ("to-do, research office", office, ["/todo"]),
        ("to-do, applicant", applicant, ["/todo"]),
        ("to-do, expert", "expert", ["/todo"]),
        ("to-do, finance", "finance", ["/todo"]),
        ("screening desk", "programme-officer", [f"/office/screening?call={call}" for call in calls[:3]]),
        ("assigning desk", "programme-officer", ["/office/assign", f"/office/assign?call={calls[0]}"]),
        ("rounds", "programme-officer", ["/rounds"]),
        ("round of the city", "programme-officer", [f"/rounds/{call}" for call in known.city_calls]),
        ("round of thousands", "programme-officer", [f"/rounds/{call}" for call in known.crowd_calls[:2]]),
        ("people", "programme-officer", ["/people"]),
        ("people, by name", "programme-officer", [f"/people?q={name}" for name in known.names]),
        ("people, by one character", "programme-officer", [f"/people?q={name[-1]}" for name in known.names]),
        ("people, by role", "programme-officer",
         [f"/people?role={role}" for role in ("expert", "research-office", "applicant", "auditor")]),
        ("organisations", "programme-officer", ["/organisations", "/organisations?q=师范"]),
        ("list of the office", office, ["/cases", "/cases?state=open&sort=due"]),
        ("lists of the office", office, ["/lists"]),
        ("one list of the office", office, [f"/lists/{call}" for call in calls[-2:]]),
        ("case of the applicant", applicant, [f"/cases/{own}", f"/cases/{own}/proposal"]),
        ("reviews of the expert", "expert", ["/reviews"]),
        ("payments", "finance", ["/payments"]),
        ("conflicts", "integrity", ["/conflicts/all"]),
        ("admin's facts", "audit-admin", ["/admin/facts"]),
        ("fact of the journal", "auditor", [f"/journal/facts/{known.facts * part // 50}" for part in range(50)]),
        ("home", "", ["/"]),
        ("calls", "", ["/calls", "/calls?q=测量"]),
        ("notices", "", ["/notices"]),
    ]


async def read_pages(house: Served, known: Known, reads: int, only: str) -> list[dict]:
    """One client, one request after another."""
    visitors: dict[str, Visitor] = {}
    table = []
    for name, who, paths in pages(known):
        if not paths or only not in name:
            continue
        if who not in visitors:
            visitors[who] = Visitor(house.port)
            if who:
                await visitors[who].sign_in(who)
        visitor = visitors[who]
        paths = [quoted(path) for path in paths]
        # Each page twice, so that code, statements and the operating system's cache are warm.
        for path in paths[:10] * 2:
            await timed(visitor, path)
        # What the house worked, which says the same also on a machine that does other things.
        cpu = house.cpu_seconds()
        values = [await timed(visitor, paths[number % len(paths)]) for number in range(reads)]
        cpu = (house.cpu_seconds() - cpu) * 1000 / reads
        table.append({"page": name, **summary(values), "cpu": cpu})
        print(line(table[-1]), file=sys.stderr)
    for visitor in visitors.values():
        visitor.close()
    return table


def quoted(path: str) -> str:
    return "".join(letter if letter.isascii() else "".join(f"%{byte:02X}" for byte in letter.encode())
                   for letter in path)


async def timed(visitor: Visitor, path: str) -> float:
    begin = time.perf_counter()
    answer = await visitor.get(path)
    taken = time.perf_counter() - begin
    if answer.status != 200:
        raise SystemExit(f"{path} answers {answer.status}")
    return taken


class Writer:
    """An applicant with a draft open, whose window saves by itself."""

    def __init__(self, visitor: Visitor, path: str, values: dict[str, str]):
        self.visitor = visitor
        self.path = path
        self.values = values
        self.turn = asyncio.Lock()
        self.number = 0

    @staticmethod
    async def open(port: int, person: str, draft: str) -> "Writer":
        visitor = await Visitor(port).sign_in(person)
        answer = await visitor.get(f"/drafts/{draft}/sections/content")
        fields = Fields(draft)
        fields.feed(answer.text)
        if answer.status != 200 or not fields.autosave:
            raise SystemExit(f"the section of {draft} answers {answer.status}")
        return Writer(visitor, fields.autosave, fields.values)

    async def save(self) -> None:
        """One save over the version before; a conflict would be a fault of the measuring."""
        async with self.turn:
            self.number += 1
            name = "content" if "content" in self.values else next(iter(self.values))
            fields = {**self.values, name: f"{self.values[name]}（第{self.number}次）"}
            answer = await self.visitor.connection.send(
                "POST", self.path, self.visitor.cookies, fields, {"X-Requested-With": "jiebang"})
            if answer.status != 200:
                raise RuntimeError(f"a save answers {answer.status}: {answer.text[:200]}")
            self.values["base"] = str(json.loads(answer.body)["version"])


async def hold(house: Served, known: Known, rate: int, seconds: int, windows: int, pause: float) -> dict:
    """Saves at a fixed rate whether or not the ones before are answered; lists are read beside them."""
    writers = []
    for person, draft in known.drafts[:windows]:
        writers.append(await Writer.open(house.port, person, draft))
    if not writers:
        raise SystemExit("there are no drafts to save")
    officer = await Visitor(house.port).sign_in("programme-officer")
    lists = [quoted(path) for name, who, paths in pages(known) if who == "programme-officer"
             and name in ("list, two filters", "case", "to-do, officer") for path in paths]
    random.Random(7).shuffle(lists)
    saves: list[float] = []
    reads: list[float] = []
    memory: list[float] = []
    troubles: list[str] = []
    loop = asyncio.get_running_loop()
    cpu = house.cpu_seconds()
    start = loop.time() + 0.2
    end = start + seconds

    async def one(number: int) -> None:
        intended = start + number / rate
        await asyncio.sleep(max(0.0, intended - loop.time()))
        try:
            await writers[number % len(writers)].save()
            saves.append(loop.time() - intended)
        except Exception as error:  # noqa: BLE001 — counted, and shown
            troubles.append(f"{type(error).__name__} {error}")

    async def reader() -> None:
        number = 0
        while loop.time() < end:
            reads.append(await timed(officer, lists[number % len(lists)]))
            number += 1
            await asyncio.sleep(pause)

    async def watcher() -> None:
        while loop.time() < end:
            memory.append(house.memory()["VmRSS"])
            await asyncio.sleep(0.5)

    tasks = [asyncio.create_task(reader()), asyncio.create_task(watcher())]
    # A second's worth of tasks at a time, so that the measuring itself stays small.
    for second in range(seconds):
        await asyncio.sleep(max(0.0, start + second - 0.1 - loop.time()))
        tasks += [asyncio.create_task(one(second * rate + place)) for place in range(rate)]
    await asyncio.wait_for(asyncio.gather(*tasks), timeout=seconds + 60)
    over = loop.time() - start
    for writer in writers:
        writer.visitor.close()
    officer.close()
    return {"saves": summary(saves), "reads": summary(reads), "rate": len(saves) / over, "seconds": over,
            "troubles": troubles[:5], "failed": len(troubles), "windows": len(writers),
            "cpu_share": (house.cpu_seconds() - cpu) / over,
            "resident_mb": {"median": statistics.median(memory), "most": max(memory), **house.memory()}}


def line(row: dict) -> str:
    return (f"| {row['page']} | {row['count']} | {row['p50']:.1f} | {row['p95']:.1f} | {row['p99']:.1f} "
            f"| {row['max']:.1f} | {row['cpu']:.1f} |")


def table(result: dict) -> str:
    out = [f"{result['applications']} applications, {result['people']} people, {result['facts']} facts; "
           f"load of the machine before {result['load_before'][0]:.1f}, after {result['load_after'][0]:.1f}", ""]
    out += ["| page (ms) | reads | p50 | p95 | p99 | most | processor |", "|---|---|---|---|---|---|---|"]
    out += [line(row) for row in result["pages"]]
    if load := result.get("load"):
        both = load["cpu_share"] * load["seconds"] * 1000 / (load["saves"]["count"] + load["reads"]["count"])
        out += [line({"page": f"save, {load['rate']:.0f} a second for {load['seconds']:.0f} s", **load["saves"],
                      "cpu": both}),
                line({"page": "list, case, to-do meanwhile", **load["reads"], "cpu": both})]
        memory = load["resident_mb"]
        out += ["", f"saves that failed: {load['failed']}; drafts written: {load['windows']}; "
                f"the house used {load['cpu_share']:.2f} of a core",
                f"resident MB under that load: median {memory['median']:.0f}, most {memory['most']:.0f}"]
        out += load["troubles"]
    starts = ", ".join(f"{value:.2f}" for value in result["start"])
    out += [f"resident MB, most of the whole run: {result['memory']['VmHWM']:.0f}",
            f"start to first answer, s: {starts}"]
    return "\n".join(out)


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    given = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    given.add_argument("--program", default=".build/release/jiebang")
    given.add_argument("--data", type=Path, required=True)
    given.add_argument("--reads", type=int, default=200, help="reads of each page")
    given.add_argument("--only", default="", help="only pages whose name holds this")
    given.add_argument("--rate", type=int, default=200, help="saves a second; 0 leaves them out")
    given.add_argument("--seconds", type=int, default=60)
    given.add_argument("--windows", type=int, default=600, help="drafts that are written at once")
    given.add_argument("--pause", type=float, default=0.02, help="seconds between two reads beside the saves")
    given.add_argument("--seed", type=int, default=20260610)
    given.add_argument("--json", type=Path)
    given.add_argument("crowd", nargs="*", help="options of `jiebang bench crowd`, after --")
    return given.parse_args(words)


def main() -> None:
    options = arguments()
    program = (ROOT / options.program).resolve()
    made = make_crowd(program, options.data, options.crowd)
    if made:
        print(f"made in {made['seconds']:.0f} s", file=sys.stderr)
    result = measure(program, options)
    if options.json:
        options.json.write_text(json.dumps(result, ensure_ascii=False, indent=1))
    print(table(result))


def measure(program: Path, options: argparse.Namespace) -> dict:
    result = {"seed": options.seed, "load_before": os.getloadavg(), "start": []}
    for again in range(3):
        house = Served(program, options.data)
        result["start"].append(house.first_answer)
        if again < 2:
            house.stop()
    try:
        known = Known(options.data, random.Random(options.seed))
        result |= {"applications": known.applications, "people": known.people, "facts": known.facts}
        result["pages"] = asyncio.run(read_pages(house, known, options.reads, options.only))
        result["memory_after_pages"] = house.memory()
        if options.rate:
            result["load"] = asyncio.run(
                hold(house, known, options.rate, options.seconds, options.windows, options.pause))
        result["memory"] = house.memory()
    finally:
        house.stop()
    result["load_after"] = os.getloadavg()
    return result


if __name__ == "__main__":
    main()

"""OR-tools SimpleMinCostFlow on an instance file; prints one line of JSON.

usage: ortools_flow.py FILE [institutions]

With `institutions` a proposal takes at most one expert of each institution (expert index modulo a hundredth of the
experts, as `MatchingBench` has it): proposals and institutions that share more than one pair get a node of their own.
"""
import json
import resource
import sys

import numpy
from ortools.graph.python import min_cost_flow


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


with open(sys.argv[1], "rb") as file:
    tag, proposals, experts, pairs = (int(word) for word in numpy.fromfile(file, numpy.int64, 4))
    assert tag in (0x4D4154434831, 0x52415031)
    demand = numpy.fromfile(file, numpy.int32, proposals)
    load = numpy.fromfile(file, numpy.int32, experts)
    starts = numpy.fromfile(file, numpy.int64, proposals + 1)
    expert = numpy.fromfile(file, numpy.int32, pairs)
    score = numpy.fromfile(file, numpy.int32, pairs)

# Only the building and the solving of the network are counted, not the reading.
began = processor_seconds()
flow = min_cost_flow.SimpleMinCostFlow()
sink = proposals + experts
nodes = sink + 1
row = numpy.repeat(numpy.arange(proposals, dtype=numpy.int32), numpy.diff(starts))
if sys.argv[2:] == ["institutions"]:
    institutions = max(10, experts // 100)
    key = row.astype(numpy.int64) * institutions + expert % institutions
    shared, place, count = numpy.unique(key, return_inverse=True, return_counts=True)
    several = count > 1
    node = numpy.full(len(shared), -1, numpy.int64)
    node[several] = nodes + numpy.arange(int(several.sum()))
    nodes += int(several.sum())
    owner = (shared[several] // institutions).astype(numpy.int32)
    flow.add_arcs_with_capacity_and_unit_cost(
        owner, node[several].astype(numpy.int32), numpy.ones(len(owner), numpy.int64), numpy.zeros(len(owner), numpy.int64)
    )
    row = numpy.where(node[place] >= 0, node[place], row).astype(numpy.int32)
arcs = flow.add_arcs_with_capacity_and_unit_cost(
    row, (expert + proposals).astype(numpy.int32), numpy.ones(pairs, numpy.int64), -score.astype(numpy.int64)
)
flow.add_arcs_with_capacity_and_unit_cost(
    numpy.arange(proposals, sink, dtype=numpy.int32), numpy.full(experts, sink, numpy.int32),
    load.astype(numpy.int64), numpy.zeros(experts, numpy.int64),
)
supply = numpy.zeros(nodes, numpy.int64)
supply[:proposals] = demand
supply[sink] = -int(demand.sum())
flow.set_nodes_supplies(numpy.arange(nodes, dtype=numpy.int32), supply)
status = flow.solve()
if status != flow.OPTIMAL:
    status = flow.solve_max_flow_with_min_cost()
seconds = processor_seconds() - began
used = flow.flows(arcs) > 0
print(json.dumps({
    "solver": "OR-tools", "seconds": round(seconds, 4), "total": int(score[used].sum(dtype=numpy.int64)),
    "unfilled": int(demand.sum()) - int(used.sum()),
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
}))

"""OR-tools SimpleMinCostFlow on an instance file; prints one line of JSON."""
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
    assert tag == 0x4D4154434831
    demand = numpy.fromfile(file, numpy.int32, proposals)
    load = numpy.fromfile(file, numpy.int32, experts)
    starts = numpy.fromfile(file, numpy.int64, proposals + 1)
    expert = numpy.fromfile(file, numpy.int32, pairs)
    score = numpy.fromfile(file, numpy.int32, pairs)

# Only the building and the solving of the network are counted, not the reading.
began = processor_seconds()
flow = min_cost_flow.SimpleMinCostFlow()
sink = proposals + experts
row = numpy.repeat(numpy.arange(proposals, dtype=numpy.int32), numpy.diff(starts))
arcs = flow.add_arcs_with_capacity_and_unit_cost(
    row, (expert + proposals).astype(numpy.int32), numpy.ones(pairs, numpy.int64), -score.astype(numpy.int64)
)
flow.add_arcs_with_capacity_and_unit_cost(
    numpy.arange(proposals, sink, dtype=numpy.int32), numpy.full(experts, sink, numpy.int32),
    load.astype(numpy.int64), numpy.zeros(experts, numpy.int64),
)
supply = numpy.concatenate([demand, numpy.zeros(experts, numpy.int64), [-int(demand.sum())]])
flow.set_nodes_supplies(numpy.arange(sink + 1, dtype=numpy.int32), supply.astype(numpy.int64))
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

// LEMON's network simplex on an instance file; prints one line of JSON.
#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>
#include <sys/resource.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

static double processorSeconds() {
    rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + 1e-6 * (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

template <class Word>
static std::vector<Word> read(std::FILE *file, std::size_t count) {
    std::vector<Word> words(count);
    if (std::fread(words.data(), sizeof(Word), count, file) != count) std::abort();
    return words;
}

int main(int, char **arguments) {
    std::FILE *file = std::fopen(arguments[1], "rb");
    if (!file) return 1;
    const auto head = read<std::int64_t>(file, 4);
    const std::int64_t proposals = head[1], experts = head[2], pairs = head[3];
    const auto demand = read<std::int32_t>(file, proposals);
    const auto load = read<std::int32_t>(file, experts);
    const auto starts = read<std::int64_t>(file, proposals + 1);
    const auto expert = read<std::int32_t>(file, pairs);
    const auto score = read<std::int32_t>(file, pairs);
    std::fclose(file);

    // Only the building and the solving of the network are counted, not the reading.
    const double began = processorSeconds();
    using Graph = lemon::StaticDigraph;
    const int sink = static_cast<int>(proposals + experts);
    std::vector<std::pair<int, int>> arcs;
    arcs.reserve(pairs + experts);
    for (std::int64_t row = 0; row < proposals; ++row)
        for (std::int64_t index = starts[row]; index < starts[row + 1]; ++index)
            arcs.emplace_back(static_cast<int>(row), static_cast<int>(proposals + expert[index]));
    for (std::int64_t index = 0; index < experts; ++index)
        arcs.emplace_back(static_cast<int>(proposals + index), sink);
    Graph graph;
    graph.build(sink + 1, arcs.begin(), arcs.end());
    Graph::ArcMap<int> capacity(graph, 1);
    Graph::ArcMap<std::int64_t> cost(graph, 0);
    Graph::NodeMap<int> supply(graph, 0);
    std::int64_t wanted = 0;
    for (std::int64_t index = 0; index < pairs; ++index) cost[graph.arc(static_cast<int>(index))] = -score[index];
    for (std::int64_t index = 0; index < experts; ++index)
        capacity[graph.arc(static_cast<int>(pairs + index))] = load[index];
    for (std::int64_t row = 0; row < proposals; ++row) {
        supply[graph.node(static_cast<int>(row))] = demand[row];
        wanted += demand[row];
    }
    supply[graph.node(sink)] = static_cast<int>(-wanted);
    lemon::NetworkSimplex<Graph, int, std::int64_t> simplex(graph);
    simplex.upperMap(capacity).costMap(cost).supplyMap(supply);
    const auto status = simplex.run();
    const double seconds = processorSeconds() - began;
    std::int64_t total = 0, filled = 0;
    if (status == decltype(simplex)::OPTIMAL)
        for (std::int64_t index = 0; index < pairs; ++index)
            if (simplex.flow(graph.arc(static_cast<int>(index)))) total += score[index], ++filled;
    rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    std::printf("{\"solver\": \"LEMON network simplex\", \"seconds\": %.4f, \"total\": %lld, \"unfilled\": %lld, "
                "\"megabytes\": %ld}\n",
                seconds, static_cast<long long>(total), static_cast<long long>(wanted - filled),
                usage.ru_maxrss / 1024);
}

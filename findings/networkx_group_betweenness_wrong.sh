#!/usr/bin/env bash
# Guess: networkx' group betweenness is the share of shortest paths between others that go through the group, as defined by
# Everett and Borgatti (1999), which its documentation cites.
# Seen: for some groups of three it is not. In a grid of 3 by 4, 27 of the 220 groups of three get more than one gets
# by counting the paths; groups of one and two are right.
set -euo pipefail; dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"; python3 -m venv env; env/bin/pip install --quiet networkx==3.6.1
cat > groups.py <<'PY'
from itertools import combinations
import networkx as nx

grid = nx.convert_node_labels_to_integers(nx.grid_2d_graph(3, 4))
paths = {pair: list(nx.all_shortest_paths(grid, *pair)) for pair in combinations(grid, 2)}

def counted(group):
    others = [pair for pair in paths if not set(pair) & set(group)]
    return sum(sum(bool(set(group) & set(path)) for path in paths[pair]) / len(paths[pair]) for pair in others) / len(others)

print("networkx", nx.__version__)
for size, expected in ((1, 0), (2, 0), (3, 27)):
    groups = list(combinations(grid, size))
    differ = [each for each in groups if abs(nx.group_betweenness_centrality(grid, list(each)) - counted(each)) > 1e-9]
    print(f"groups of {size}: {len(differ)} of {len(groups)} differ")
    assert len(differ) == expected
one = [1, 2, 5]
print(f"{one}: networkx {nx.group_betweenness_centrality(grid, one):.4f}, counted {counted(one):.4f}")
PY
env/bin/python groups.py

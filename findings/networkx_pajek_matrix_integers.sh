#!/usr/bin/env bash
# Guess: networkx reads the strengths of a Pajek file from *Matrix as it reads them from *Arcs: as numbers with a fraction.
# Seen: it refuses a matrix with a number that is not whole, "1.000" too. igraph reads it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check networkx==3.6.1 igraph==1.0.0 >/dev/null
cat > ties.net <<'NET'
*Vertices 3
1 "a"
2 "b"
3 "c"
*Matrix
0 1 0
2.5 0 0.25
0 0 0
NET
venv/bin/python - <<'PY'
from importlib.metadata import version

import igraph
import networkx

print("networkx", version("networkx"), "igraph", version("igraph"))
arcs = "*Vertices 2\n1 a\n2 b\n*Arcs\n1 2 2.5\n"
weights = [tie["weight"] for *_, tie in networkx.parse_pajek(arcs).edges(data=True)]
print("networkx, 2.5 as the weight of an arc:", weights)
try:
    networkx.read_pajek("ties.net")
    said = "it is read"
except ValueError as error:
    said = f"refused: {error}"
print("networkx, 2.5 in a matrix:", said)
read = igraph.Graph.Read_Pajek("ties.net").es["weight"]
print("igraph, the same matrix:", read)
assert (weights, read, said.startswith("refused: invalid literal for int()")) == ([2.5], [1.0, 2.5, 0.25], True)
PY

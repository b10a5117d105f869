// Reads graph files with graphology. In: paths, of which the ending is the format. Out: JSON, a graph for each.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const Graph = require("graphology");
const gexf = require("graphology-gexf");
const graphml = require("graphology-graphml");
const { MultiGraph } = Graph;

const readers = {
  gexf: (text) => gexf.parse(MultiGraph, text),
  graphml: (text) => graphml.parse(MultiGraph, text),
  json: (text) => Graph.from(JSON.parse(text)),
};

const read = (path) => {
  const graph = readers[path.split(".").at(-1)](readFileSync(path, "utf8"));
  const nodes = graph.mapNodes((id, values) => [id, values]);
  const ties = graph.mapEdges((key, values, source, target, _from, _to, undirected) => [key, source, target, undirected, values]);
  return { about: graph.getAttributes(), nodes, ties };
};

console.log(JSON.stringify(process.argv.slice(2).map(read)));

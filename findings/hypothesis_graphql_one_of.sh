#!/usr/bin/env bash
# Guess: from a schema with @oneOf, hypothesis-graphql makes only input objects with exactly one field, as GraphQL requires.
# Seen: it makes objects with several fields too, so graphql-core refuses most of the documents.
# Needs python3. Takes half a minute.
set -euo pipefail; dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env && env/bin/pip install -q hypothesis-graphql==0.13.5 graphql-core==3.3.2
cat > find.py <<'PY'
import collections, graphql, hypothesis, hypothesis_graphql
SDL = "type Query { cities(order: Order!): Int } input Order @oneOf { name: Int, size: Int, year: Int }"
counts, refused = collections.Counter(), collections.Counter()
@hypothesis.settings(max_examples=200, derandomize=True, database=None)
@hypothesis.given(hypothesis_graphql.queries(SDL))
def make(text):
    document = graphql.parse(text)
    for error in graphql.validate(graphql.build_schema(SDL), document): refused[error.message] += 1
    class Count(graphql.Visitor):
        def enter_object_value(self, node, *_): counts[len(node.fields)] += 1
    graphql.visit(document, Count())
make()
print("objects by number of fields:", dict(sorted(counts.items()))); print("refused:", dict(refused))
assert set(counts) != {1}, "every object has one field"
PY
env/bin/python find.py

#!/usr/bin/env bash
# Guess: from a query for `id` and `_id`, both valid names, ariadne-codegen makes a class with two fields.
# Seen: underscores in front are cut, so the later field silently takes the place of the earlier: the answer's id is lost.
# Needs python3. Takes half a minute.
set -euo pipefail; dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"; python3 -m venv env && env/bin/pip install -q ariadne-codegen==0.19.0
echo 'type Query { city: City! } type City { id: ID! _id: Int! name: String! }' > schema.graphql
echo 'query One { city { id _id name } }' > one.graphql
printf '%s\n' '[tool.ariadne-codegen]' 'schema_path = "schema.graphql"' 'queries_path = "one.graphql"' \
  'target_package_name = "made"' > pyproject.toml
env/bin/ariadne-codegen > said 2>&1 || { cat said; exit 1; }
cat > find.py <<'PY'
import importlib.metadata
import made
city = made.One.model_validate({"city": {"id": "city/one", "_id": 7, "name": "One"}}).city
print("ariadne-codegen", importlib.metadata.version("ariadne-codegen"), "fields:", *type(city).model_fields)
print('{"id": "city/one", "_id": 7} is read as', repr(city.id))
assert list(type(city).model_fields) == ["id", "name"] and city.id == 7, "both fields are kept"
PY
env/bin/python find.py

#!/usr/bin/env bash
# Guess: a column of postcodes in a CSV file comes from pygeoapi as texts, or as numbers, in all features alike.
# Seen: each cell has a type of its own. "01067" stays a text, 50667 in the next row is a number, "7_20" becomes 720, and an
# empty cell of a column of numbers is "". Also `datetime` is ignored with status 200, though the collection names its time field.
# Needs python3 and curl. Takes a minute.
set -euo pipefail; dir=$(mktemp -d); kid=; trap '[ -z "$kid" ] || kill "$kid" 2>/dev/null; rm -rf "$dir"' EXIT
cd "$dir"; python3 -m venv env; env/bin/pip install --quiet pygeoapi==0.21.0 gunicorn==23.0.0
printf 'no,zip,house,people,day,lon,lat\na,01067,7_20,3,2026-01-05,13.7,51\nb,50667,8,,2031-01-05,6.9,50.9\n' > rows.csv
port=${PORT:-7394}; cat > config.yml <<YML
server: {bind: {host: 127.0.0.1, port: $port}, url: "http://127.0.0.1:$port", mimetype: application/json, encoding: utf-8, languages: [en-US],
  limits: {default_items: 10, max_items: 10}, map: {url: "http://example.org", attribution: none}}
logging: {level: ERROR}
metadata:
  identification: {title: t, description: d, keywords: [k], keywords_type: theme, terms_of_service: none, url: "http://example.org"}
  license: {name: CC0, url: "http://example.org"}
  provider: {name: n, url: "http://example.org"}
  contact: {name: n, email: a@example.org, url: "http://example.org"}
resources:
  rows: {type: collection, title: t, description: d, keywords: [k], links: [],
    extents: {spatial: {bbox: [-180, -90, 180, 90], crs: "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}, temporal: {begin: null, end: null}},
    providers: [{type: feature, name: CSV, data: "$dir/rows.csv", id_field: "no", time_field: day, geometry: {x_field: lon, y_field: lat}}]}
YML
export PYGEOAPI_CONFIG="$dir/config.yml" PYGEOAPI_OPENAPI="$dir/openapi.yml"
env/bin/pygeoapi openapi generate config.yml --output-file openapi.yml > log 2>&1
env/bin/gunicorn -b "127.0.0.1:$port" pygeoapi.flask_app:APP > log 2>&1 & kid=$!
until curl -sf -o items.json "http://127.0.0.1:$port/collections/rows/items?f=json"; do kill -0 "$kid"; sleep 0.5; done
status=$(curl -s -o timed.json -w '%{http_code}' "http://127.0.0.1:$port/collections/rows/items?f=json&datetime=2031-01-01/..")
env/bin/python - "$status" <<'PY'
import importlib.metadata, json, sys
rows = [each["properties"] for each in json.load(open("items.json"))["features"]]
timed = [each["id"] for each in json.load(open("timed.json"))["features"]]
seen = [[row[name] for name in ("zip", "house", "people")] for row in rows]
print("pygeoapi", importlib.metadata.version("pygeoapi"), seen, "since 2031:", sys.argv[1], timed)
assert seen == [["01067", 720, 3], [50667, 8, ""]] and sys.argv[1] == "200" and timed == ["a", "b"]
PY

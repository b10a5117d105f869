#!/usr/bin/env bash
# Of this project: written for it in November 2026, when these servers were first run to see what connectors must do.
# Usage: pygeoapi.sh FOLDER PORT   A real OGC API Features server with 3,000 invented visits as collections visitscsv and visitsgj.
# pygeoapi 0.24.0 needs Python 3.12 or newer (PYTHON=... picks one); on an older Python 0.21.0 is taken. Page limit 1,000.
set -euo pipefail
mkdir -p "$1"; cd "$1"; kid=; port=$2; PY=${PYTHON:-python3}
trap '[ -z "$kid" ] || { kill -TERM "$kid" 2>/dev/null; wait "$kid"; } || true; exit 0' TERM INT
if [ ! -f venv/ok ]; then
  v=$("$PY" -c 'import sys; print("0.24.0" if sys.version_info >= (3, 12) else "0.21.0")')
  "$PY" -m venv venv; venv/bin/pip install -q "pygeoapi==$v" gunicorn==23.0.0; touch venv/ok
fi
venv/bin/python - "$port" <<'EOF'
import csv, json, os, sys
import yaml
port, here = sys.argv[1], os.getcwd()
site, at = ["Köln", "Łódź", "東京"], [(6.95, 50.94), (19.46, 51.76), (139.69, 35.68)]
rows = [dict(visit=f"V-{i:05d}", site=site[i % 3], day=f"2026-{1+i%12:02d}-{1+i%28:02d}", score=i % 41 if i % 10 else None, done=i % 3 > 0,
             zip=f"{i * 33:05d}", note=f"Besuch {i}" if i % 5 else "", lon=round(at[i % 3][0] + i / 1e5, 5), lat=round(at[i % 3][1] + i / 1e5, 5)) for i in range(1, 3001)]
if not os.path.exists("visits.csv"):
    with open("visits.csv", "w", newline="", encoding="utf-8") as f:
        w = csv.DictWriter(f, rows[0]); w.writeheader()
        w.writerows({k: str(v).lower() if isinstance(v, bool) else v for k, v in r.items()} for r in rows)
if not os.path.exists("visits.geojson"):
    feats = [{"type": "Feature", "id": r["visit"], "geometry": {"type": "Point", "coordinates": [r["lon"], r["lat"]]}, "properties": {k: v for k, v in r.items() if k not in ("lon", "lat")}} for r in rows]
    json.dump({"type": "FeatureCollection", "features": feats}, open("visits.geojson", "w", encoding="utf-8"), ensure_ascii=False)
crs = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
def col(title, provider):
    return {"type": "collection", "title": title, "description": title, "keywords": ["visits"], "links": [], "providers": [provider],
            "extents": {"spatial": {"bbox": [-180, -90, 180, 90], "crs": crs}, "temporal": {"begin": None, "end": None}}}
me = "http://example.org"
yaml.safe_dump({
    "server": {"bind": {"host": "127.0.0.1", "port": int(port)}, "url": f"http://127.0.0.1:{port}", "mimetype": "application/json; charset=UTF-8", "encoding": "utf-8",
               "languages": ["en-US"], "gzip": False, "cors": False, "limits": {"default_items": 10, "max_items": 1000}, "map": {"url": me, "attribution": "none"}},
    "logging": {"level": "ERROR"},
    "metadata": {"identification": {"title": "Visits", "description": "Invented visits", "keywords": ["visits"], "keywords_type": "theme", "terms_of_service": "none", "url": me},
                 "license": {"name": "CC0", "url": me}, "provider": {"name": "Invented", "url": me}, "contact": {"name": "Nobody", "email": "a@example.org", "url": me}},
    "resources": {
        "visitscsv": col("CSV", {"type": "feature", "name": "CSV", "data": f"{here}/visits.csv", "id_field": "visit", "time_field": "day", "geometry": {"x_field": "lon", "y_field": "lat"}}),
        "visitsgj": col("GeoJSON", {"type": "feature", "name": "GeoJSON", "data": f"{here}/visits.geojson", "id_field": "id"})}}, open("c.yml", "w"))
EOF
export PYGEOAPI_CONFIG="$PWD/c.yml" PYGEOAPI_OPENAPI="$PWD/o.yml"
venv/bin/pygeoapi openapi generate c.yml --output-file o.yml >init.log 2>&1
venv/bin/gunicorn -w 2 -b "127.0.0.1:$port" pygeoapi.flask_app:APP >pygeoapi.log 2>&1 & kid=$!
until curl -sf -o /dev/null "http://127.0.0.1:$port/"; do kill -0 "$kid"; sleep 1; done
echo READY; wait "$kid"

#!/usr/bin/env bash
# Of this project: written for it in November 2026, when these servers were first run to see what connectors must do.
# Usage: koop.sh FOLDER PORT   A real open-source FeatureServer (Koop) serving 3,000 invented visits from GeoJSON.
# Layer: /file-geojson/rest/services/visits/FeatureServer/0   Any FOLDER/data/NAME.geojson you add is served at once as NAME.
set -euo pipefail
mkdir -p "$1/data"; cd "$1"; kid=
trap '[ -z "$kid" ] || { kill -TERM "$kid" 2>/dev/null; wait "$kid"; } || true; exit 0' TERM INT
[ -f package.json ] || echo '{"private":true}' >package.json
[ -f ok ] || { npm i --no-audit --no-fund --silent @koopjs/koop-core@10.4.19 @koopjs/provider-file-geojson@2.2.0 >npm.log 2>&1; touch ok; }
export OBJECTID_FEATURE_HASH=javascript SUPPRESS_NO_CONFIG_WARNING=1  # same object ids whether or not the native hash was built
cat >server.js <<'EOF'
const fs = require('fs'), site = ['Köln', 'Łódź', '東京'], at = [[6.95, 50.94], [19.46, 51.76], [139.69, 35.68]], p2 = (n) => String(n).padStart(2, '0');
const features = Array.from({ length: 3000 }, (_, k) => { const i = k + 1; return { type: 'Feature', id: i,
  geometry: { type: 'Point', coordinates: at[i % 3].map((c) => +(c + i / 1e5).toFixed(5)) },
  properties: { visit: 'V-' + String(i).padStart(5, '0'), site: site[i % 3], day: `2026-${p2(1 + i % 12)}-${p2(1 + i % 28)}`, score: i % 10 ? i % 41 : null, done: i % 3 > 0, note: i % 5 ? 'Besuch ' + i : '' } }; });
if (!fs.existsSync('data/visits.geojson')) fs.writeFileSync('data/visits.geojson', JSON.stringify({ type: 'FeatureCollection', features }));
const Koop = require('@koopjs/koop-core'), koop = new Koop({ logLevel: 'error' });
koop.register(require('@koopjs/provider-file-geojson'), { dataDir: 'data' });
koop.server.listen(+process.argv[2], '127.0.0.1', () => console.log('READY'));
EOF
node server.js "$2" & kid=$!
wait "$kid"

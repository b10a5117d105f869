#!/usr/bin/env bash
# Guess: in koop's FeatureServer `resultOffset` skips rows, and `resultRecordCount=0` gives none, as in Esri's reference.
# Seen: an offset without a count is ignored, so each page is the first one; a count of 0 gives as many rows as no count.
# Together they work.
# Needs node and npm. Takes half a minute.
set -euo pipefail; dir=$(mktemp -d); kid=; trap '[ -z "$kid" ] || kill "$kid"; rm -rf "$dir"' EXIT
cd "$dir"; mkdir data; echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund @koopjs/koop-core@10.4.19 @koopjs/provider-file-geojson@2.2.0
cat > server.js <<'JS'
const features = [...Array(50).keys()].map((i) => ({ type: 'Feature', id: i, properties: { n: i }, geometry: { type: 'Point', coordinates: [7, 50] } }));
require('fs').writeFileSync('data/rows.geojson', JSON.stringify({ type: 'FeatureCollection', features }));
const Koop = require('@koopjs/koop-core'), koop = new Koop({ logLevel: 'error' });
koop.register(require('@koopjs/provider-file-geojson'), { dataDir: 'data' });
koop.server.listen(+process.argv[2], '127.0.0.1', () => console.log('READY'));
JS
port=${PORT:-7393}; SUPPRESS_NO_CONFIG_WARNING=1 node server.js "$port" > log 2>&1 & kid=$!
until grep -q READY log; do kill -0 "$kid"; sleep 0.2; done
rows() {
  curl -sf "http://127.0.0.1:$port/file-geojson/rest/services/rows/FeatureServer/0/query?f=json&outFields=n&returnGeometry=false&$1" |
    node -e 'let t="";process.stdin.on("data",(d)=>t+=d).on("end",()=>{const f=JSON.parse(t).features;console.log(f.length,"rows from",f[0].attributes.n)})'
}
echo "no paging: $(rows '')"; echo "offset 10: $(rows resultOffset=10)"; echo "count 0: $(rows resultRecordCount=0)"
echo "offset 10, count 5: $(rows 'resultOffset=10&resultRecordCount=5')"
[ "$(rows resultOffset=10)" = "50 rows from 0" ]; [ "$(rows resultRecordCount=0)" = "50 rows from 0" ]
[ "$(rows 'resultOffset=10&resultRecordCount=5')" = "5 rows from 10" ]

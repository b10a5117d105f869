#!/usr/bin/env bash
# Of this project: written for it in November 2026, when these servers were first run to see what connectors must do.
# Usage: fuseki.sh FOLDER PORT   Apache Jena Fuseki 5.6.0 (Java 17) with an in-memory data set /ds: one DCAT catalogue of invented visits.
# SPARQL at /ds/sparql, graph store at /ds/data. Needs java and mvn.
set -euo pipefail
mkdir -p "$1"; cd "$1"; kid=; U=http://127.0.0.1:$2
trap '[ -z "$kid" ] || { kill -TERM "$kid" 2>/dev/null; wait "$kid"; } || true; exit 0' TERM INT
if [ ! -f lib/ok ]; then
  cat >pom.xml <<'EOF'
<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version>
<dependencies><dependency><groupId>org.apache.jena</groupId><artifactId>jena-fuseki-main</artifactId><version>5.6.0</version></dependency>
<dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j2-impl</artifactId><version>2.25.3</version></dependency></dependencies></project>
EOF
  mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1; touch lib/ok
fi
{ echo '@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .'
  for i in $(seq 300); do
    printf '<http://e.example/cat> dcat:dataset <http://e.example/d/%s> . <http://e.example/d/%s> a dcat:Dataset ; dct:title "Besuche Köln %s"@de, "Visits %s" ; dct:modified "2026-05-%02dT10:00:00"^^xsd:dateTime ; dcat:distribution [ a dcat:Distribution ; dcat:byteSize %s ; dcat:downloadURL <http://e.example/d/%s.csv> ] .\n' "$i" "$i" "$i" "$i" $((1 + i % 28)) "$i" "$i"
  done; } >visits.ttl
java -Xmx400m -cp 'lib/*' org.apache.jena.fuseki.main.cmds.FusekiMainCmd --localhost --port "$2" --update --mem /ds >fuseki.log 2>&1 & kid=$!
until curl -sf -o /dev/null "$U/ds/sparql?query=ASK%7B%7D"; do kill -0 "$kid"; sleep 1; done
curl -sf -o /dev/null -X PUT -H 'Content-Type: text/turtle' --data-binary @visits.ttl "$U/ds/data?default"
echo READY; wait "$kid"

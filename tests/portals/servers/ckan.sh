#!/usr/bin/env bash
# Of this project: written for it in November 2026, when these servers were first run to see what connectors must do.
# Usage: ckan.sh FOLDER PORT   CKAN 2.12.0 with DataStore and DCAT, Solr 9.10.1, own PostgreSQL and Redis on PORT+1..PORT+3.
# Needs root and Debian's postgresql, redis-server, openjdk-17-jdk-headless, maven, libpq-dev, libmagic1 (apt adds what is absent).
# Prints READY; the admin token is in FOLDER/token, the resource id in FOLDER/rid. SIGTERM stops everything. FOLDER can be reused.
set -euo pipefail
mkdir -p "$1"; D=$(cd "$1" && pwd); P=$2; S=$((P+1)) R=$((P+2)) G=$((P+3)); U=http://127.0.0.1; cd "$D"; kids=()
stop() { trap - EXIT TERM INT; for p in "${kids[@]}"; do kill -TERM "$p" 2>/dev/null || true; done; wait || true; rm -rf "${PG:-}"; exit "${1:-0}"; }
trap 'stop $?' EXIT; trap 'stop 0' TERM INT
need=(); command -v redis-server >/dev/null || need+=(redis-server); ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need+=(postgresql)
command -v mvn >/dev/null || need+=(maven); command -v javac >/dev/null || need+=(openjdk-17-jdk-headless); command -v pg_config >/dev/null || need+=(libpq-dev)
[ ${#need[@]} = 0 ] || { apt-get update -qq; RUNLEVEL=1 apt-get install -y -qq "${need[@]}" libmagic1; } >apt.log 2>&1
[ -f venv/ok ] || { python3 -m venv venv; venv/bin/pip install -q 'ckan[requirements]==2.12.0' ckanext-dcat==2.4.4 ckanapi==4.11 gunicorn==23.0.0; touch venv/ok; }
if [ ! -f solrlib/ok ]; then
  dep=org.apache.solr; cat >pom.xml <<EOF
<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version>
<dependencies><dependency><groupId>$dep</groupId><artifactId>solr-test-framework</artifactId><version>9.10.1</version></dependency></dependencies></project>
EOF
  mvn -q -B dependency:copy-dependencies -DoutputDirectory=solrlib >mvn.log 2>&1
  cat >SolrBox.java <<'EOF'
import org.apache.solr.embedded.*;
public class SolrBox { public static void main(String[] a) throws Exception {
  new JettySolrRunner(a[0], JettyConfig.builder().setContext("/solr").setPort(Integer.parseInt(a[1])).build()).start(); Thread.currentThread().join(); } }
EOF
  javac -cp 'solrlib/*' -d . SolrBox.java; touch solrlib/ok
fi
C=solr/ckan/conf; mkdir -p $C storage; cp venv/lib/python3*/site-packages/ckan/config/solr/schema.xml $C/; touch $C/{protwords,synonyms,stopwords}.txt
echo name=ckan >solr/ckan/core.properties; echo '<solr/>' >solr/solr.xml
cat >$C/solrconfig.xml <<'EOF'
<config><luceneMatchVersion>9.12</luceneMatchVersion><schemaFactory class="ClassicIndexSchemaFactory"/><updateHandler class="solr.DirectUpdateHandler2"/>
<requestHandler name="/select" class="solr.SearchHandler"/><requestHandler name="/query" class="solr.SearchHandler"/></config>
EOF
java -Xmx400m -Djetty.host=127.0.0.1 -Dsolr.log.dir="$D" -cp "$D:solrlib/*" SolrBox "$D/solr" $S >solr.log 2>&1 & kids+=($!)
redis-server --port $R --bind 127.0.0.1 --save '' --dir "$D" >redis.log 2>&1 & kids+=($!)
B=$(ls -d /usr/lib/postgresql/*/bin | tail -1); PG=$(mktemp -d); chown postgres "$PG"; as() { setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"; }
(cd "$PG" && as "$B/initdb" -D "$PG/d" -A trust -E UTF8 --locale=C.UTF-8 >"$D/initdb.log"); (cd "$PG"; exec setpriv --reuid=postgres --regid=postgres --clear-groups -- "$B/postgres" -D "$PG/d" -p $G -h 127.0.0.1 -k "$PG") >pg.log 2>&1 & kids+=($!)
q() { psql -qX -h 127.0.0.1 -p $G -U postgres "$@"; }; until q -c 'select 1' postgres >/dev/null 2>&1; do sleep 1; done
echo 'create role ckan login; create role ro login; create database ckan owner ckan; create database ds owner ckan;' | q postgres
k() { venv/bin/ckan -c ckan.ini "$@"; }; { venv/bin/ckan generate config ckan.ini; db=postgresql://; venv/bin/ckan config-tool ckan.ini "sqlalchemy.url=${db}ckan@127.0.0.1:$G/ckan" "ckan.datastore.write_url=${db}ckan@127.0.0.1:$G/ds" "ckan.datastore.read_url=${db}ro@127.0.0.1:$G/ds" "solr_url=$U:$S/solr/ckan" "ckan.redis.url=redis://127.0.0.1:$R/0" "ckan.site_url=$U:$P" "ckan.plugins=datastore dcat" "ckan.storage_path=$D/storage"; } >init.log 2>&1
until curl -sf "$U:$S/solr/ckan/select?q=*:*" >/dev/null; do sleep 1; done; curl -sf "$U:$S/solr/ckan/update?commit=true" -H 'Content-Type: text/xml' -d '<delete><query>*:*</query></delete>' >/dev/null || true
k db init >>init.log 2>&1; k datastore set-permissions 2>/dev/null | q postgres >>init.log 2>&1
k user add admin email=a@example.org password=invented-1 >>init.log 2>&1; k sysadmin add admin >>init.log 2>&1; k user token add admin t 2>/dev/null | tail -1 | tr -d ' \t' >token
printf 'from ckan.config.middleware import make_app\nfrom ckan.cli import CKANConfigLoader\napplication = make_app(CKANConfigLoader("ckan.ini").get_config())\n' >wsgi.py
venv/bin/gunicorn -w 2 -b 127.0.0.1:$P wsgi:application >ckan.log 2>&1 & kids+=($!)
until curl -sf "$U:$P/api/3/action/status_show" >/dev/null; do sleep 1; done
venv/bin/python - "$U:$P" <<'EOF'
import sys; from ckanapi import RemoteCKAN
c = RemoteCKAN(sys.argv[1], apikey=open("token").read().strip()).action
c.organization_create(name="klinik", title="Klinik Köln"); p = c.package_create(name="visits", title="Studienbesuche Łódź", owner_org="klinik")
rows = [dict(visit=f"V-{i:05d}", site=("Köln", "Łódź", "東京")[i % 3], day=f"2026-{1+i%12:02d}-{1+i%28:02d}", score=None if i % 10 == 0 else i % 41, done=i % 3 > 0, note="" if i % 5 == 0 else f"Besuch {i}") for i in range(1, 3001)]
r = c.datastore_create(resource=dict(package_id=p["id"], name="visits"), primary_key=["visit"], records=rows, include_records=False, fields=[dict(id=a, type=b) for a, b in dict(visit="text", site="text", day="date", score="int", done="bool", note="text").items()])
open("rid", "w").write(r["resource_id"])
EOF
echo READY; wait

#!/usr/bin/env bash
# Guess: a transaction that fails because the disk is full is undone, and a restart with room again finds what was committed.
# Seen: half of it stays in the log. The next start refuses the database, the process lives on, and queries wait or fail.
# Needs root (it mounts a disk of 60 MiB), python3, java 17 or newer, and mvn. Takes two minutes.
set -euo pipefail; dir=$(mktemp -d); server=""; mkdir "$dir/disk"; mount -t tmpfs -o size=60m tmpfs "$dir/disk"
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true; umount "$dir/disk"; rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env && env/bin/pip install -q neo4j==6.4.0; cat > pom.xml <<'POM'
<project><modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
<dependencies><dependency><groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId><version>5.26.30</version></dependency>
<dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>5.26.30</version></dependency></dependencies></project>
POM
mvn -q dependency:copy-dependencies -DoutputDirectory=lib -DincludeScope=runtime
mkdir conf && printf '%s\n' server.http.enabled=false server.bolt.listen_address=127.0.0.1:17687 dbms.security.auth_enabled=false \
  db.tx_log.preallocate=false db.tx_log.rotation.size=1M server.directories.data="$dir/disk/data" > conf/neo4j.conf
opens=$(printf -- '--add-opens=java.base/%s=ALL-UNNAMED ' java.nio java.io sun.nio.ch java.util.concurrent)
begin() { java -Xmx512m $opens -cp 'lib/*' org.neo4j.server.CommunityEntryPoint --home-dir="$dir" --config-dir="$dir/conf" > server.log 2>&1 & server=$!; }
end() { kill $server; wait $server || true; }
cat > ask.py <<'PY'
import sys, time, neo4j
driver = neo4j.GraphDatabase.driver("bolt://127.0.0.1:17687")
for _ in range(90):
    try: driver.verify_connectivity(); break
    except neo4j.exceptions.DriverError: time.sleep(1)
    except neo4j.exceptions.Neo4jError as error: last = error; time.sleep(0.5)
for text in sys.argv[1:]:
    try: print(text, [record.data() for record in driver.session().run(text)], flush=True)
    except neo4j.exceptions.Neo4jError as error: print(text, "->", error.code, flush=True)
PY
begin; env/bin/python ask.py "CREATE (:Kept)"
head -c $(( $(df --output=avail -k disk | tail -1) * 1024 - 1000000 )) /dev/zero > disk/filler
env/bin/python ask.py "UNWIND range(1, 30000) AS i CREATE (:Large {text: 'a text that is long enough, number ' + toString(i)})"
rm disk/filler; env/bin/python ask.py "MATCH (n:Kept) RETURN count(n)"; end
begin; timeout 90 env/bin/python ask.py "MATCH (n:Kept) RETURN count(n)" || true; end
grep -m1 -o "Error reading transaction logs, recovery not possible" logs/debug.log

#!/usr/bin/env bash
# Guess: a transaction that creates constraints leaves nothing if its client is killed, and IF NOT EXISTS may be run again.
# Seen: the index of a constraint is committed before the constraint. It stays without one, and IF NOT EXISTS is refused.
# Needs python3, java 17 or newer, and mvn. Takes one to two minutes.
set -euo pipefail; dir=$(mktemp -d); server=""
trap 'kill $server 2>/dev/null || true; rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env && env/bin/pip install -q neo4j==6.4.0; cat > pom.xml <<'POM'
<project><modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
<dependencies><dependency><groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId><version>5.26.30</version></dependency>
<dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>5.26.30</version></dependency></dependencies></project>
POM
mvn -q dependency:copy-dependencies -DoutputDirectory=lib -DincludeScope=runtime
mkdir conf && printf '%s\n' server.http.enabled=false server.bolt.listen_address=127.0.0.1:17687 dbms.security.auth_enabled=false > conf/neo4j.conf
opens=$(printf -- '--add-opens=java.base/%s=ALL-UNNAMED ' java.nio java.io sun.nio.ch java.util.concurrent)
java $opens -cp 'lib/*' org.neo4j.server.CommunityEntryPoint --home-dir="$dir" --config-dir="$dir/conf" > server.log 2>&1 &
server=$!
cat > find.py <<'PY'
import subprocess, sys, time
import neo4j
MAKE = "CREATE CONSTRAINT c{0} IF NOT EXISTS FOR ()-[r:T{0}]-() REQUIRE r.key IS UNIQUE"
LEFT = "SHOW INDEXES YIELD name, type, owningConstraint WHERE type = 'RANGE' AND owningConstraint IS NULL"
driver = neo4j.GraphDatabase.driver("bolt://127.0.0.1:17687")
if sys.argv[1:]:
    with driver.session() as session, session.begin_transaction() as tx:
        for number in range(200): tx.run(MAKE.format(f"{sys.argv[1]}x{number}")).consume(); print("made", flush=True)
for _ in range(60):
    try: driver.verify_connectivity(); break
    except neo4j.exceptions.DriverError: time.sleep(1)
for attempt in range(40):  # the kill must come while an index is filled
    child = subprocess.Popen([sys.executable, __file__, str(attempt)], stdout=subprocess.PIPE)
    for _ in range(20): child.stdout.readline()
    time.sleep(attempt / 1000); child.kill(); child.wait(); time.sleep(1)
    if left := [record["name"] for record in driver.execute_query(LEFT).records]: break
print("Neo4j", driver.get_server_info().agent, "constraints:", driver.execute_query("SHOW CONSTRAINTS").records)
print("indexes without a constraint:", left); assert left, "no index was left"
try: driver.execute_query(MAKE.format(left[0][1:])); sys.exit("the constraint could be created")
except neo4j.exceptions.ClientError as error: print("CREATE CONSTRAINT ... IF NOT EXISTS:", error.code); assert "AlreadyExists" in error.code
PY
env/bin/python find.py

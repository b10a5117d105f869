#!/usr/bin/env bash
# Guess: an index changes how fast `WHERE n.weight = 1 RETURN n.weight` is, and not what it returns.
# Seen: with an index it returns the number of the query in place of the stored one: a stored 1.0 comes back as 1, an integer.
# And `n.weight = 0.0` finds a stored -0.0 without an index only.
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
import time
import neo4j
driver = neo4j.GraphDatabase.driver("bolt://127.0.0.1:17687")
for _ in range(120):
    try: driver.verify_connectivity(); break
    except neo4j.exceptions.DriverError: time.sleep(1)
def ask(text): return [record.values() for record in driver.execute_query(text).records]
SEEK = "MATCH (n:Tie) WHERE n.weight = {} RETURN n.weight, valueType(n.weight)"
ask("UNWIND [1.0, -0.0] AS weight CREATE (:Tie {weight: weight})")
def both(): return repr([ask(SEEK.format(1)), ask(SEEK.format("0.0"))])
scanned = both()
ask("CREATE INDEX FOR (n:Tie) ON (n.weight)"); ask("CALL db.awaitIndexes()")
print(driver.get_server_info().agent, "asked for 1 and for 0.0, of a stored 1.0 and -0.0")
print("without an index:", scanned)
print("with an index:   ", both())
assert scanned == "[[[1.0, 'FLOAT NOT NULL']], [[-0.0, 'FLOAT NOT NULL']]]"
assert both() == "[[[1, 'INTEGER NOT NULL']], []]", "the index changes nothing"
PY
env/bin/python find.py

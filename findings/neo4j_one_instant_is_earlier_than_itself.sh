#!/usr/bin/env bash
# Guess: two datetimes of one instant in different zones are equal in Cypher, or at least neither is earlier.
# Seen: they are not equal, and `<` is true for one order of them: after the instant, the zone is compared. So a filter
# `at < $time` keeps or drops a datetime of that very instant depending on the zone in which each was written.
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
ask("""UNWIND ['12:00:00Z', '14:00:00+02:00', '07:00:00-05:00', '14:00:00[Europe/Rome]'] AS time
CREATE (:Visit {at: datetime('2024-06-01T' + time)})""")
IS = "MATCH (n:Visit) WHERE n.at {} datetime('2024-06-01T12:00:00Z') RETURN toString(n.at) ORDER BY n.at"
found = {sign: [row[0] for row in ask(IS.format(sign))] for sign in ("<", "=", ">")}
print(driver.get_server_info().agent, "four datetimes of one instant, compared with 2024-06-01T12:00:00Z:")
for sign, times in found.items(): print(sign, *times)
assert {sign: len(times) for sign, times in found.items()} == {"<": 1, "=": 1, ">": 2}, "they compare as one instant"
PY
env/bin/python find.py

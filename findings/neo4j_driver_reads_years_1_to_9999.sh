#!/usr/bin/env bash
# Guess: the Python driver reads each date that Neo4j stores, at least as text.
# Seen: it reads years 1 to 9999. A record with a date before or after them comes, and raises BrokenRecordError when the value
# is read, so a city that was founded in -0752 cannot be listed. `toString` in the query helps.
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
print(driver.get_server_info().agent, "driver", neo4j.__version__)
told = {}
for text in ("-0752-04-21", "0000-01-01", "0001-01-01", "9999-12-31", "+10000-01-01"):
    (record,) = driver.execute_query("RETURN date($text) AS founded, toString(date($text)) AS text", text=text).records
    try: told[text] = str(record["founded"])
    except neo4j.exceptions.BrokenRecordError as error: told[text] = type(error).__name__
    print(text, "->", told[text], "as text", record["text"])
assert [text for text, seen in told.items() if seen == "BrokenRecordError"] == ["-0752-04-21", "0000-01-01", "+10000-01-01"]
PY
env/bin/python find.py

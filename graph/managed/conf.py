"""The configuration of the server. In: a port and memory sizes. Out: the texts of neo4j.conf and of two Log4j files."""

_LAYOUT = "%d{yyyy-MM-dd HH:mm:ss.SSSZ}{GMT+0} %-5p"

_FIXED = {
    "server.config.strict_validation.enabled": "true",
    "server.default_listen_address": "127.0.0.1",
    "server.bolt.enabled": "true",
    # With keep-alives the driver needs a task and a timer for each part of an answer: a tenth of the time of a small question.
    "server.bolt.connection_keep_alive_for_requests": "OFF",
    "server.http.enabled": "false",
    "server.https.enabled": "false",
    "dbms.security.auth_enabled": "true",
    "dbms.usage_report.enabled": "false",
    # Without these two, LOAD CSV reads any file and any address.
    "dbms.security.allow_csv_import_from_file_urls": "false",
    "server.directories.import": "import",
    # server-logs.xml and user-logs.xml lie where both settings have their default, which is named differently from 2025 on.
    "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
    "db.logs.query.enabled": "OFF",
    "db.tx_log.preallocate": "false",
    "db.tx_log.rotation.size": "1M",
    "db.tx_log.rotation.retention_policy": "2 files",
    # What is only in the logs is soon in the store files too, so that the logs stay small and a checkpoint needs little room.
    "db.checkpoint": "VOLUME",
    "db.checkpoint.interval.volume": "2m",
    # Cached plans take much of the heap, see docs/decisions/warming.md.
    "server.memory.query_cache.per_db_cache_num_entries": "500",
    # A file of rows is one transaction and needs 9 to 12 KiB a row; a question that needs too much is ended.
    "db.memory.transaction.max": "360m",
    "dbms.memory.transaction.total.max": "400m",
    # With the defaults a stop takes ten seconds.
    "internal.server.bolt.thread_pool_shutdown_wait_time": "100ms",
    "db.shutdown_transaction_end_timeout": "2s",
}


_MENDING = {"internal.dbms.tx_log.fail_on_corrupted_log_files": "false"}
"""A disk that was full leaves the half of a transaction, which nobody was told of, at the end of the log: it is cut off."""


_READ_ONLY = {"server.databases.default_to_read_only": "true"}
"""All databases but `system` refuse writes."""


def browsing(port: int, bolt: int) -> dict[str, str]:
    """Return the settings with which the server serves Neo4j Browser, and nothing else, on 127.0.0.1:`port`.

    The page may connect to its own server alone; by itself it would ask servers on the internet too.
    """
    own = f"127.0.0.1:{bolt}"
    return {
        "server.http.enabled": "true",
        "server.http.listen_address": f"127.0.0.1:{port}",
        "server.http.advertised_address": f"127.0.0.1:{port}",
        "server.http_enabled_modules": "BROWSER",
        "dbms.security.http_static_content_security_policy_header": (
            f"default-src 'self'; connect-src 'self' ws://{own} http://{own}; style-src 'self' 'unsafe-inline'; "
            "img-src 'self' data:; font-src 'self' data:; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
        ),
        "client.allow_telemetry": "false",
        "browser.remote_content_hostname_whitelist": "127.0.0.1",
    }


def neo4j_conf(
    port: int,
    heap: str,
    page_cache: str,
    *,
    mending: bool = False,
    read_only: bool = False,
    browser: int | None = None,
) -> str:
    """Return the text of neo4j.conf for Bolt on 127.0.0.1:`port`; sizes are JVM sizes such as "512m".

    With `mending` a log of transactions that ends in the middle of one is cut there; without, such a database stays offline.
    `browser` is the port of Neo4j Browser, None for none.
    """
    sized = {
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.bolt.advertised_address": f"127.0.0.1:{port}",
        "server.memory.heap.initial_size": heap,
        "server.memory.heap.max_size": heap,
        "server.memory.pagecache.size": page_cache,
    }
    every = _FIXED | sized | (_MENDING if mending else {}) | (_READ_ONLY if read_only else {})
    if browser is not None:
        every |= browsing(browser, port)
    return "".join(f"{key}={value}\n" for key, value in every.items())


def _appender(name: str, file: str, layout: str) -> str:
    path = f"${{config:server.directories.logs}}/{file}"
    return (
        f'    <RollingRandomAccessFile name="{name}" fileName="{path}" filePattern="{path}.%02i">\n'
        f"      {layout}\n"
        '      <Policies><SizeBasedTriggeringPolicy size="2 MB"/></Policies>\n'
        '      <DefaultRolloverStrategy fileIndex="min" max="2"/>\n'
        "    </RollingRandomAccessFile>\n"
    )


def _configuration(appenders: str, loggers: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Configuration status="ERROR" packages="org.neo4j.logging.log4j">\n'
        f"  <Appenders>\n{appenders}  </Appenders>\n  <Loggers>\n{loggers}  </Loggers>\n</Configuration>\n"
    )


def _root(level: str, appender: str) -> str:
    return f'    <Root level="{level}"><AppenderRef ref="{appender}"/></Root>\n'


def server_logs() -> str:
    """Return the Log4j configuration of debug.log: only warnings and errors."""
    layout = f'<Neo4jDebugLogLayout pattern="{_LAYOUT} [%c{{1.}}] %m%n"/>'
    return _configuration(_appender("DebugLog", "debug.log", layout), _root("WARN", "DebugLog"))


def user_logs() -> str:
    """Return the Log4j configuration of neo4j.log, which says in a few lines why a start failed."""
    layout = f'<PatternLayout pattern="{_LAYOUT} %m%n"/>'
    return _configuration(_appender("Neo4jLog", "neo4j.log", layout), _root("INFO", "Neo4jLog"))

# The server alone; its Neo4j stands beside it, see docker-compose.yml.
FROM python:3.12-slim AS made
WORKDIR /srv/citygraph
# The writer of large answers is built with cargo, which stays in this stage.
RUN apt-get update && apt-get install --yes --no-install-recommends cargo && rm -rf /var/lib/apt/lists/*
RUN python -m venv /opt/venv
COPY requirements/run.lock requirements/run.lock
RUN /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/run.lock
COPY native native
RUN /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation ./native
COPY pyproject.toml README.md LICENSE ./
COPY app app
COPY graph graph
COPY schema schema
COPY seeds seeds
# Built and installed as a wheel: the image needs nothing of this folder.
RUN /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation .

FROM python:3.12-slim
RUN useradd --system --create-home --uid 10001 citygraph
COPY --from=made /opt/venv /opt/venv
WORKDIR /home/citygraph
USER citygraph
ENV PATH=/opt/venv/bin:$PATH CITYGRAPH_HOST=0.0.0.0 PYTHONUNBUFFERED=1
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["citygraph", "serve"]

FROM python:3.11-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md ./
RUN python -m venv /opt/kezek \
    && /opt/kezek/bin/pip install --no-cache-dir --constraint constraints.txt hatchling
COPY bot bot
COPY domain domain
COPY storage storage
COPY locales locales
RUN /opt/kezek/bin/pip install --no-cache-dir --constraint constraints.txt --no-build-isolation .

FROM python:3.11-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /var/lib/kezek kezek
COPY --from=build /opt/kezek /opt/kezek
ENV PATH=/opt/kezek/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    KEZEK_DATA_DIR=/var/lib/kezek \
    KEZEK_HTTP_HOST=0.0.0.0 \
    KEZEK_HTTP_PORT=8080
USER kezek
WORKDIR /var/lib/kezek
VOLUME /var/lib/kezek
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s CMD ["python", "-c", \
    "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['KEZEK_HTTP_PORT'] + '/healthz', timeout=2)"]
ENTRYPOINT ["kezek"]
CMD ["serve"]

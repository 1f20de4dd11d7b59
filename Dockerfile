# Two stages: packages are installed in the first, only they and the bot are in the second.
# Python is pinned to a minor release: a new build brings its security fixes.

FROM python:3.12-slim AS packages
WORKDIR /app
RUN python -m venv /app/.venv
COPY requirements.lock .
RUN --mount=type=cache,target=/root/.cache/pip \
    /app/.venv/bin/pip install --require-hashes --only-binary :all: -r requirements.lock

FROM python:3.12-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin clubdesk
RUN install --directory --owner 10001 --group 10001 --mode 0700 /backups
WORKDIR /app
COPY --from=packages /app/.venv /app/.venv
COPY bot bot
ENV PATH=/app/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
RUN python -m compileall -q bot
USER clubdesk
STOPSIGNAL SIGTERM
CMD ["python", "-m", "bot", "serve"]

# One image for web, worker, beat and migrate; docker-compose.yml says which is which.
FROM python:3.11-slim AS build
WORKDIR /app
RUN python -m venv /opt/venv
COPY requirements/run.txt requirements/run.txt
RUN /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY manage.py pyproject.toml ./
COPY readinggroup readinggroup
COPY papers papers
COPY sessions sessions
COPY templates templates
COPY static static
# The static build needs no secret that lasts: this one is gone with the build.
RUN SECRET_KEY=static-build-only /opt/venv/bin/python manage.py build_fonts \
 && SECRET_KEY=static-build-only /opt/venv/bin/python manage.py collectstatic --no-input --verbosity 0

FROM python:3.11-slim
# --build-arg OFFICE=libreoffice-impress-nogui lets members upload PowerPoint and OpenDocument slides.
ARG OFFICE=
RUN if [ -n "$OFFICE" ]; then apt-get update && apt-get install -y --no-install-recommends $OFFICE \
 && rm -rf /var/lib/apt/lists/*; fi
RUN useradd --system --uid 10001 --create-home --home-dir /home/readinggroup readinggroup \
 && install -d -o readinggroup -g readinggroup /data
COPY --from=build /opt/venv /opt/venv
COPY --from=build --chown=root:root /app /app
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data \
    WEB_WORKER_TMP_DIR=/dev/shm
USER readinggroup
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "--config", "python:readinggroup.gunicorn", "readinggroup.wsgi"]

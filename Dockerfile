FROM python:3.11-slim AS packages
COPY requirements.lock .
RUN python -m venv /packages \
    && /packages/bin/pip install --no-cache-dir --disable-pip-version-check \
        --require-hashes --only-binary :all: -r requirements.lock

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin bellwether
COPY --from=packages /packages /packages
ENV PATH=/packages/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    VAR_DIR=/tmp/bellwether \
    OPENBLAS_NUM_THREADS=1 \
    OMP_NUM_THREADS=1 \
    NUMBA_CACHE_DIR=/tmp/bellwether-kernels
WORKDIR /srv/bellwether
COPY . .
# The values serve this one step; none of them stays in the image.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(48))')" \
    ALLOWED_HOSTS=localhost DATABASE_URL=postgres://nowhere/nothing REDIS_URL=redis://nowhere \
    python manage.py collectstatic --noinput
RUN python -m compileall -q .
USER bellwether
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
    CMD ["python", "-m", "config.probe", "web"]
CMD ["python", "-m", "gunicorn", "-c", "python:config.gunicorn", "-b", "0.0.0.0:8000"]

"""The web server's settings, from the environment: see docs/operations.md."""

from environs import Env

env = Env()

worker_class = "gthread"
workers = env.int("WEB_WORKERS", 2)
threads = env.int("WEB_THREADS", 4)
timeout = env.int("WEB_TIMEOUT", 60)
graceful_timeout = 15
# A slow leak in a library never grows old; the spread keeps workers from restarting together.
max_requests = 2000
max_requests_jitter = 200
# Uploads are spooled to disk by Django; the workers' heartbeat files belong in memory.
worker_tmp_dir = env.str("WEB_WORKER_TMP_DIR", None)
accesslog = env.str("WEB_ACCESS_LOG", None)
control_socket_disable = True

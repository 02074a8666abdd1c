"""`mlflow server` of line 3.17 in one process.

MLflow's own command imports the whole application to look at it, and then
starts uvicorn, which imports it again. Here the same settings are worked out
without any import, so that the one process which serves is the first.

`prove_direct.py` holds this against MLflow's own command while the image is
built. Where they differ the image runs MLflow's own command.
"""

import os
import shlex
import sys
import uuid

# Option of `mlflow server` -> (environment variable that also sets it, default).
OPTIONS = {
    "--backend-store-uri": ("MLFLOW_BACKEND_STORE_URI", None),
    "--default-artifact-root": ("MLFLOW_DEFAULT_ARTIFACT_ROOT", "mlflow-artifacts:/"),
    "--artifacts-destination": ("MLFLOW_ARTIFACTS_DESTINATION", "./mlartifacts"),
    "--host": ("MLFLOW_HOST", "127.0.0.1"),
    "--port": ("MLFLOW_PORT", "5000"),
    "--workers": ("MLFLOW_WORKERS", "4"),
    "--static-prefix": ("MLFLOW_STATIC_PREFIX", None),
    "--expose-prometheus": ("MLFLOW_EXPOSE_PROMETHEUS", None),
    "--allowed-hosts": ("MLFLOW_SERVER_ALLOWED_HOSTS", None),
    "--cors-allowed-origins": ("MLFLOW_SERVER_CORS_ALLOWED_ORIGINS", None),
    "--x-frame-options": ("MLFLOW_SERVER_X_FRAME_OPTIONS", "SAMEORIGIN"),
    "--uvicorn-opts": ("MLFLOW_UVICORN_OPTS", None),
    "--app-name": (None, None),
}

# Variables that ask for more than is known here.
FOREIGN = (
    "MLFLOW_ARTIFACTS_ONLY",
    "MLFLOW_GUNICORN_OPTS",
    "MLFLOW_READ_REPLICA_BACKEND_STORE_URI",
    "MLFLOW_REGISTRY_STORE_URI",
    "MLFLOW_SERVER_DISABLE_SECURITY_MIDDLEWARE",
    "MLFLOW_SQL_TRACE_ROLLUPS_ENABLED",
    "MLFLOW_TRACE_ARCHIVAL_CONFIG",
    "MLFLOW_WORKSPACE",
    "MLFLOW_WORKSPACE_STORE_URI",
)

# Option -> variable by which MLflow's command hands it to its workers.
TO_WORKERS = {
    "--backend-store-uri": "_MLFLOW_SERVER_FILE_STORE",
    "--default-artifact-root": "_MLFLOW_SERVER_ARTIFACT_ROOT",
    "--artifacts-destination": "_MLFLOW_SERVER_ARTIFACT_DESTINATION",
    "--static-prefix": "_MLFLOW_STATIC_PREFIX",
    "--expose-prometheus": "prometheus_multiproc_dir",
    "--allowed-hosts": "MLFLOW_SERVER_ALLOWED_HOSTS",
    "--cors-allowed-origins": "MLFLOW_SERVER_CORS_ALLOWED_ORIGINS",
    "--x-frame-options": "MLFLOW_SERVER_X_FRAME_OPTIONS",
}


def read_options(args, environ):
    """Values of the options; None when MLflow's own command has to run."""
    found = {}
    rest = list(args)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if name == "--serve-artifacts" and not equals:
            continue
        if name not in OPTIONS or (not equals and not rest):
            return None
        found[name] = value if equals else rest.pop(0)
    for name, (variable, default) in OPTIONS.items():
        value = found.get(name) or (variable and environ.get(variable)) or default
        if value is not None:
            found[name] = value
    return found


def plan(args, environ):
    """What to run for `mlflow server ARGS`; None when MLflow's own command has to."""
    if any(environ.get(name) for name in FOREIGN):
        return None
    if environ.get("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "").lower() != "false":
        return None
    if environ.get("MLFLOW_ENABLE_WORKSPACES", "false").lower() != "false":
        return None
    if environ.get("MLFLOW_SERVE_ARTIFACTS", "true").lower() != "true":
        return None
    options = read_options(args, environ)
    if options is None or options.get("--app-name") != "oidc-auth":
        return None
    if "--backend-store-uri" not in options:
        return None
    if not all(options[name].isdigit() for name in ("--port", "--workers")):
        return None
    prefix = options.get("--static-prefix", "/x")
    if not prefix.startswith("/") or prefix.endswith("/") or set("{}") & set(prefix):
        return None

    store = options["--backend-store-uri"]
    env = {
        variable: options[name]
        for name, variable in TO_WORKERS.items()
        if name in options
    }
    env |= {
        "_MLFLOW_IN_JOB_EXECUTOR": "false",
        "_MLFLOW_SERVER_REGISTRY_STORE": store,
        "_MLFLOW_SERVER_SERVE_ARTIFACTS": "true",
        "_MLFLOW_SGI_NAME": "uvicorn",
        "MLFLOW_ENABLE_WORKSPACES": "false",
        "MLFLOW_SERVER_SECRETS_CACHE_MAX_SIZE": "1000",
        "MLFLOW_SERVER_SECRETS_CACHE_TTL": "60",
    }
    opts = shlex.split(options.get("--uvicorn-opts", ""))
    if not any(opt.partition("=")[0] == "--log-config" for opt in opts):
        opts += ["--log-config", log_config()]
    return {
        "env": env,
        "stores": [store, store, options["--default-artifact-root"]],
        "uvicorn": [
            *opts,
            *("--host", options["--host"], "--port", options["--port"]),
            *("--workers", options["--workers"], "mlflow_oidc_auth.app:app"),
        ],
    }


def log_config():
    """MLflow's log settings, found without importing it."""
    site = f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
    return os.path.join(sys.prefix, site, "mlflow/server/uvicorn_log_config.yaml")


def run(planned):
    """Migrates or checks the tracking database, then serves. Does not return."""
    os.environ.update(planned["env"], _MLFLOW_SERVER_BOOT_ID=uuid.uuid4().hex)
    from mlflow.server.handlers import initialize_backend_stores

    try:
        initialize_backend_stores(
            *planned["stores"],
            workspace_store_uri=None,
            read_replica_backend_store_uri=None,
        )
    except Exception:
        import logging

        logging.getLogger("mlflow").exception("Error initializing backend store")
        sys.exit(1)
    from uvicorn.main import main

    main(args=planned["uvicorn"], prog_name="uvicorn")

"""Holds launcher/direct.py against MLflow's own `mlflow server`.

Each case runs MLflow's command up to the point where it would start uvicorn,
and compares command, environment and databases with the launcher's. When all
are equal the launcher may use its own way for this very MLflow.
"""

import json
import os
import sys
import tempfile

CHART = [
    "--host=0.0.0.0",
    "--port=5000",
    "--backend-store-uri=sqlite:///mlflow.db",
    "--artifacts-destination=s3://bucket/",
    "--serve-artifacts",
    "--app-name=oidc-auth",
    "--workers=1",
]
JOBS_OFF = {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}
CASES = [
    (CHART, {}),
    (
        [*CHART, "--expose-prometheus=metrics", "--allowed-hosts=a.example.com,b:5000"],
        {"MLFLOW_FLASK_SERVER_SECRET_KEY": "k", "MLFLOW_ENABLE_WORKSPACES": "false"},
    ),
    (
        [*CHART[:4], "--app-name", "oidc-auth", "--workers", "2"],
        {"MLFLOW_SERVER_ALLOWED_HOSTS": "c.example.com", "MLFLOW_WORKERS": "3"},
    ),
    (
        ["--app-name=oidc-auth", "--static-prefix=/ml", "--uvicorn-opts=--log-level debug"],
        {
            "MLFLOW_BACKEND_STORE_URI": "sqlite:///other.db",
            "MLFLOW_ARTIFACTS_DESTINATION": "s3://bucket/a",
            "MLFLOW_EXPOSE_PROMETHEUS": "metrics",
            "MLFLOW_HOST": "0.0.0.0",
        },
    ),
    (
        [*CHART, "--default-artifact-root=s3://bucket/b", "--x-frame-options=DENY"],
        {"MLFLOW_SERVER_CORS_ALLOWED_ORIGINS": "https://a.example.com"},
    ),
]
# What the launcher must leave to MLflow.
FOREIGN = [
    ([*CHART, "--gunicorn-opts=--log-level debug"], {}),
    ([*CHART, "--no-serve-artifacts"], {}),
    (CHART[:5], {}),
    (CHART, {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "true"}),
    (CHART, {"MLFLOW_REGISTRY_STORE_URI": "sqlite:///x.db"}),
    (CHART, {"MLFLOW_ENABLE_WORKSPACES": "true"}),
]


class Started(BaseException):
    """Raised where MLflow would start uvicorn."""


def own_command(args, env):
    """What MLflow's own command would start, in this process."""
    import mlflow.server
    import mlflow.server.handlers as handlers
    from mlflow.cli import cli

    os.environ.update(env)
    before = dict(os.environ)
    seen = {"stores": []}

    def initialize(*stores, **further):
        seen["stores"] += [*stores, *(name for name, value in further.items() if value)]

    def start(command, extra_env, **_):
        after = {**os.environ, **extra_env}
        after.pop("_MLFLOW_SERVER_BOOT_ID", None)
        seen["env"] = {k: v for k, v in after.items() if before.get(k) != v}
        seen["uvicorn"] = command[3:]
        raise Started

    handlers.initialize_backend_stores = initialize
    mlflow.server._exec_cmd = start
    try:
        cli(args=["server", *args], standalone_mode=False)
    except Started:
        pass
    return seen


def in_child(function, *args):
    """The function's result, from a process of its own; None when it fails."""
    read, write = os.pipe()
    if os.fork() == 0:
        try:
            result = function(*args)
            os.write(write, json.dumps(result).encode())
        finally:
            os._exit(0)
    os.close(write)
    with open(read) as answer:
        os.wait()
        text = answer.read()
    return json.loads(text) if text else None


def difference(direct, args, env):
    """How launcher and MLflow differ in one case; None when they do not."""
    env = {**JOBS_OFF, **env}
    ours = direct.plan(args, env)
    if ours is None:
        return f"the launcher leaves {args} to MLflow"
    # A variable that already has the value is no change.
    ours["env"] = {k: v for k, v in ours["env"].items() if env.get(k) != v}
    own = in_child(own_command, args, env)
    if own is None:
        return f"MLflow refuses {args}"
    for part in ("uvicorn", "stores"):
        if ours[part] != own.get(part):
            return f"{part}: {ours[part]}, and MLflow {own.get(part)}"
    names = {k for k, _ in set(ours["env"].items()) ^ set(own["env"].items())}
    return f"environment: {', '.join(sorted(names))}" if names else None


def first_problem(direct):
    for args, env in FOREIGN:
        if direct.plan(args, {**JOBS_OFF, **env}) is not None:
            return f"{args} {env} must be left to MLflow"
    for args, env in CASES:
        if found := difference(direct, args, env):
            return found
    return None


def main(launcher):
    sys.path.insert(0, launcher)
    import direct

    os.chdir(tempfile.mkdtemp())
    # Once for all cases; each runs in a child that has them imported.
    import mlflow.server  # noqa: F401
    from importlib.metadata import entry_points

    (app,) = entry_points(group="mlflow.app", name="oidc-auth")
    app.load()
    if problem := first_problem(direct):
        print(f"one-process start: not for this MLflow ({problem})")
        return
    with open(f"{launcher}/direct-proven", "w"):
        pass
    print(f"one-process start: proven equal in {len(CASES)} cases")


main(sys.argv[1])

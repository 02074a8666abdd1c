"""Holds launcher/direct.py against MLflow's own `mlflow server`.

Each case runs MLflow's command up to the point where it would start uvicorn,
and compares command, environment and databases with the launcher's. When all
are equal the launcher may use its own way for this very MLflow.
"""

import json
import os
import subprocess
import sys
import tempfile

CHART = [
    "--host=0.0.0.0",
    "--port=5000",
    "--backend-store-uri=sqlite:///{tmp}/mlflow.db",
    "--artifacts-destination=s3://bucket/",
    "--serve-artifacts",
    "--app-name=oidc-auth",
    "--workers=1",
]
JOBS_OFF = {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}
CASES = [
    (CHART, {}),
    (
        [*CHART, "--expose-prometheus={tmp}/metrics", "--allowed-hosts=a.example.com,b:5000"],
        {"MLFLOW_FLASK_SERVER_SECRET_KEY": "k", "MLFLOW_ENABLE_WORKSPACES": "false"},
    ),
    (
        [*CHART[:4], "--app-name", "oidc-auth", "--workers", "2"],
        {"MLFLOW_SERVER_ALLOWED_HOSTS": "c.example.com", "MLFLOW_WORKERS": "3"},
    ),
    (
        ["--app-name=oidc-auth", "--static-prefix=/ml", "--uvicorn-opts=--log-level debug"],
        {
            "MLFLOW_BACKEND_STORE_URI": "sqlite:///{tmp}/other.db",
            "MLFLOW_ARTIFACTS_DESTINATION": "s3://bucket/a",
            "MLFLOW_EXPOSE_PROMETHEUS": "{tmp}/metrics",
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

OWN = """
import json, os, sys
import mlflow.server, mlflow.server.handlers as handlers
before = dict(os.environ)
stores = []
def initialize(*args, **kwargs):
    if any(kwargs.values()):
        raise SystemExit(f'unknown stores: {kwargs}')
    stores.extend(args)
class Started(BaseException):
    pass
def start(command, extra_env, **kwargs):
    after = {**os.environ, **extra_env}
    changed = {k: v for k, v in after.items() if before.get(k) != v}
    changed.pop('_MLFLOW_SERVER_BOOT_ID', None)
    with open(sys.argv[1], 'w') as out:
        json.dump({'env': changed, 'stores': stores, 'uvicorn': command[3:]}, out)
    raise Started
handlers.initialize_backend_stores = initialize
mlflow.server._exec_cmd = start
from mlflow.cli import cli
try:
    cli(args=['server', *sys.argv[2:]], standalone_mode=False)
except Started:
    pass
"""


def own_command(args, env, tmp):
    out = f"{tmp}/own.json"
    subprocess.run(
        [sys.executable, "-c", OWN, out, *args],
        env={**os.environ, **env},
        cwd=tmp,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    with open(out) as file:
        return json.load(file)


def compare(direct, args, env):
    with tempfile.TemporaryDirectory() as tmp:
        args = [arg.format(tmp=tmp) for arg in args]
        env = {k: v.format(tmp=tmp) for k, v in {**JOBS_OFF, **env}.items()}
        ours = direct.plan(args, env)
        if ours is None:
            return "left to MLflow"
        own = own_command(args, env, tmp)
        # A variable that already has the value is no change.
        ours["env"] = {k: v for k, v in ours["env"].items() if env.get(k) != v}
        return None if ours == own else f"launcher {ours} and MLflow {own}"


def main(launcher):
    sys.path.insert(0, launcher)
    import direct

    problems = []
    for args, env in CASES:
        try:
            problems.append(compare(direct, args, env))
        except subprocess.CalledProcessError as error:
            problems.append(error.stderr.strip().splitlines()[-1])
        except OSError as error:
            problems.append(str(error))
    for args, env in FOREIGN:
        if direct.plan(args, {**JOBS_OFF, **env}) is not None:
            problems.append(f"{args} {env} must be left to MLflow")
    problems = [problem for problem in problems if problem]
    if problems:
        print(f"one-process start: not for this MLflow ({problems[0]})")
        return
    with open(f"{launcher}/direct-proven", "w"):
        pass
    print(f"one-process start: proven equal in {len(CASES)} cases")


main(sys.argv[1])

"""A client of MLflow outside the cluster, with nothing set but address and login.

usage: client.py log EXPERIMENT MODEL     one run: params, metrics, artifact, model version
       client.py send EXPERIMENT MIB      one run with one large artifact
       client.py fetch RUN                that artifact back

Prints one line of JSON. Login and address come from MLFLOW_* alone.
"""

import hashlib
import json
import os
import sys
import tempfile
import time

import mlflow
from mlflow import MlflowClient

LARGE = "large.bin"
MIB = 1 << 20


def large_blocks(mib):
    """Blocks of 1 MiB that do not repeat, and so cannot be compressed away."""
    seed = os.urandom(MIB)
    for number in range(mib):
        yield number.to_bytes(8, "big") + seed[8:]


def digest_of(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def log(experiment, model):
    mlflow.set_experiment(experiment)
    content = os.urandom(100_000)
    with tempfile.TemporaryDirectory() as folder:
        sent = os.path.join(folder, "artifact.bin")
        with open(sent, "wb") as file:
            file.write(content)
        with mlflow.start_run() as run:
            mlflow.log_param("alpha", 0.5)
            mlflow.log_metric("rmse", 0.786)
            mlflow.log_artifact(sent)
    run_id = run.info.run_id
    client = MlflowClient()
    client.create_registered_model(model)
    version = client.create_model_version(model, run.info.artifact_uri, run_id)
    with tempfile.TemporaryDirectory() as folder:
        got = mlflow.artifacts.download_artifacts(
            run_id=run_id, artifact_path="artifact.bin", dst_path=folder
        )
        with open(got, "rb") as file:
            equal = file.read() == content
    data = client.get_run(run_id).data
    return {
        "run": run_id,
        "experiment": run.info.experiment_id,
        "params": data.params,
        "metrics": data.metrics,
        "artifacts": [item.path for item in client.list_artifacts(run_id)],
        "artifactEqual": equal,
        "modelVersion": str(version.version),
    }


def send(experiment, mib):
    mlflow.set_experiment(experiment)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, LARGE)
        with open(path, "wb") as file:
            for block in large_blocks(mib):
                file.write(block)
        digest = digest_of(path)
        with mlflow.start_run() as run:
            began = time.monotonic()
            mlflow.log_artifact(path)
            seconds = time.monotonic() - began
    return {"run": run.info.run_id, "sha256": digest, "seconds": seconds}


def fetch(run_id):
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        path = mlflow.artifacts.download_artifacts(
            run_id=run_id, artifact_path=LARGE, dst_path=folder
        )
        seconds = time.monotonic() - began
        return {
            "bytes": os.path.getsize(path),
            "sha256": digest_of(path),
            "seconds": seconds,
        }


def main(command, *arguments):
    if command == "log":
        return log(*arguments)
    if command == "send":
        return send(arguments[0], int(arguments[1]))
    return fetch(*arguments)


print(json.dumps(main(*sys.argv[1:])))

/**
 * Lines for a shell that point the MLflow client at an instance. The token is
 * typed in, so that it stands in no file and no history.
 *
 * @param trackingUri - for example `https://mlflow.example.com`
 */
export const shellSnippet = (trackingUri: string) =>
  `export MLFLOW_TRACKING_URI=${trackingUri}
export MLFLOW_TRACKING_USERNAME='<your e-mail address>'
read -rsp 'Access token: ' MLFLOW_TRACKING_PASSWORD && export MLFLOW_TRACKING_PASSWORD`;

/** A first run; takes address and token from the environment. */
export const pythonSnippet = `import mlflow

mlflow.set_experiment("first-steps")
with mlflow.start_run():
    mlflow.log_param("answer", 42)
    mlflow.log_metric("accuracy", 0.97)
    mlflow.log_text("It works.", "hello.txt")`;

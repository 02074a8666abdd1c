{{- define "mlflow.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "mlflow.selectorLabels" -}}
app: {{ .Values.nameOverride | default .Chart.Name }}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "mlflow.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "mlflow.selectorLabels" . }}
version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "mlflow.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "mlflow.fullname" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end }}

{{/* "true" from the first chart version with these features on: a list of context and version. */}}
{{- define "mlflow.since" -}}
{{- $context := index . 0 -}}
{{- if semverCompare (printf ">=%s-0" (index . 1)) $context.Chart.Version }}true{{ end -}}
{{- end }}

{{/* Values that only later versions of the chart know are refused by an earlier one, never ignored. */}}
{{- define "mlflow.check" -}}
{{- if not (include "mlflow.since" (list . "1.10.0")) -}}
{{- range $key := list "corsAllowedOrigins" "deploymentAnnotations" "extraDeploy" "priorityClassName" "revisionHistoryLimit" "serverAllowedHosts" "serverHost" -}}
{{- if hasKey $.Values $key -}}
{{- fail (printf "chart %s has no value %q" $.Chart.Version $key) -}}
{{- end -}}
{{- end -}}
{{- if .Values.image.digest -}}
{{- fail (printf "chart %s has no value \"image.digest\"" .Chart.Version) -}}
{{- end -}}
{{- end -}}
{{- if and .Values.artifactRoot.s3.enabled (not .Values.artifactRoot.s3.bucket) -}}
{{- fail "artifactRoot.s3.bucket is empty" -}}
{{- end -}}
{{- end }}

{{- define "mlflow.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "mlflow.backendStoreUri" -}}
{{- with .Values.backendStore -}}
{{- if .postgres.enabled -}}
postgresql{{ with .postgres.driver }}+{{ . }}{{ end }}://
{{- else -}}
sqlite:///{{ .defaultSqlitePath }}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "mlflow.artifacts" -}}
{{- with .Values.artifactRoot -}}
{{- if .s3.enabled -}}
s3://{{ .s3.bucket }}/{{ .s3.path | trimPrefix "/" }}
{{- else if .proxiedArtifactStorage -}}
{{ .defaultArtifactsDestination }}
{{- else -}}
{{ .defaultArtifactRoot }}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Arguments after `mlflow`, one a line. */}}
{{- define "mlflow.arguments" -}}
{{- $later := include "mlflow.since" (list . "1.10.0") -}}
- server
- --host={{ .Values.serverHost | default "0.0.0.0" }}
- --port={{ .Values.service.containerPort }}
- --backend-store-uri={{ include "mlflow.backendStoreUri" . }}
{{- if .Values.artifactRoot.proxiedArtifactStorage }}
- --artifacts-destination={{ include "mlflow.artifacts" . }}
- --serve-artifacts
{{- else }}
- --default-artifact-root={{ include "mlflow.artifacts" . }}
{{- end }}
{{- if .Values.serviceMonitor.enabled }}
- --expose-prometheus=/mlflow/metrics
{{- end }}
{{- if .Values.log.enabled }}
- {{ printf "--%s-opts=--log-level=%s" (ternary "uvicorn" "gunicorn" (eq $later "true")) .Values.log.level | quote }}
{{- end }}
{{- range $name, $value := .Values.extraArgs }}
- {{ printf "--%s=%s" (kebabcase $name) (toString $value) | quote }}
{{- end }}
{{- range .Values.extraFlags }}
- --{{ kebabcase . }}
{{- end }}
{{- end }}

{{/* Environment of the server and of the migration that names a Secret's keys. */}}
{{- define "mlflow.databaseEnvironment" -}}
{{- if .Values.backendStore.postgres.enabled }}
{{- with .Values.backendStore.existingDatabaseSecret }}
{{- if .name }}
- name: PGUSER
  valueFrom: { secretKeyRef: { name: {{ .name }}, key: {{ .usernameKey }} } }
- name: PGPASSWORD
  valueFrom: { secretKeyRef: { name: {{ .name }}, key: {{ .passwordKey }} } }
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "mlflow.environment" -}}
{{- $later := include "mlflow.since" (list . "1.10.0") -}}
{{- $variables := dict -}}
{{- range $name, $value := .Values.extraEnvVars }}
{{- $_ := set $variables (ternary $name (upper $name) (eq $later "true")) (toString $value) }}
{{- end -}}
{{- if $later -}}
{{- $hosts := list -}}
{{- range .Values.ingress.enabled | ternary .Values.ingress.hosts list }}{{ $hosts = append $hosts .host }}{{ end -}}
{{- $allowed := concat $hosts (.Values.serverAllowedHosts | default list) | uniq -}}
{{- if and $allowed (not (hasKey $variables "MLFLOW_SERVER_ALLOWED_HOSTS")) -}}
{{- $_ := set $variables "MLFLOW_SERVER_ALLOWED_HOSTS" (join "," $allowed) -}}
{{- end -}}
{{- $origins := list -}}
{{- $scheme := ternary "https" "http" (not (empty .Values.ingress.tls)) -}}
{{- range $hosts }}{{ $origins = append $origins (printf "%s://%s" $scheme .) }}{{ end -}}
{{- $origins = concat $origins (.Values.corsAllowedOrigins | default list) | uniq -}}
{{- if and $origins (not (hasKey $variables "MLFLOW_SERVER_CORS_ALLOWED_ORIGINS")) -}}
{{- $_ := set $variables "MLFLOW_SERVER_CORS_ALLOWED_ORIGINS" (join "," $origins) -}}
{{- end -}}
{{- end -}}
{{- include "mlflow.databaseEnvironment" . }}
{{- with .Values.artifactRoot.s3 }}
{{- if and .enabled .existingSecret.name }}
- name: AWS_ACCESS_KEY_ID
  valueFrom: { secretKeyRef: { name: {{ .existingSecret.name }}, key: {{ .existingSecret.keyOfAccessKeyId }} } }
- name: AWS_SECRET_ACCESS_KEY
  valueFrom: { secretKeyRef: { name: {{ .existingSecret.name }}, key: {{ .existingSecret.keyOfSecretAccessKey }} } }
{{- end }}
{{- end }}
- name: MLFLOW_FLASK_SERVER_SECRET_KEY
  valueFrom: { secretKeyRef: { name: {{ include "mlflow.fullname" . }}-flask-server-secret-key, key: MLFLOW_FLASK_SERVER_SECRET_KEY } }
{{- range $name, $value := $variables }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}

{{/* Security context: the version's defaults below the given values, key by key (false must win over true). */}}
{{- define "mlflow.securityContext" -}}
{{- $context := dict "allowPrivilegeEscalation" false "privileged" false "runAsNonRoot" true "runAsUser" 1001 "runAsGroup" 1001 "capabilities" (dict "drop" (list "ALL")) -}}
{{- if include "mlflow.since" (list . "1.10.0") }}{{ $_ := set $context "readOnlyRootFilesystem" true }}{{ end -}}
{{- range $key, $value := .Values.securityContext }}{{ $_ := set $context $key $value }}{{ end -}}
{{- toYaml $context -}}
{{- end }}

{{- define "mlflow.podSecurityContext" -}}
{{- $context := dict "fsGroup" 1001 "fsGroupChangePolicy" "OnRootMismatch" -}}
{{- range $key, $value := .Values.podSecurityContext }}{{ $_ := set $context $key $value }}{{ end -}}
{{- toYaml $context -}}
{{- end }}

{{/* A probe: the path is the chart's unless the values bring a handler of their own. A list of context and values. */}}
{{- define "mlflow.probe" -}}
{{- $context := index . 0 -}}
{{- $probe := deepCopy (index . 1) -}}
{{- if not (or (hasKey $probe "httpGet") (hasKey $probe "exec") (hasKey $probe "tcpSocket")) -}}
{{- $prefix := ternary "" ($context.Values.extraArgs.staticPrefix | default "") (eq (include "mlflow.since" (list $context "1.8.3")) "true") -}}
{{- $_ := set $probe "httpGet" (dict "path" (printf "%s/health" $prefix) "port" $context.Values.service.containerPortName) -}}
{{- end -}}
{{- toYaml $probe -}}
{{- end }}

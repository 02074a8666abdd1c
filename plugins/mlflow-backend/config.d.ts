import { HumanDuration } from '@backstage/types';

/** Configuration of the MLflow backend plugin. Nothing of it reaches the browser. */
export interface Config {
  /** MLflow self-service. */
  mlflow?: {
    /** The software templates that come with the plugin. */
    templates?: {
      /** Whether they stand in the catalog. Default: true. */
      enabled?: boolean;
      /** Entity reference of their owner. Default: group:default/platform. */
      owner?: string;
    };

    /** How instances are looked after. */
    health?: {
      /**
       * How often each finished instance is tried as a user would use it, for
       * example `{ minutes: 10 }`, which is the default. Zero is never: it is
       * then tried only while somebody looks at it.
       */
      interval?: HumanDuration | string;
    };

    /**
     * Where MLflow can be had: each platform is one Kubernetes cluster with its
     * Keycloak, PostgreSQL, object store, registry and ingress. Without any, the
     * plugin is idle.
     */
    platforms?: {
      [name: string]: {
        /** Name for people. Default: the key. */
        title?: string;

        /**
         * Domains below which the hosts of instances lie; the first is taken
         * when nobody asks for another.
         */
        domains: string[];

        /**
         * Whether version lines with known security holes may be chosen (3.6).
         * Default: false.
         */
        allowInsecureLines?: boolean;

        /**
         * PEM text of the CA of ingress, Keycloak, PostgreSQL and object store,
         * where that is none of the public ones. Read a file with `$file`.
         */
        ca?: string;

        /**
         * How to reach the API server: `inCluster`, or `kubeconfig`, or `server`
         * and `token`.
         */
        kubernetes: {
          /** URL of the API server. */
          server?: string;
          /** PEM text of the API server's CA. */
          ca?: string;
          /**
           * Token of the ServiceAccount that the plugin works as.
           * @visibility secret
           */
          token?: string;
          /** The portal runs in this very cluster. Default: false. */
          inCluster?: boolean;
          /** Path of a kubeconfig file. */
          kubeconfig?: string;
          /** Context of the kubeconfig. Default: its current one. */
          context?: string;
          /**
           * Namespace of the records. Who may write there administers the
           * platform. Default: backstage-mlflow.
           */
          namespace?: string;
        };

        /** How instances are served. */
        ingress?: {
          /** IngressClass. Default: traefik. */
          className?: string;
          /** Kind of the ingress controller. Default: traefik. */
          controller?: 'traefik';
          /** Entry point of Traefik that ends TLS. Default: websecure. */
          entryPoint?: string;
          /**
           * Name of a TLS Secret in each namespace of an instance. Default: none,
           * and the controller's own certificate is used.
           */
          tlsSecret?: string;
          /** CIDRs of the proxies whose forwarding headers MLflow believes. */
          trustedProxies?: string[];
        };

        /** Where the Helm chart `mlflow` of the community comes from. */
        chart?: {
          /** Folder with `mlflow-<version>.tgz` files; wins over `repository`. */
          path?: string;
          /** Chart repository, `https://…` or `oci://…`. */
          repository?: string;
          /** Path of the helm CLI, 3.19 or 4. Default: helm on the PATH. */
          helm?: string;
        };

        /** The image of the MLflow server. */
        image: {
          /** Build it here with Docker, or take one by digest. Default: build. */
          mode?: 'build' | 'prebuilt';
          /** Repository as the Docker engine pushes it, without tag. */
          push?: string;
          /** Repository as the nodes pull it, without tag. */
          pull?: string;
          /** URL of the registry's API as the portal reaches it. */
          registry?: string;
          /** User of the registry. */
          username?: string;
          /**
           * Password of the registry's user.
           * @visibility secret
           */
          password?: string;
          /** Image to build on. Default: python:3.13-slim-trixie. */
          baseImage?: string;
          /** Settings of the build. */
          build?: {
            /** Docker engine, as in DOCKER_HOST. Default: DOCKER_HOST. */
            dockerHost?: string;
            /** Network of the build containers. */
            networkMode?: string;
            /** PEM text of the CA of the package index, for pip. */
            ca?: string;
          };
          /** `<repository>:<tag>@sha256:…` of each version line. */
          prebuilt?: { [line: string]: string };
        };

        /** The PostgreSQL server. */
        postgres: {
          /** Host as the portal reaches it. */
          host: string;
          /** Default: 5432. */
          port?: number;
          /** Role with CREATEDB and CREATEROLE; no superuser. */
          user: string;
          /**
           * Password of the role.
           * @visibility secret
           */
          password: string;
          /** Default: verify-full. */
          sslMode?: 'disable' | 'verify-full';
          /** Where pods reach it. Default: as the portal does. */
          inCluster?: {
            host: string;
            /** Default: 5432. */
            port?: number;
          };
        };

        /** The S3 object store. */
        objectStore: {
          /**
           * How keys of one bucket are made: by MinIO's admin API, by the IAM
           * API, or not at all since bucket and keys are given. Default: minio.
           */
          type?: 'minio' | 'iam' | 'given';
          /** URL as the portal reaches it. */
          endpoint: string;
          /** Default: us-east-1. */
          region?: string;
          /**
           * Key of the user that makes buckets and keys.
           * @visibility secret
           */
          accessKeyId: string;
          /**
           * Secret of that key.
           * @visibility secret
           */
          secretAccessKey: string;
          /** Where pods reach it. Default: as the portal does. */
          inCluster?: { endpoint: string };
        };

        /** The Keycloak realm of people who use MLflow. */
        keycloak: {
          /** URL as browser and portal reach it, without `/realms/…`. */
          url: string;
          /** Name of the realm. */
          realm: string;
          /** Service account with manage-clients and manage-users. */
          clientId: string;
          /**
           * Secret of the service account.
           * @visibility secret
           */
          clientSecret: string;
          /** Where pods reach it. Default: as the portal does. */
          inCluster?: { url: string };
        };

        /**
         * NetworkPolicies of each instance: nothing goes in or out but what is
         * named here, DNS, and the addresses of PostgreSQL, object store and
         * Keycloak. A cluster whose network does not enforce policies stores
         * them and does nothing.
         */
        networkPolicy?: {
          /** Default: true. */
          enabled?: boolean;
          /** Namespaces of the ingress controller. Default: traefik, kube-system. */
          ingressNamespaces?: string[];
          /** Addresses of an ingress controller that is in no pod network. */
          ingressCidrs?: string[];
          /**
           * Namespaces that scrape instances with metrics. Default:
           * `monitoring.namespace`, else monitoring.
           */
          monitoringNamespaces?: string[];
          /** Namespaces whose pods use MLflow by its Service. Default: none. */
          clientNamespaces?: string[];
          /**
           * What else pods may connect to, each a `cidr` or a `namespace`.
           * Default: none.
           */
          extraEgress?: {
            cidr?: string;
            namespace?: string;
            /** Default: all. */
            ports?: number[];
          }[];
        };

        /**
         * Where the secrets of instances lie. Pods get them from Kubernetes
         * Secrets in either case. Default: in those Secrets alone.
         */
        secrets?: {
          /**
           * `vault`: Vault or OpenBao, from where External Secrets makes the
           * Secrets.
           */
          provider: 'kubernetes' | 'vault';

          /** Vault or OpenBao; needed with provider `vault`. */
          vault?: {
            /** URL as the portal reaches it. Its CA goes to `ca`. */
            address: string;
            /** Where External Secrets reaches it. Default: as the portal does. */
            inCluster?: { address: string };
            /** Vault's namespace, where it has them. */
            namespace?: string;
            /** Mount of a KV engine of version 2. Default: secret. */
            mount?: string;
            /** The portal writes below it alone. Default: mlflow. */
            prefix?: string;
            /** How the portal logs in. */
            auth: {
              method: 'approle' | 'kubernetes' | 'token';
              /** Mount of the auth method. Default: its name. */
              mount?: string;
              /**
               * With approle.
               * @visibility secret
               */
              roleId?: string;
              /**
               * With approle.
               * @visibility secret
               */
              secretId?: string;
              /** With kubernetes. Default: backstage-mlflow. */
              role?: string;
              /** With kubernetes. Default: where pods have it. */
              tokenFile?: string;
              /**
               * With token: renewed as long as the portal runs.
               * @visibility secret
               */
              token?: string;
            };
            /** How External Secrets logs in for a namespace. */
            externalSecrets?: {
              /** Mount of the cluster's auth method. Default: kubernetes. */
              mount?: string;
              /** Default: mlflow. */
              role?: string;
              /** That tokens must be made for. Default: vault. */
              audience?: string;
              /** How often it reads, for example `30m`. Default: 1h. */
              refreshInterval?: string;
            };
          };
        };

        /** Prometheus Operator. */
        monitoring?: {
          /** Namespace of the ServiceMonitors. Default: that of the instance. */
          namespace?: string;
          /** Labels by which Prometheus finds ServiceMonitors. */
          labels?: { [label: string]: string };
        };

        /** Prometheus that scrapes the instances, for the charts on their pages. */
        prometheus?: {
          /** Where its HTTP API is, without `/api/v1`. */
          url: string;
          /**
           * Bearer token.
           * @visibility secret
           */
          token?: string;
          /**
           * Labels that the series of this platform have besides namespace and
           * service, for example `cluster`.
           */
          matchers?: { [label: string]: string };
        };
      };
    };
  };
}

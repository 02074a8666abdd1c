import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { forgetInstance } from '@internal/mlflow-sandbox/src/bench/forgetInstance.ts';
import type { PortalUser } from '@internal/mlflow-sandbox/src/demo/scaffolder.ts';
import { messageOf } from '@internal/mlflow-sandbox/src/errors.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import type { YamlValue } from '@internal/mlflow-sandbox/src/yaml.ts';
import { Backend } from '../fault-tests/lane/Backend.ts';
import { buildBundle } from '../fault-tests/lane/bundle.ts';
import {
  makeSignInClient,
  removeSignInClient,
} from '../fault-tests/lane/signInClient.ts';
import type { SignInClient } from '../fault-tests/lane/signInClient.ts';
import { signInAsOwner } from '../fault-tests/lane/tasks.ts';
import { sweep } from '../fault-tests/LanePool.ts';
import type { Line } from './creation.ts';
import { Patient } from './Patient.ts';
import { Realm } from './Realm.ts';
import { Systems } from './Systems.ts';

/** What each of several stages at once has for itself. */
const ownOf = (stage: number) => ({
  /** Not one of the lanes of the fault tests. */
  lane: 90 + stage,
  port: 7190 + stage,
  databases: `diagnose_${stage}_`,
  prefix: `diag${stage}-`,
  realm: `diagnose-${stage}`,
});
type Own = ReturnType<typeof ownOf>;

/** A token of the portal serves for an hour; it is replaced well before. */
const SIGN_IN_AGAIN_MS = 20 * 60_000;

/** What is begun is ended, also after an interrupt. */
const lasting = (context: Context): Context => ({
  ...context,
  signal: AbortSignal.timeout(180_000),
});

/** A portal of the harness's own, and the instances that it made. */
export class Stage {
  /** Tells one state of the sources from another. */
  readonly build: string;
  readonly #context: Context;
  readonly #own: Own;
  readonly #systems: Systems;
  readonly #realm: Realm;
  readonly #backend: Backend;
  readonly #patients = new Set<Patient>();
  #user?: { value: Promise<PortalUser>; at: number };

  private constructor(
    context: Context,
    options: {
      own: Own;
      build: string;
      systems: Systems;
      realm: Realm;
      backend: Backend;
    },
  ) {
    this.#context = context;
    this.#own = options.own;
    this.build = options.build;
    this.#systems = options.systems;
    this.#realm = options.realm;
    this.#backend = options.backend;
  }

  /**
   * Sets it up, uses it, and takes it down whatever happens.
   *
   * @param number - several at once have one each
   */
  static async use<T>(
    context: Context,
    number: number,
    play: (stage: Stage) => Promise<T>,
  ): Promise<T> {
    const bundle = await buildBundle(context);
    const own = ownOf(number);
    // A second run with this number ends here, and harms nothing of the first.
    const systems = await Systems.start(number);
    try {
      await sweep(context, own.prefix);
      const signIn = await makeSignInClient(context, own.lane, [own.port]);
      const realm = await Realm.make(context, own.realm);
      const backend = makeBackend(context, number, {
        bundle: bundle.file,
        signIn,
        realm,
      });
      const build = bundle.hash;
      const parts = { own, build, systems, realm, backend };
      return await new Stage(context, parts).#play(play);
    } finally {
      await systems.stop();
      await removeSignInClient(lasting(context), own.lane);
    }
  }

  async #play<T>(play: (stage: Stage) => Promise<T>): Promise<T> {
    const backend = this.#backend;
    try {
      this.#context.say(`starting a backend of build ${this.build}`);
      await backend.dropDatabases();
      await backend.start();
      return await play(this);
    } finally {
      await Promise.all(
        [...this.#patients].map(patient => this.dismiss(patient)),
      );
      await backend.kill();
      await backend.dropDatabases();
      await this.#realm.remove();
    }
  }

  /** Makes an instance by the template. */
  async admit(line: Line): Promise<Patient> {
    const patient = new Patient({
      context: this.#context,
      name: `${this.#own.prefix}${randomBytes(3).toString('hex')}`,
      line,
      systems: this.#systems,
      realm: this.#realm,
      user: () => this.#signedIn(),
    });
    this.#patients.add(patient);
    await patient.runAgain();
    return patient;
  }

  /** Removes an instance from every system. */
  async dismiss(patient: Patient): Promise<void> {
    this.#patients.delete(patient);
    await forgetInstance(lasting(this.#context), patient.name).catch(error =>
      this.#context.say(`${patient.name} stays: ${messageOf(error)}`),
    );
  }

  #signedIn(): Promise<PortalUser> {
    if (!this.#user || Date.now() - this.#user.at > SIGN_IN_AGAIN_MS) {
      const value = signInAsOwner(this.#context, this.#backend.api);
      this.#user = { value, at: Date.now() };
    }
    return this.#user.value;
  }
}

/** Where people sign in to the portal, and where its instances have theirs. */
interface Identity {
  signIn: SignInClient;
  realm: Realm;
}

function makeBackend(
  context: Context,
  number: number,
  { bundle, ...identity }: Identity & { bundle: string },
): Backend {
  const { port, databases } = ownOf(number);
  const folder = join(context.paths.state, 'diagnose', `stage${number}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'tmp'), { recursive: true, mode: 0o700 });
  const hostsFile = join(folder, 'hosts');
  writeFileSync(hostsFile, Systems.hosts(number));
  return new Backend({
    context,
    port,
    folder,
    bundle,
    hostsFile,
    database: databases,
    config: stageConfig(number, identity),
  });
}

/** What differs from the sandbox's own app-config, to be merged after it. */
function stageConfig(number: number, { signIn, realm }: Identity): YamlValue {
  const { port, databases } = ownOf(number);
  return {
    backend: {
      baseUrl: `http://localhost:${port}`,
      listen: { host: '127.0.0.1', port },
      database: {
        prefix: databases,
        knexConfig: { pool: { min: 0, max: 4 } },
      },
    },
    auth: {
      providers: {
        oidc: {
          development: {
            clientId: signIn.clientId,
            clientSecret: signIn.secret,
          },
        },
      },
    },
    mlflow: {
      // In the eyes of this portal, the instances of all others are broken.
      health: { interval: { seconds: 0 } },
      platforms: { sandbox: Systems.config(number, realm.config) },
    },
  };
}

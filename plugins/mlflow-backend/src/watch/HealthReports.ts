import { V1ConfigMap } from '@kubernetes/client-node';
import { HealthReport } from '../health/HealthReport';
import { fromReportMap, reportedInstance } from '../health/reportCodec';

/** What the last looks came to that some portal wrote down, by instance. */
export class HealthReports {
  #reports = new Map<string, HealthReport>();
  /** Names by key of the ConfigMap: of a deleted one nothing else is told. */
  #names = new Map<string, string>();

  get(name: string): HealthReport | undefined {
    return this.#reports.get(name);
  }

  /** Takes these for all that there are. */
  takeAll(configMaps: ReadonlyMap<string, V1ConfigMap>): void {
    this.#reports = new Map();
    this.#names = new Map();
    configMaps.forEach((configMap, key) => this.take(key, configMap));
  }

  /** @returns name of the instance whose report is not as it was, if any is */
  take(key: string, configMap: V1ConfigMap | undefined): string | undefined {
    const name = configMap ? reportedInstance(configMap) : this.#names.get(key);
    if (name === undefined) {
      return undefined;
    }
    const report = configMap && fromReportMap(configMap);
    if (report) {
      this.#names.set(key, name);
      this.#reports.set(name, report);
    } else {
      this.#names.delete(key);
      this.#reports.delete(name);
    }
    return name;
  }
}

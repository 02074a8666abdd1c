import type { Patient } from './Patient.ts';

/** How one cause is brought about on an instance that is well. */
export interface Provocation {
  /** Name of the cause, as the catalogue has it. */
  cause: string;
  /** What is done, for people. */
  what: string;
  /** Version line of the instance that it needs; 3.17 when left out. */
  line?: '3.17' | '3.6';
  /**
   * It touches every instance of the harness, so that nothing else is tried
   * meanwhile.
   */
  alone?: true;
  /**
   * The cause stands on every instance of its line and cannot be mended there:
   * the instances of the other line show that it is not found elsewhere.
   */
  standing?: true;
  /**
   * Brings the cause about, and ends once the instance feels it. Before each
   * change it tells the patient how to take that back ({@link Patient.onMend}),
   * so that a provocation that fails halfway is mended too.
   */
  provoke(patient: Patient): Promise<void>;
}

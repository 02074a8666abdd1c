import { Change } from './changes';

/** What is wrong with an instance, and what a look must say of it. */
export interface CauseCase {
  cause: string;
  facts: Change[];
  /** Of line 3.6. */
  old?: true;
  title: RegExp;
  evidence: RegExp;
  /** Whether the button of the repair is offered. */
  repair: boolean;
}

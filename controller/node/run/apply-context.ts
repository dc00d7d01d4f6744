import type { KeyValue } from '../../ports/kv.ts';
import type { Run } from '../journal/state.ts';
import type { RunContext } from './run-context.ts';

/** What applying and confirming a payload need of the agent. */
export interface ApplyContext extends RunContext {
  readonly kv: KeyValue;
  /** The node's own key: reading it proves contact. */
  readonly key: string;
  /** Starts the process that puts everything back when this one can't. */
  readonly armRevert: (run: Run) => Promise<void>;
  /** Told at each step of the journal, after it is on disk. */
  readonly onStep: (step: string) => Promise<void>;
}

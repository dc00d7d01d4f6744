export type Enablement = 'enabled' | 'disabled' | 'masked' | 'unknown';

export interface UnitStatus {
  readonly isActive: boolean;
  readonly enablement: Enablement;
  /** Another one after each start; empty when it does not run. */
  readonly instance: string;
  /** How often the manager has started it again by itself. */
  readonly restarts: number;
  /** In the manager's words: `exited with code 1`. */
  readonly detail: string;
}

export type UnitAct = 'start' | 'stop' | 'restart' | 'reload';

/** Who runs the units of this server. Unit files lie where systemd looks for them, below the root, for both kinds. */
export interface UnitManager {
  status(name: string, signal: AbortSignal): Promise<UnitStatus>;
  /** Reads changed unit files again. */
  refresh(signal: AbortSignal): Promise<void>;
  /** Idempotent but for `restart` and `reload`. @throws ApplyFailure with the manager's own words. */
  act(name: string, act: UnitAct, signal: AbortSignal): Promise<void>;
  setEnablement(name: string, enablement: Exclude<Enablement, 'unknown'>, signal: AbortSignal): Promise<void>;
  /** The last lines that the unit wrote since its last start, at most 4 KiB. */
  logTail(name: string, signal: AbortSignal): Promise<string>;
  /** Keeps running what shall run, until the signal aborts. What runs then goes on running. */
  supervise(signal: AbortSignal): Promise<void>;
}

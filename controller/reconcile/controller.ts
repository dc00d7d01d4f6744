import { UnavailableError } from '../model/errors.ts';
import { createLatch } from '../queue/latch.ts';
import { createWorkQueue, type WorkOutcome, type WorkQueue } from '../queue/work-queue.ts';
import type { EnvironmentView } from '../report/environment-view.ts';
import { describeFailure } from '../report/failure-reason.ts';
import type { ControllerMetrics } from '../report/prometheus.ts';
import type { Cluster } from './cluster.ts';
import { reconcileDefinitionPulls } from './definition-pulls.ts';
import { reconcileDrift } from './drift.ts';
import type { EnvironmentContext, LoopName } from './environment-context.ts';
import { findEnvironments } from './find-environments.ts';
import type { LoopOutcome } from './loop.ts';
import { reconcileProposal } from './proposal.ts';
import type { Repository } from './repository.ts';
import { createRevisions, type Revisions } from './revisions.ts';
import { reconcileRollout } from './rollout.ts';
import { createRunningEnvironments, type RunningEnvironments } from './running-environments.ts';

export interface ControllerOptions {
  readonly repository: Repository;
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly metrics: ControllerMetrics;
  /** Names this process to others: host and pid. */
  readonly instance: string;
  readonly pollMs: number;
  readonly driftIntervalMs: number;
  readonly onProblem: (loop: string, message: string) => void;
}

export interface Controller {
  /** Runs until the signal aborts; all loops have ended then. */
  run(signal: AbortSignal): Promise<void>;
  /** Something may have moved: look now. */
  wake(): void;
  views(): readonly EnvironmentView[];
  /**
   * What it works on an environment with; waits until it knows the environments, `undefined` for one that is not there.
   *
   * @throws UnavailableError when they can't be read before the signal aborts; it says what keeps them.
   */
  context(environment: string, signal: AbortSignal): Promise<EnvironmentContext | undefined>;
  /** Empty when all environments have been looked at once and can be led. */
  unready(): readonly string[];
}

const runDeadlineMs = 120_000;
const runsAtOnce = 4;
const mostKeys = 1_000;

type Loop = (context: EnvironmentContext, signal: AbortSignal) => Promise<LoopOutcome>;

const loops: Readonly<Record<LoopName, Loop>> = {
  proposal: reconcileProposal,
  rollout: reconcileRollout,
  drift: reconcileDrift,
};

const loopNames = Object.keys(loops) as readonly LoopName[];

/**
 * All loops of one controller over one repository. Keys of work: `probe` (what there is), `pulls` (definitions under
 * review), and `LOOP/ENVIRONMENT`.
 */
export function createController(options: ControllerOptions): Controller {
  return new RepositoryController(options);
}

class RepositoryController implements Controller {
  readonly #options: ControllerOptions;
  readonly #queue: WorkQueue;
  readonly #revisions: Revisions;
  readonly #environments: RunningEnvironments;
  readonly #unready = new Set<string>(['the repository has not been read yet']);
  readonly #looked = createLatch();
  /** Of the newest look, when it failed. */
  #lookProblem = '';
  #life: AbortSignal = AbortSignal.abort();

  constructor(options: ControllerOptions) {
    const { clock } = options.repository;
    this.#options = options;
    this.#revisions = createRevisions(options.repository);
    this.#queue = createWorkQueue({
      work: (key, signal) => this.#work(key, signal),
      onFailure: (key, error) => this.#onFailure(key, error),
      clock,
      concurrency: runsAtOnce,
      deadlineMs: runDeadlineMs,
      maxKeys: mostKeys,
    });
    this.#environments = createRunningEnvironments({
      ...options,
      revisions: this.#revisions,
      request: (loop, environment) => this.#queue.request(`${loop}/${environment}`),
      onLead: (environment) => this.#requestLoops(environment),
    });
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#life = signal;
    this.wake();
    await this.#queue.run(signal);
    await this.#environments.ended();
  }

  wake(): void {
    this.#queue.request('probe');
  }

  views(): readonly EnvironmentView[] {
    return this.#environments.views();
  }

  async context(environment: string, signal: AbortSignal): Promise<EnvironmentContext | undefined> {
    try {
      await this.#looked.opened(signal);
    } catch (cause) {
      const why = this.#lookProblem === '' ? '' : `: ${this.#lookProblem}`;
      throw new UnavailableError(`this controller has not read its repository yet${why}`, { cause });
    }
    return this.#environments.get(environment)?.context;
  }

  unready(): readonly string[] {
    return [...this.#unready];
  }

  #requestLoops(environment: string): void {
    for (const loop of loopNames) this.#queue.request(`${loop}/${environment}`);
  }

  async #work(key: string, signal: AbortSignal): Promise<WorkOutcome> {
    const { repository, metrics } = this.#options;
    const startedAtMs = repository.clock.monotonic();
    const outcome = await this.#run(key, signal);
    metrics.reconciled(readKey(key).loop, 'ok', (repository.clock.monotonic() - startedAtMs) / 1000);
    return outcome;
  }

  #run(key: string, signal: AbortSignal): Promise<WorkOutcome> {
    if (key === 'probe') return this.#probe(signal);
    return key === 'pulls' ? this.#reviewPulls(signal) : runLoop(this.#environments, key, signal);
  }

  async #probe(signal: AbortSignal): Promise<WorkOutcome> {
    const { repository, clusters, pollMs } = this.#options;
    const found = await findEnvironments(repository, this.#revisions, signal);
    this.#unready.clear();
    for (const { name, cluster, mode } of found) {
      const target = clusters.get(cluster);
      if (target !== undefined) this.#environments.ensure({ name, cluster: target, mode }, this.#life);
      else this.#unready.add(`cluster ${cluster} of environment ${name} is not in the config`);
    }
    this.#looked.open();
    this.#queue.request('pulls');
    for (const { context } of this.#environments.all()) this.#requestLoops(context.name);
    return { requeueAfterMs: pollMs };
  }

  async #reviewPulls(signal: AbortSignal): Promise<WorkOutcome> {
    const [first] = this.#environments.all();
    if (first?.leadership.isLeading() !== true) return {};
    const context = { repository: this.#options.repository, revisions: this.#revisions };
    await reconcileDefinitionPulls(context, signal);
    return {};
  }

  #onFailure(key: string, error: unknown): 'backoff' | 'never' {
    const { metrics, onProblem } = this.#options;
    const { message, retry } = describeFailure(error);
    if (key === 'probe') this.#lookProblem = message;
    metrics.reconciled(readKey(key).loop, 'failed', 0);
    onProblem(key, message);
    reportFailure(this.#environments, key, error).catch((problem: unknown) =>
      onProblem(key, describeFailure(problem).message),
    );
    return retry;
  }
}

function readKey(key: string): { readonly loop: string; readonly environment: string } {
  const [loop = '', environment = ''] = key.split('/');
  return { loop, environment };
}

async function runLoop(
  environments: RunningEnvironments,
  key: string,
  signal: AbortSignal,
): Promise<WorkOutcome> {
  const { loop, environment } = readKey(key);
  const entry = environments.get(environment);
  const name = loopNames.find((known) => known === loop);
  if (entry === undefined || name === undefined) return {};
  const outcome = await loops[name](entry.context, signal);
  await entry.reporter.report(name, outcome, signal);
  return outcome.requeueAfterMs === undefined ? {} : { requeueAfterMs: outcome.requeueAfterMs };
}

/** A loop that broke off is told as a condition too: the message says what is awaited and from whom. */
async function reportFailure(environments: RunningEnvironments, key: string, error: unknown): Promise<void> {
  const { loop, environment } = readKey(key);
  const entry = environments.get(environment);
  const name = loopNames.find((known) => known === loop);
  if (entry === undefined || name === undefined) return;
  const { reason, message, retry } = describeFailure(error);
  const state = retry === 'never' ? 'stalled' : 'progressing';
  const revision = entry.context.progress.revision ?? '';
  await entry.reporter.report(name, { state, reason, message, revision }, AbortSignal.timeout(5_000));
}

import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '../../model/json.ts';
import { consulKeys } from '../../model/payload.ts';
import type { KeyValue } from '../../ports/kv.ts';
import type { AgentLogger } from '../logger.ts';
import { failureText } from '../run/apply-failure.ts';
import { type AgentStatus, toReport } from './agent-status.ts';
import { renderTextfile } from './render-textfile.ts';

/** Short: a step of the journal waits for it. */
const writeTimeoutMs = 2000;

export interface Publisher {
  /** Metrics always; the report when it says something new. A failure is logged and tried again at the next call. */
  publish(status: AgentStatus, signal: AbortSignal): Promise<void>;
}

export function createPublisher(
  { textfileDirectory }: { textfileDirectory: string },
  { kv, logger }: { kv: KeyValue; logger: AgentLogger },
): Publisher {
  let reported = '';
  let queue: Promise<void> = Promise.resolve();
  const publish = async (status: AgentStatus, signal: AbortSignal) => {
    await writeTextfile(textfileDirectory, renderTextfile(status)).catch((error: unknown) => {
      logger.error({ error: failureText(error) }, 'metrics could not be written');
    });
    const report = canonicalJson(toReport(status));
    if (report === reported) return;
    const key = consulKeys.report(status.environment, status.server);
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(writeTimeoutMs)]);
    try {
      await kv.transact([{ verb: 'set', key, value: Buffer.from(report) }], deadline);
      reported = report;
    } catch (error) {
      logger.warn({ error: failureText(error) }, 'report could not be written');
    }
  };
  return {
    publish(status, signal) {
      // Heartbeat and journal publish at the same time; an older status must not follow a newer one.
      queue = queue.then(() => publish(status, signal));
      return queue;
    },
  };
}

/** node_exporter may read at any time: never a half file, and readable for its user. */
async function writeTextfile(directory: string, text: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  // The collector reads `*.prom` only.
  const temporary = join(directory, '.drover.prom.tmp');
  const handle = await open(temporary, 'w', 0o644);
  try {
    await handle.writeFile(text);
    await handle.chmod(0o644);
  } finally {
    await handle.close();
  }
  await rename(temporary, join(directory, 'drover.prom'));
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DefectError } from '../../model/errors.ts';
import { isJsonObject } from '../../model/json.ts';
import { writeDurably } from './durable-file.ts';
import { type AgentState, emptyState } from './state.ts';

export interface StateStore {
  read(): Promise<AgentState>;
  /** Reads, changes and writes durably. Whoever calls holds the journal's lock. */
  update(change: (state: AgentState) => AgentState): Promise<AgentState>;
}

/**
 * `state.json` in the agent's folder; a missing file is the state of a fresh node.
 * @throws DefectError when the file is there and unreadable: going on would forget which orders were refused.
 */
export function createStateStore(stateDirectory: string): StateStore {
  const path = join(stateDirectory, 'state.json');
  const read = async () => parseState(await readFile(path, 'utf8').catch(missingAsEmpty), path);
  return {
    read,
    async update(change) {
      const next = change(await read());
      await writeDurably(path, `${JSON.stringify(next)}\n`);
      return next;
    },
  };
}

function missingAsEmpty(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '';
  throw error;
}

function parseState(text: string, path: string): AgentState {
  if (text === '') return emptyState;
  const value = parseJson(text);
  const isState =
    isJsonObject(value) &&
    value['v'] === 1 &&
    Array.isArray(value['failed']) &&
    typeof value['newestIssuedAt'] === 'number';
  if (!isState) {
    const hint = 'Move the file away to start afresh, with a join answer that says the lowest order to take.';
    throw new DefectError(`${path} is not a state file of this version`, { hint });
  }
  return value as unknown as AgentState;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

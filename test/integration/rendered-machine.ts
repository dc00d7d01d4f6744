import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { resolveSecrets, type SecretValues } from '../../controller/apply/l1/resolve-secrets.ts';
import { consulKeys, type FileSpec, type UnitSpec } from '../../controller/model/payload.ts';
import { waitUntil } from '../../scripts/lab/wait-until.ts';
import { createFakeKv } from '../fakes/kv.ts';
import { createHome, startAgent } from '../node/agent-fixture.ts';
import { makePayload, type TestKeys, type TextFile, type TextUnit } from '../node/make-payload.ts';
import type { RenderedFleet } from './rendered-agents.ts';

const applyMs = 120_000;

/** A server that Drover's own agent brings into shape, below a folder that stands for its `/`. */
export interface Machine {
  readonly root: string;
  /** What somebody else brings: a certificate, an environment file. */
  bring(path: string, text: string): Promise<void>;
  /**
   * Gives the agent what is rendered for the server, and waits until it has applied it with all its checks. Files of secrets
   * that have no value yet wait, as their units do. @returns the agent's state. @throws Error with what the agent says.
   */
  apply(fleet: RenderedFleet, values: SecretValues): Promise<string>;
  /** Takes away the agent and all that it started. */
  stop(): Promise<void>;
}

export async function createMachine(server: string, keys: TestKeys): Promise<Machine> {
  const home = await createHome(keys, { server, environment: 'test' });
  const kv = createFakeKv();
  const agent = startAgent(home, kv);
  const key = consulKeys.payload('test', server);
  let issue = 0;
  return {
    root: home.root,
    async bring(path, text) {
      await mkdir(dirname(join(home.root, path)), { recursive: true });
      await writeFile(join(home.root, path), text);
      await chmod(join(home.root, path), 0o600);
    },
    async apply(fleet, values) {
      const wanted = wantedOf(server, home.root, fleet, values);
      issue += 1;
      const order = { epoch: 1, sequence: 1, issue };
      const payload = makePayload(keys, { ...wanted, manifest: { ...wanted.manifest, order } });
      await kv.transact([{ verb: 'set', key, value: payload.value }], AbortSignal.timeout(5000));
      const { hash } = payload.manifest;
      let failure: string | undefined;
      const ended = async () => {
        const state = await home.journal();
        failure = state?.failed.find((one) => one.hash === hash)?.error;
        return state?.applied?.hash === hash && state.run === undefined ? state.state : undefined;
      };
      return waitUntil(server, applyMs, ended, () => failure);
    },
    async stop() {
      await agent.stop();
      await home.remove();
    },
  };
}

/** As the controller makes a payload of it; where a text names a path below the root, the root goes before it. */
function wantedOf(server: string, root: string, fleet: RenderedFleet, values: SecretValues) {
  const resolved = resolveSecrets(fleet.folder(server), values);
  const textOf = (content: string | undefined) => Buffer.from(resolved.contents.get(content ?? '') ?? '');
  const { document } = resolved;
  return {
    files: resolved.files.map((file) => toText(file, textOf, root)),
    units: resolved.units.map((unit) => toUnit(unit, textOf, root)),
    manifest: {
      server,
      environment: 'test',
      directories: document.directories,
      preconditions: document.preconditions,
      checks: resolved.checks,
      waiting: resolved.waiting,
      groups: document.groups,
    },
  };
}

function toText(file: FileSpec, textOf: (content: string) => Buffer, root: string): TextFile {
  if (!('content' in file)) throw new Error(`${file.path} has no content`);
  const { path, mode, validate, sensitive, content } = file;
  const text = textOf(content)
    .toString()
    .replaceAll(/"(?=\/(?:etc|opt)\/)/g, `"${root}`);
  return { path, mode, validate: [...validate], sensitive, text };
}

function toUnit(unit: UnitSpec, textOf: (content: string | undefined) => Buffer, root: string): TextUnit {
  const { name, enabled, state, restartOn, reloadOn, disruption, onFailure, content } = unit;
  const text = textOf(content)
    .toString()
    .replaceAll(/ (?=\/(?:etc|opt)\/)/g, ` ${root}`);
  return { name, enabled, state, restartOn, reloadOn, disruption, onFailure, text };
}

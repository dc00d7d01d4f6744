import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import test from 'ava';
import { createConsul } from '../../controller/adapters/consul/index.ts';
import { sha256Hex } from '../../controller/model/hash.ts';
import { consulKeys, type NodeReport } from '../../controller/model/payload.ts';
import { encodeValue } from '../../controller/model/payload-codec.ts';
import { ensureTool } from '../../scripts/toolchain/index.ts';
import {
  type AgentHome,
  createHome,
  putPayload,
  startAgent,
  waitFor,
  waitForHash,
  waitForState,
} from '../node/agent-fixture.ts';
import { headerOf, makeKeys, makeManifest, makePayload, sealManifest } from '../node/make-payload.ts';
import { type RealConsul, startRealConsul } from './real-consul.ts';

const keys = await makeKeys();
let consul: RealConsul;
let token: string;

test.before(async () => {
  consul = await startRealConsul();
  const policy = await readFile(new URL('../../manifests/install/consul/agent.hcl', import.meta.url), 'utf8');
  token = await consul.createToken(
    policy.replaceAll('{{environment}}', 'dev').replaceAll('{{server}}', 'web-1'),
  );
});

test.after.always(() => consul?.stop());

const signal = () => AbortSignal.timeout(10_000);
const controllerKv = () => createConsul({ address: consul.address, token: consul.token, timeoutMs: 5000 }).kv;
/** What the agent may do, and no more. */
const agentKv = () => createConsul({ address: consul.address, token, timeoutMs: 5000 }).kv;

async function startExporter(home: AgentHome): Promise<{ url: string; child: ChildProcess }> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  probe.close();
  const textfile = home.settings.textfileDirectory;
  await mkdir(textfile, { recursive: true });
  const args = [`--web.listen-address=127.0.0.1:${port}`, `--collector.textfile.directory=${textfile}`];
  const { binary } = await ensureTool('node_exporter', { log: () => undefined });
  const child = spawn(binary, args, { stdio: 'ignore' });
  return { url: `http://127.0.0.1:${port}/metrics?collect[]=textfile`, child };
}

test.serial(
  'from a key in Consul to applied in node_exporter, with the rights of the shipped policy',
  async (t) => {
    const home = await createHome(keys);
    const exporter = await startExporter(home);
    const kv = controllerKv();
    const agent = startAgent(home, agentKv());
    t.teardown(async () => {
      exporter.child.kill('SIGKILL');
      await agent.stop();
      await home.remove();
    });
    const { manifest, value } = makePayload(keys, {
      files: [{ path: '/etc/motd', text: 'hello\n' }],
      units: [{ name: 'web.service', text: '[Service]\nExecStart=/bin/sleep 1000\n' }],
    });
    await putPayload(kv, value);
    const scrape = async () => (await fetch(exporter.url)).text().catch(() => '');
    await waitFor('node_exporter', async () =>
      (await scrape().catch(() => '')).includes('drover_l1_state{state="applied"} 1'),
    );
    const text = await scrape();
    t.regex(text, new RegExp(`drover_l1_info\\{[^}]*hash="${manifest.hash}"[^}]*phase="applied"`));
    t.regex(text, /node_textfile_scrape_error 0/);
    await waitFor('the report', async () => {
      const entry = await kv.get(consulKeys.report('dev', 'web-1'), signal());
      const report = JSON.parse(
        Buffer.from(entry?.value ?? Buffer.from('{}')).toString(),
      ) as Partial<NodeReport>;
      return report.state === 'applied' && report.hash === manifest.hash;
    });
    t.is(await home.read('/etc/motd'), 'hello\n');
  },
);

test.serial(
  'a payload in chunks is refused while one is missing, and applied from a head whose chunks are there',
  async (t) => {
    const home = await createHome(keys);
    const kv = controllerKv();
    const agent = startAgent(home, agentKv());
    t.teardown(async () => {
      await agent.stop();
      await home.remove();
    });
    const text = randomBytes(600 * 1024).toString('latin1');
    const files = [{ path: '/opt/big', text }];
    const split = (issue: number) => {
      const manifest = makeManifest(keys, { files, manifest: { order: { epoch: 1, sequence: 9, issue } } });
      const sealed = sealManifest(keys, manifest, { files });
      const size = 300 * 1024;
      const chunks = Array.from({ length: Math.ceil(sealed.length / size) }, (_, index) =>
        sealed.subarray(index * size, (index + 1) * size),
      );
      return {
        manifest,
        chunks,
        head: encodeValue(headerOf(manifest, chunks.map(sha256Hex)), new Uint8Array()),
      };
    };
    const write = async (issue: number, chunks: readonly Uint8Array[]) => {
      for (const [index, value] of chunks.entries()) {
        await kv.transact(
          [{ verb: 'set', key: consulKeys.chunk('dev', 'web-1', issue, index), value }],
          signal(),
        );
      }
    };
    const torn = split(1);
    await write(1, torn.chunks.slice(1));
    await putPayload(kv, torn.head);
    await waitForState(home, 'rejected');
    t.regex(await home.metrics(), /rejected_total\{reason="chunk"\} 1/);
    const whole = split(2);
    await write(2, whole.chunks);
    await putPayload(kv, whole.head);
    await waitForHash(home, whole.manifest.hash, 'applied');
    t.is(await home.read('/opt/big'), text);
  },
);

test.serial('two payloads 50 ms apart: the last one is what the server ends with', async (t) => {
  const home = await createHome(keys);
  const kv = controllerKv();
  const agent = startAgent(home, agentKv());
  t.teardown(async () => {
    await agent.stop();
    await home.remove();
  });
  const payloads = [1, 2, 3, 4].map((sequence) =>
    makePayload(keys, {
      files: [{ path: '/etc/motd', text: `${sequence}\n` }],
      manifest: { order: { epoch: 2, sequence, issue: sequence } },
    }),
  );
  for (const { value } of payloads) {
    await putPayload(kv, value);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await waitForHash(home, payloads.at(-1)?.manifest.hash ?? '', 'applied');
  t.is(await home.read('/etc/motd'), '4\n');
});

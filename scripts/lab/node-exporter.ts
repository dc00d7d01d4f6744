import { mkdir } from 'node:fs/promises';
import type { Tool } from '../toolchain/index.ts';
import { createLabServer, type LabContext, type LabServer } from './lab-server.ts';
import { requestJson } from './request-json.ts';
import { waitUntil } from './wait-until.ts';

const readyMs = 15_000;

export interface NodeExporterOptions {
  /** Names the folder of its log: one per simulated server. */
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** Read at each scrape; made when it is not there. */
  readonly textfileDirectory: string;
}

/** One node_exporter, as it runs on each server; not started yet. */
export async function createNodeExporter(
  context: LabContext,
  tool: Tool,
  options: NodeExporterOptions,
): Promise<LabServer> {
  const url = `http://${options.address}:${options.port}`;
  await mkdir(options.textfileDirectory, { recursive: true });
  return createLabServer(context, {
    name: options.name,
    url,
    binary: tool.binary,
    args: [
      `--web.listen-address=${options.address}:${options.port}`,
      `--collector.textfile.directory=${options.textfileDirectory}`,
      '--web.max-requests=4',
    ],
    ready: async (isLost) => {
      const ask = async (signal: AbortSignal) => {
        await requestJson(`${url}/`, { signal });
        return true;
      };
      await waitUntil(`${options.name}: metrics`, readyMs, ask, isLost);
    },
  });
}

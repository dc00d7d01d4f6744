import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ToolSpec } from './tools.ts';

const run = promisify(execFile);
const timeoutMs = 30_000;

/** The first `1.2.3` of a program's version output. */
export function parseVersion(output: string): string | undefined {
  return /\bv?(\d+\.\d+\.\d+)\b/.exec(output)?.[1];
}

/** Whether a program found on PATH may stand in for the pinned one: equal major and minor. */
export function isAcceptable(found: string, pinned: string): boolean {
  const line = (version: string) => version.split('.').slice(0, 2).join('.');
  return line(found) === line(pinned);
}

/** What the binary says of itself; `undefined` when it does not run or says nothing of the kind. */
export async function probeVersion(spec: ToolSpec, binary: string): Promise<string | undefined> {
  try {
    // A fresh environment: a CONSUL_* or VAULT_* variable of the user must not change what is printed.
    const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/' };
    const { stdout, stderr } = await run(binary, [...spec.versionArguments], { timeout: timeoutMs, env });
    return parseVersion(`${stdout}\n${stderr}`);
  } catch {
    return undefined;
  }
}

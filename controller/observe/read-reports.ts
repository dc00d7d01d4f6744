import { isJsonObject } from '../model/json.ts';
import { consulKeys, type NodeReport } from '../model/payload.ts';
import type { KeyValue } from '../ports/kv.ts';
import { cleanReport } from './clean-report.ts';

const maxReportBytes = 16 * 1024;

/**
 * What the agents wrote of themselves, by server; texts are redacted again, for they come from the server. A poisoned
 * report is passed over. A list may be cut short: a server without a report says nothing.
 */
export async function readReports(
  kv: KeyValue,
  environment: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, NodeReport>> {
  const prefix = consulKeys.reports(environment);
  const reports = new Map<string, NodeReport>();
  for (const { key, value } of await kv.list(prefix, signal)) {
    const report = value.length <= maxReportBytes ? parseReport(value) : undefined;
    // The key is what ACLs bind to the server; what the report says of its sender proves nothing.
    if (report?.server === key.slice(prefix.length)) reports.set(report.server, report);
  }
  return reports;
}

function parseReport(bytes: Uint8Array): NodeReport | undefined {
  const value = parseJson(bytes);
  if (!isJsonObject(value) || value['v'] !== 1) return undefined;
  const { server, state, hash, order, attempt, error } = value;
  const texts = [server, state, hash, order, error];
  if (!texts.every((text) => typeof text === 'string') || typeof attempt !== 'number') return undefined;
  const report = value as unknown as NodeReport;
  return { ...report, error: cleanReport(report.error) };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

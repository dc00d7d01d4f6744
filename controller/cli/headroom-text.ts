import type { PoolHeadroom, Share } from '../analyse/placement/headroom.ts';

const titles = [
  'pool',
  'clients',
  'jobs',
  'memory MiB',
  'CPU MHz',
  'disk MiB',
  'memory with the largest lost',
];

/** One line a pool: what is asked of what there is, and what would be left with the largest client lost. */
export function headroomText(pools: readonly PoolHeadroom[]): string {
  const rows = pools.map(({ pool, clients, eligible, jobs, memoryMiB, cpuMHz, diskMiB }) => [
    pool,
    clients === eligible ? String(clients) : `${eligible} of ${clients}`,
    String(jobs),
    shareText(memoryMiB),
    shareText(cpuMHz),
    shareText(diskMiB),
    spareText(memoryMiB.spareWithoutLargest),
  ]);
  const table = [titles, ...rows];
  const widths = titles.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

function shareText({ asked, offered }: Share): string {
  if (offered === undefined) return `${asked} of ?`;
  const percent = offered === 0 ? 0 : Math.round((asked / offered) * 100);
  return `${asked} of ${offered} (${percent} %)`;
}

function spareText(spare: number | undefined): string {
  if (spare === undefined) return '?';
  return spare < 0 ? `${-spare} short` : `${spare} left`;
}

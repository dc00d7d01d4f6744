import { glob } from 'node:fs/promises';
import path from 'node:path';
import { runStage, type Stage, type StageResult } from './run-stage.ts';
import { ensureTools, toolNames } from './toolchain/index.ts';

const write = (line: string) => console.log(line);
const asked = process.argv.slice(2);

async function testFiles(pattern: string, isWanted: (file: string) => boolean): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const file of glob(pattern)) if (isWanted(file)) files.push(file);
  return files.toSorted();
}

function check(name: string, command: string, ...args: readonly string[]): Stage {
  return { name, command, args, kind: 'check' };
}

function tests(name: string, concurrency: number, files: readonly string[]): readonly Stage[] {
  if (files.length === 0) return [];
  return [{ name, command: 'ava', args: [`--concurrency=${concurrency}`, ...files], kind: 'tests' }];
}

/** Real servers last and few at a time: they want memory and processors for themselves; whole fleets come one by one. */
async function allStages(): Promise<readonly Stage[]> {
  const isReal = (file: string) => file.startsWith('test/integration/');
  const isWhole = (file: string) => /^test\/integration\/(loop-|demo)/.test(file);
  const isLong = (file: string) => file.startsWith('test/long/');
  const plain = await testFiles('test/**/*.test.ts', (file) => !isReal(file) && !isLong(file));
  const real = await testFiles('test/integration/**/*.test.ts', (file) => !isWhole(file));
  const whole = await testFiles('test/integration/*.test.ts', isWhole);
  const long =
    process.env['DROVER_TEST_LONG'] === '1' ? await testFiles('test/long/**/*.test.ts', () => true) : [];
  return [
    check('format', 'biome', 'check', '.'),
    check('types', 'tsc'),
    check('lint', 'oxlint'),
    ...tests('tests', 2, plain),
    ...tests('integration', 2, real),
    ...tests('whole', 1, whole),
    ...tests('long', 1, long),
  ];
}

function show({ name, passed, failed, seconds }: StageResult): void {
  write(
    `${failed === 0 ? 'ok  ' : 'FAIL'}  ${name.padEnd(12)} ${passed} passed, ${failed} failed  ${seconds} s`,
  );
}

// Each test file is a process of its own that loads half the house: what V8 made of a source is kept for the next one.
process.env['NODE_COMPILE_CACHE'] ??= path.resolve('node_modules/.cache/compile');
await ensureTools(toolNames, { log: (line) => write(`toolchain  ${line}`) });
const stages = asked.length > 0 ? tests('tests', 2, asked) : await allStages();
const results: StageResult[] = [];
for (const stage of stages) {
  const result = await runStage(stage, write);
  show(result);
  results.push(result);
}
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
write(`${passed} passed, ${failed} failed`);
// No test at all is no success: a wrong pattern or a lost folder must not be green.
const ran = results.filter((result) => stages.find(({ name }) => name === result.name)?.kind === 'tests');
process.exitCode = failed === 0 && ran.some((result) => result.passed > 0) ? 0 : 1;

import path from 'node:path';
import { compileProject } from '../compile/compile-project.ts';
import { unknownFieldOf } from '../edit/explain-kind.ts';
import {
  type Answer,
  answerWhere,
  nearestDefinition,
  type Question,
  readQuestion,
} from '../edit/explain-where.ts';
import { kinds } from '../kinds/index.ts';
import { UsageError } from '../model/errors.ts';
import type { Json } from '../model/json.ts';
import { printable } from '../model/printable.ts';
import type { CliIo, ExitCode } from './io.ts';
import { readProjectFolder } from './read-project-folder.ts';

const longestValue = 200;

/** Prints each layer that set a field, environment by environment. Nothing but the files is read. */
export async function explainWhere(
  request: { readonly field: string; readonly directory: string; readonly environment: string | undefined },
  io: CliIo,
): Promise<ExitCode> {
  const question = readQuestion(request.field, kinds);
  if (question === undefined) {
    throw new UsageError(`--where can't be ${request.field}`, {
      hint: 'Write kind/[namespace/]name.field, as job/shop/web.env.LOG_LEVEL.',
    });
  }
  const { environments } = compileProject(
    await readProjectFolder(path.resolve(io.cwd, request.directory), io.signal),
  );
  const asked = [...environments.values()].filter(
    ({ environment }) => request.environment === undefined || environment.name === request.environment,
  );
  if (asked.length === 0) {
    const hint = `drover.yaml has: ${[...environments.keys()].join(', ')}.`;
    throw new UsageError(`there is no environment ${request.environment ?? ''}`.trim(), { hint });
  }
  const answers = asked.flatMap((compiled) => answerWhere(compiled, question) ?? []);
  if (answers.length === 0) {
    const hint = asked.map((compiled) => nearestDefinition(compiled, question)).find(Boolean);
    throw usageOf({ problem: `nothing declares ${idWords(question)}`, hint });
  }
  requireField(answers);
  io.out(`${answers.map(answerText).join('\n\n')}\n`);
  return 0;
}

/** @throws UsageError for a field that nobody sets because the kind has none of that name. */
function requireField(answers: readonly Answer[]): void {
  const [first] = answers;
  const isSilent = answers.every(({ layers, effective }) => layers.length === 0 && effective === undefined);
  if (first === undefined || !isSilent) return;
  const [root, ...field] = first.at;
  const kind = [...kinds.values()].find(({ name }) => name === first.id.split('/')[0]);
  if (kind === undefined || root !== 'spec' || field.length === 0) return;
  const unknown = unknownFieldOf(kind, field.map(String));
  if (unknown?.ok === false) throw usageOf(unknown);
}

function usageOf({
  problem,
  hint,
}: {
  readonly problem: string;
  readonly hint: string | undefined;
}): UsageError {
  return new UsageError(problem, hint === undefined ? {} : { hint });
}

function idWords({ kinds: meant, name, namespace }: Question): string {
  const where = namespace === undefined ? '' : ` in the namespace ${namespace}`;
  return `${meant.map((kind) => kind.name).join(' or ')} ${name}${where}`;
}

function answerText({ environment, id, at, layers, effective, isBroken }: Answer): string {
  const field = at.map((step) => (String(step).includes('.') ? `"${step}"` : step)).join('.');
  const last = layers.length - 1;
  const rows = layers.map(({ path: file, line, value }, index) => {
    const said = value === undefined || value === null ? 'takes it away' : valueText(value);
    return `  ${printable(file)}:${line}  ${said}${index === last && last > 0 ? '   <- wins' : ''}`;
  });
  const none = '  no layer sets it';
  const found = isBroken ? 'the definition has findings: drover validate' : effectiveText(effective);
  return [`${environment}: ${id} ${field}`, ...(rows.length === 0 ? [none] : rows), `  = ${found}`].join(
    '\n',
  );
}

function effectiveText(value: Json | undefined): string {
  return value === undefined ? 'not set' : valueText(value);
}

function valueText(value: Json): string {
  const text = printable(typeof value === 'string' ? value : JSON.stringify(value));
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

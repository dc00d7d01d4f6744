import { didYouMean } from '../../model/nearest.ts';
import { isTemplateFunction, templateFunctions, templateKeywords } from './template-functions.ts';
import { scanTemplate, type TemplateAction, type TemplateWord } from './template-words.ts';

/** A function called with a text: `secret "kv/data/shop/db"`. */
export interface TemplateRead {
  readonly call: string;
  readonly argument: string;
  /** It has more arguments: such a `secret` writes. */
  readonly hasMore: boolean;
  /** Fields that are taken of the result, each from the outside in: `['Data', 'data', 'password']`. */
  readonly fields: (readonly string[])[];
}

export interface TemplateProblem {
  readonly message: string;
  readonly hint?: string | undefined;
  /** The action that has it, as it stands in the text. */
  readonly source?: string | undefined;
}

export interface TemplateFacts {
  readonly reads: readonly TemplateRead[];
  /** The first thing that the template engine does not know: probably meant for the program. */
  readonly foreign?: TemplateProblem;
  /** What makes it no template at all. */
  readonly broken?: TemplateProblem;
}

/** What the dot is: nothing at the top, the result of a read inside `with`, else unknown. */
type Dot = 'nothing' | 'unknown' | TemplateRead;

interface Block {
  readonly outer: Dot;
  readonly isDotted: boolean;
}

interface Walk {
  readonly reads: TemplateRead[];
  readonly blocks: Block[];
  readonly variables: Set<string>;
  dot: Dot;
  foreign?: TemplateProblem;
  broken?: TemplateProblem;
}

const openers: ReadonlySet<string> = new Set(['if', 'with', 'range', 'define', 'block']);

/** Reads a template as Nomad's clients will, without running it. */
export function readTemplate(text: string, delimiters: readonly [string, string]): TemplateFacts {
  const { actions, sources, problem } = scanTemplate(text, delimiters);
  const walk: Walk = { reads: [], blocks: [], variables: new Set(['$']), dot: 'nothing' };
  for (const [index, action] of actions.entries()) {
    const { foreign, broken: known } = walk;
    takeAction(walk, action);
    const source = sources[index];
    if (foreign === undefined && walk.foreign !== undefined) walk.foreign = { ...walk.foreign, source };
    if (known === undefined && walk.broken !== undefined) walk.broken = { ...walk.broken, source };
  }
  const broken = walk.broken ?? endProblem(walk, problem);
  return {
    reads: walk.reads,
    ...(walk.foreign === undefined ? {} : { foreign: walk.foreign }),
    ...(broken === undefined ? {} : { broken }),
  };
}

function endProblem({ blocks }: Walk, problem: string | undefined): TemplateProblem | undefined {
  if (problem !== undefined) return { message: problem };
  return blocks.length === 0 ? undefined : { message: 'a block without its end' };
}

function takeAction(walk: Walk, action: TemplateAction): void {
  const [first] = action;
  if (first === undefined) {
    walk.broken ??= { message: 'an action that says nothing' };
    return;
  }
  const keyword = first.kind === 'name' && templateKeywords.has(first.text) ? first.text : '';
  if (keyword === 'end') return endBlock(walk);
  if (keyword === 'else') return elseBlock(walk, action);
  const result = takeWords(walk, action);
  if (openers.has(keyword)) openBlock(walk, keyword, result);
}

function openBlock(walk: Walk, keyword: string, result: Dot): void {
  const isDotted = keyword !== 'if';
  walk.blocks.push({ outer: walk.dot, isDotted });
  if (isDotted) walk.dot = keyword === 'with' ? result : 'unknown';
}

function endBlock(walk: Walk): void {
  const block = walk.blocks.pop();
  if (block === undefined) walk.broken ??= { message: 'an end without a block' };
  else walk.dot = block.outer;
}

function elseBlock(walk: Walk, action: TemplateAction): void {
  const block = walk.blocks.at(-1);
  if (block === undefined) {
    walk.broken ??= { message: 'an else without a block' };
    return;
  }
  walk.dot = block.outer;
  const result = takeWords(walk, action);
  if (block.isDotted && action[1]?.text === 'with') walk.dot = result;
}

/** Notes what an action calls and asks for; gives what its last plain call reads. */
function takeWords(walk: Walk, action: TemplateAction): Dot {
  declare(walk, action);
  let result: Dot = 'unknown';
  for (const [index, word] of action.entries()) {
    if (word.kind === 'variable') takeVariable(walk, word);
    else if (word.kind === 'name') result = takeName(walk, action, index) ?? result;
    else if (word.kind === 'field') {
      takeField(walk, { action, index, word, result });
      // What is left is a part of the result.
      if (word.isPart) result = 'unknown';
    } else if (word.text === '|') result = 'unknown';
  }
  return result;
}

/** `$x :=`, and `$key, $value :=` of a range. */
function declare(walk: Walk, action: TemplateAction): void {
  const sign = action.findIndex(({ kind, text }) => kind === 'sign' && text === ':=');
  for (const { kind, text } of action.slice(0, Math.max(0, sign))) {
    if (kind === 'variable') walk.variables.add(text);
  }
}

function takeVariable(walk: Walk, { text }: TemplateWord): void {
  const [name = ''] = text.split('.');
  if (walk.variables.has(name)) {
    if (text !== '$' && name === '$') walk.foreign ??= { message: `${text} asks for a field of nothing` };
    return;
  }
  walk.foreign ??= { message: `the variable ${name} is set nowhere in the template` };
}

interface FieldPlace {
  readonly action: TemplateAction;
  readonly index: number;
  readonly word: TemplateWord;
  readonly result: Dot;
}

function takeField(walk: Walk, { action, index, word, result }: FieldPlace): void {
  const owner = word.isPart ? result : walk.dot;
  if (owner === 'nothing') {
    walk.foreign ??= { message: `${word.text} asks for a field, and here there is nothing to have one` };
    return;
  }
  if (owner === 'unknown') return;
  const [asked, key] = [action[index - 1], action[index + 1]];
  const isIndexed = asked?.kind === 'name' && asked.text === 'index' && key?.kind === 'text';
  owner.fields.push([...word.text.slice(1).split('.'), ...(isIndexed ? [key.text] : [])]);
}

function takeName(walk: Walk, action: TemplateAction, index: number): TemplateRead | undefined {
  const name = action[index]?.text ?? '';
  const isKeyword = templateKeywords.has(name);
  if (isKeyword ? !isLeading(action, index) : !isTemplateFunction(name)) {
    walk.foreign ??= unknownFunction(name);
    return undefined;
  }
  return isKeyword ? undefined : takeCall(walk, action, index);
}

/** A call with a text that stands there. */
function takeCall(walk: Walk, action: TemplateAction, index: number): TemplateRead | undefined {
  const argument = action[index + 1];
  if (argument?.kind !== 'text') return undefined;
  const call = action[index]?.text ?? '';
  const hasMore = !['', '|', ')'].includes(action[index + 2]?.text ?? '');
  const read: TemplateRead = { call, argument: argument.text, hasMore, fields: [] };
  walk.reads.push(read);
  return read;
}

function isLeading(action: TemplateAction, index: number): boolean {
  return index === 0 || action[index - 1]?.text === 'else';
}

function unknownFunction(name: string): TemplateProblem {
  return {
    message: `Nomad’s templates have no function ${name}`,
    hint: didYouMean(name, templateFunctions),
  };
}

import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { FileTree } from '../model/tree.ts';
import { equalBytes, type UnitSide } from './unit-pairs.ts';

/** The parts of a server's document that a plan speaks of. */
const documentSchema = Type.Object({
  server: Type.String(),
  groups: Type.Array(Type.String()),
  files: Type.Array(
    Type.Object({
      path: Type.String(),
      absent: Type.Optional(Type.Boolean()),
      content: Type.Optional(Type.String()),
      sensitive: Type.Optional(Type.Boolean()),
      contact: Type.Optional(Type.Boolean()),
    }),
  ),
  units: Type.Array(
    Type.Object({
      name: Type.String(),
      absent: Type.Optional(Type.Boolean()),
      masked: Type.Optional(Type.Boolean()),
      content: Type.Optional(Type.String()),
      state: Type.String(),
      restartOn: Type.Array(Type.String()),
      onFailure: Type.String(),
    }),
  ),
});

export type PlannedDocument = Static<typeof documentSchema>;
export type PlannedUnit = PlannedDocument['units'][number];

const none: PlannedDocument = { server: '', groups: [], files: [], units: [] };

/** The server's document of one side; an empty one where the side or the document is not there. */
export function readServerDocument(side: UnitSide | undefined): PlannedDocument {
  const bytes = side?.files.get(side.entry.path);
  if (bytes === undefined) return none;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return Value.Check(documentSchema, value) ? value : none;
  } catch {
    return none;
  }
}

/** Where a content name of the document lies in the rendered tree. */
export function contentPath(side: UnitSide, content: string): string {
  const { path } = side.entry;
  return `${path.slice(0, path.lastIndexOf('/'))}/${content}`;
}

export function contentOf(side: UnitSide | undefined, content: string | undefined): Uint8Array | undefined {
  if (side === undefined || content === undefined) return undefined;
  const files: FileTree = side.files;
  return files.get(contentPath(side, content));
}

/** Whether something with an optional content differs: its description or its bytes. */
export function hasChanged(
  before: { side: UnitSide | undefined; item: { content?: string | undefined } | undefined },
  after: { side: UnitSide | undefined; item: { content?: string | undefined } | undefined },
): boolean {
  if (JSON.stringify(before.item) !== JSON.stringify(after.item)) return true;
  return !equalBytes(
    contentOf(before.side, before.item?.content),
    contentOf(after.side, after.item?.content),
  );
}

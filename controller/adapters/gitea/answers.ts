import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { ForgeError } from '../../model/errors.ts';

/** The parts of Gitea's answers that we read. Everything else may be there and is ignored. */
const account = Type.Object({ id: Type.Integer(), login: Type.String() });
const nullableAccount = Type.Union([account, Type.Null()]);
const branch = Type.Object({
  ref: Type.String(),
  sha: Type.String(),
  repo: Type.Union([Type.Object({ full_name: Type.String() }), Type.Null()]),
});

export const answers = {
  account,
  pull: Type.Object({
    number: Type.Integer(),
    html_url: Type.String(),
    title: Type.String(),
    body: Type.String(),
    state: Type.String(),
    merged: Type.Boolean(),
    user: nullableAccount,
    head: branch,
    base: branch,
    merge_commit_sha: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    merged_by: Type.Optional(nullableAccount),
  }),
  comment: Type.Object({
    id: Type.Integer(),
    user: nullableAccount,
    body: Type.String(),
    created_at: Type.String(),
    updated_at: Type.String(),
  }),
  status: Type.Object({
    id: Type.Integer(),
    context: Type.String(),
    status: Type.String(),
    description: Type.String(),
    target_url: Type.Optional(Type.String()),
  }),
  review: Type.Object({
    user: nullableAccount,
    state: Type.String(),
    dismissed: Type.Boolean(),
    stale: Type.Boolean(),
    commit_id: Type.String(),
    submitted_at: Type.String(),
  }),
  permission: Type.Object({ permission: Type.String() }),
  login: Type.Object({ login: Type.String() }),
} as const;

/** Parse once at the edge. @throws ForgeError that names the first field that is not as documented. */
export function parseAnswer<const Schema extends TSchema>(
  schema: Schema,
  value: unknown,
  what: string,
): Static<Schema> {
  if (Value.Check(schema, value)) return value;
  const [first] = Value.Errors(schema, value);
  const where = first === undefined ? '' : ` (${first.instancePath}: ${first.message})`;
  throw new ForgeError(`the forge's answer is no ${what}${where}`);
}

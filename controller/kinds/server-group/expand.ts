import { isHostName } from '../../kinds/server/is-host-name.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { mergeMaps } from '../../model/merge-patch.ts';
import type { Resource, ResourceId } from '../../model/resource.ts';
import { exactlyOne } from '../exactly-one.ts';
import type { ExpandedResource, ExpandRequest, ResourceExpansion } from '../expansion.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import { countMembers } from './count-members.ts';
import type { Member } from './member.ts';
import { memberView, templateView } from './member-views.ts';
import { maxMembers, type ServerGroupSpec } from './schema.ts';

type Group = Resource<ServerGroupSpec>;

/** The servers that a group stands for. A part with findings is passed over, the others are given. */
export function expandServerGroup(group: Group, request: ExpandRequest): ResourceExpansion {
  const { servers, count } = group.spec;
  const wrong = [...formFindings(group, request)];
  if (wrong.some(({ code }) => code === kindCodes.exactlyOne.code)) return unknown(wrong);
  const tooLarge = sizeFinding(group, request);
  if (tooLarge !== undefined) return unknown([...wrong, tooLarge]);
  const hasTemplate = isJsonObject(group.spec.template?.spec) && request.isSound(['spec', 'template']);
  if (!isJsonObject(servers)) {
    const isReadable = hasTemplate && typeof count === 'number' && request.isSound(['spec', 'count']);
    return isReadable ? counted(group, request, count) : unknown(wrong);
  }
  const named = mappedMembers(group, servers, request);
  const members = hasTemplate ? named.members : [];
  const isGiven = new Set(members.map(({ name }) => name));
  return {
    resources: members.map((member) => expanded(group, member)),
    diagnostics: [...wrong, ...named.diagnostics],
    brokenIds: Object.keys(servers)
      .filter((name) => !isGiven.has(name))
      .map((name): ResourceId => `Server/${name}`),
    isUnknown: false,
  };
}

/** Each member is the template once more. */
const maxExpandedBytes = 64 * 1024 * 1024;

function sizeFinding({ spec, ...group }: Group, request: ExpandRequest): Diagnostic | undefined {
  const field = spec.count === undefined ? 'servers' : 'count';
  const members = typeof spec.count === 'number' ? spec.count : Object.keys(spec.servers ?? {}).length;
  const tell = (message: string) =>
    finding({ spec, ...group }, ['spec', field], { entry: kindCodes.tooManyServers, message, part: 'key' });
  if (members > request.limit) {
    return tell(`with these ${members} the groups have more than ${maxMembers} servers together`);
  }
  const bytes = members * JSON.stringify(spec.template ?? null).length;
  const mebibytes = Math.ceil(bytes / 1024 ** 2);
  return bytes <= maxExpandedBytes
    ? undefined
    : tell(
        `the template ${members} times is ${mebibytes} MiB, and ${maxExpandedBytes / 1024 ** 2} are the most`,
      );
}

function counted(group: Group, request: ExpandRequest, count: number): ResourceExpansion {
  const { members, diagnostics } = countMembers(group, request, count);
  if (members === undefined) return unknown(diagnostics);
  const resources = members.map((member) => expanded(group, member));
  return { resources, diagnostics, brokenIds: [], isUnknown: false };
}

function unknown(diagnostics: readonly Diagnostic[]): ResourceExpansion {
  return { resources: [], diagnostics, brokenIds: [], isUnknown: true };
}

/** Which of the fields stand together. */
function formFindings(group: Group, request: ExpandRequest): readonly Diagnostic[] {
  const { spec } = group;
  if (!request.isSound(['spec', 'servers']) && spec.count === undefined) return [];
  const lonely = (['naming', 'addressRange'] as const).filter(
    (field) => spec[field] !== undefined && spec.count === undefined && spec.servers !== undefined,
  );
  return [
    ...exactlyOne(group, ['spec'], spec, ['servers', 'count']),
    ...lonely.map((field) =>
      finding(group, ['spec', field], {
        entry: kindCodes.withoutCount,
        message: `${field} means nothing beside servers, whose members have names and addresses of their own`,
        part: 'key',
      }),
    ),
  ];
}

function mappedMembers(
  group: Group,
  servers: JsonObject,
  request: ExpandRequest,
): { readonly members: readonly Member[]; readonly diagnostics: readonly Diagnostic[] } {
  const names = Object.keys(servers).filter((name) => request.isSound(['spec', 'servers', name]));
  const misnamed = names.filter((name) => !isHostName(name));
  const members = names.flatMap((name): readonly Member[] => {
    const written = servers[name];
    if (misnamed.includes(name) || !isJsonObject(written)) return [];
    const { labels, annotations, ...spec } = written as { labels?: JsonObject; annotations?: JsonObject };
    return [
      {
        name,
        spec,
        own: memberView(name),
        ...(labels === undefined ? {} : { labels }),
        ...(annotations === undefined ? {} : { annotations }),
      },
    ];
  });
  const diagnostics = misnamed.map((name) =>
    finding(group, ['spec', 'servers', name], {
      entry: kindCodes.name,
      message: `a server can't be named "${name}": it is part of a Consul key and a host name`,
      hint: 'use lower-case letters, digits and dashes, 63 at most',
      part: 'key',
    }),
  );
  return { members, diagnostics };
}

/** The member laid over the template: RFC 7386, labels and annotations joined. */
function expanded(group: Group, member: Member): ExpandedResource {
  const { template } = group.spec;
  const { name, labels, annotations, spec, own, locals } = member;
  const join = (field: 'labels' | 'annotations', more: JsonObject | undefined) =>
    mergeMaps(template.metadata?.[field], more) as Readonly<Record<string, string>>;
  return {
    kind: 'Server',
    name,
    labels: join('labels', labels),
    annotations: join('annotations', annotations),
    spec: mergeMaps(template.spec as JsonObject, spec),
    own,
    shared: templateView,
    ...(locals === undefined ? {} : { locals }),
  };
}

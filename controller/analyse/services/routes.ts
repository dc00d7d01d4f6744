import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { textsOf } from '../../model/json-values.ts';
import { allServices, type GroupService } from '../jobs/group-services.ts';
import type { Rule } from '../rule.ts';
import { serviceCodes } from './service-codes.ts';

/** A router of Traefik, as a tag of a service says it. */
interface Router {
  readonly service: GroupService;
  readonly name: string;
  readonly rule: string;
  /** Routers with another priority or entry point do not stand against each other. */
  readonly rank: string;
  readonly addresses: readonly string[];
}

/** Each address leads to one service, and each router’s name is one. */
export const routes: Rule = (fleet) => {
  const routers = allServices(fleet).flatMap((service) => routersOf(service));
  const twice = routerClashes(routers);
  return [...twice, ...addressClashes(routers)];
};

function routerClashes(routers: readonly Router[]): readonly Diagnostic[] {
  return [...Map.groupBy(routers, ({ name }) => name).values()].flatMap(([first, ...others]) => {
    const other = others.find(({ rule }) => rule !== first?.rule);
    if (first === undefined || other === undefined) return [];
    const message = `the router ${other.name} of ${owner(other)} is defined by ${owner(first)} in another way`;
    return [told(serviceCodes.routerTwice, message, { first, other })];
  });
}

function addressClashes(routers: readonly Router[]): readonly Diagnostic[] {
  const uses = routers.flatMap((router) =>
    router.addresses.map((address) => ({ router, key: `${router.rank} ${address}`, address })),
  );
  return [...Map.groupBy(uses, ({ key }) => key).values()].flatMap(([first, ...others]) => {
    const other = others.find(({ router }) => isOther(router.service, first?.router.service));
    if (first === undefined || other === undefined) return [];
    const message = `${other.address} leads to ${owner(other.router)}, and to ${owner(first.router)}`;
    return [told(serviceCodes.routeClash, message, { first: first.router, other: other.router })];
  });
}

/** The same name in another group is another version of the same. */
function isOther(one: GroupService, other: GroupService | undefined): boolean {
  return one.name !== other?.name || one.group.fleetJob !== other.group.fleetJob;
}

function told(
  entry: typeof serviceCodes.routeClash | typeof serviceCodes.routerTwice,
  message: string,
  { first, other }: { readonly first: Router; readonly other: Router },
): Diagnostic {
  return findingOf(entry, {
    span: other.service.locate('tags'),
    message,
    related: [{ message: `the route of ${owner(first)}`, span: first.service.locate('tags') }],
  });
}

function owner({ service }: Router): string {
  return `${service.group.fleetJob.namespace}/${service.group.fleetJob.id}`;
}

const routerTag = /^traefik\.http\.routers\.([^.]+)\.(\w+)=(.*)$/is;

function routersOf(service: GroupService): readonly Router[] {
  const options = textsOf(service.service['Tags']).flatMap((tag) => {
    const [, name, option, value] = routerTag.exec(tag) ?? [];
    return name === undefined ? [] : [{ name, option: option?.toLowerCase(), value: value ?? '' }];
  });
  return [...Map.groupBy(options, ({ name }) => name)].flatMap(([name, said]) => {
    const value = (wanted: string) => said.find(({ option }) => option === wanted)?.value ?? '';
    const rule = value('rule');
    if (rule === '' || rule.includes('${')) return [];
    const rank = `${value('priority')}/${value('entrypoints')}`;
    return [{ service, name, rule, rank, addresses: addressesOf(rule) }];
  });
}

/** Hosts with at most one path: anything else may tell requests apart in ways that only Traefik knows. */
function addressesOf(rule: string): readonly string[] {
  const match = /^\s*Host\(([^()]*)\)(?:\s*&&\s*(Path|PathPrefix)\(([^(),]*)\))?\s*$/.exec(rule);
  if (match === null) return [];
  const [, hosts = '', kind = 'PathPrefix', path = '`/`'] = match;
  return quotedIn(hosts).map((host) => {
    const plain = quotedIn(path)[0] ?? '/';
    const isAll = kind === 'PathPrefix' && plain !== '/';
    return `${host.toLowerCase()}${isAll ? `${plain.replace(/\/$/, '')}/*` : plain}`;
  });
}

function quotedIn(text: string): readonly string[] {
  return [...text.matchAll(/[`"]([^`"]*)[`"]/g)].map(([, inner = '']) => inner);
}

import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { objectOf, objectsOf, textOf, textsOf } from '../../model/json-values.ts';
import { didYouMean } from '../../model/nearest.ts';
import { eachPlaceOnce } from '../each-place-once.ts';
import { groupPorts } from '../ports/group-ports.ts';
import type { Rule } from '../rule.ts';
import { driverCodes } from './driver-codes.ts';
import { groupsOf, type JobTask } from './job-parts.ts';

/** Containers and their variables name ports of their group. */
export const portLabels: Rule = (fleet) =>
  eachPlaceOnce(
    fleet.jobs().flatMap((fleetJob) => {
      const ports = groupPorts(fleetJob);
      return groupsOf(fleetJob).flatMap((group, index) => {
        const labels = (ports[index]?.ports ?? []).map(({ label }) => label);
        // Nomad itself gives the sidecars of services their ports.
        const isMeshed = objectsOf(group.group['Services']).some(
          (service) => Object.keys(objectOf(service['Connect'])).length > 0,
        );
        return group.tasks.flatMap((task) => [
          ...checkPublished(task, labels),
          ...(isMeshed ? [] : checkVariables(task, labels)),
        ]);
      });
    }),
  );

function checkPublished({ task, name, locate }: JobTask, labels: readonly string[]): readonly Diagnostic[] {
  const ports = textsOf(objectOf(task['Config'])['ports']);
  const [unknown] = ports.filter((port) => !labels.includes(port) && !port.includes('${'));
  if (unknown === undefined) return [];
  return [
    findingOf(driverCodes.unknownPort, {
      span: locate({ block: 'config', attribute: 'ports', words: [unknown] }),
      message: `the container of ${name} is at the port ${unknown}, and the group has no such port`,
      hint: didYouMean(unknown, labels),
    }),
  ];
}

const variable = /\bNOMAD_(?:(?:HOST_|ALLOC_)?PORT|ADDR|IP|HOST_ADDR|HOST_IP)_(\w+)/g;

/** A label’s other characters are underscores in the names of variables. */
function checkVariables({ task, name, locate }: JobTask, labels: readonly string[]): readonly Diagnostic[] {
  const known = labels.map(plain);
  const wanting = (text: string) =>
    [...text.matchAll(variable)].find(
      ([, label = '']) => !known.includes(plain(label)) && !isOfTask(label, known),
    );
  const texts = [
    ...Object.entries(objectOf(task['Env'])).map(([attribute, value]) => ({
      place: { block: 'env', attribute },
      text: textOf(value),
    })),
    ...textsOf(objectOf(task['Config'])['args']).map((text) => ({
      place: { block: 'config', attribute: 'args' },
      text,
    })),
    ...objectsOf(task['Templates']).map((template, label) => ({
      place: { block: 'template', label, attribute: 'data' },
      text: textOf(template['EmbeddedTmpl']),
    })),
  ];
  return texts.flatMap(({ place, text }) => {
    const [word, label = ''] = wanting(text) ?? [];
    if (word === undefined) return [];
    return [
      findingOf(driverCodes.portVariable, {
        span: locate({ ...place, words: [word] }),
        message: `${name} reads ${word}, and the group has no port ${label}`,
        hint: didYouMean(label, labels),
      }),
    ];
  });
}

function plain(label: string): string {
  return label.replaceAll(/\W/g, '_');
}

/** `NOMAD_PORT_web_http` is the port of another task of the group, `NOMAD_ADDR_upstream_…` one of the mesh. */
function isOfTask(label: string, known: readonly string[]): boolean {
  return known.some((port) => label.endsWith(`_${port}`)) || label.startsWith('connect_');
}

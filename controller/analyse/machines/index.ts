import type { Rule } from '../rule.ts';
import { agentsOwn } from './agents-own.ts';
import { belowFile } from './below-file.ts';
import { checkOfNothing, impossibleCheck } from './checked-units.ts';
import { idleUnit } from './idle-unit.ts';
import { jsonSyntax } from './json-syntax.ts';
import { lateFile } from './late-file.ts';
import { pathTwice } from './path-twice.ts';
import { ruleQueries } from './rule-queries.ts';
import { sharedId } from './shared-id.ts';
import { timerService } from './timer-service.ts';
import { tomlSyntax } from './toml-syntax.ts';
import { twoWriters } from './two-writers.ts';
import { unitFile } from './unit-file.ts';
import { unitReload } from './unit-reload.ts';
import { unknownDisruption } from './unknown-disruption.ts';
import { unknownOwner } from './unknown-owner.ts';
import { unseenContact } from './unseen-contact.ts';
import { unwatchedFile } from './unwatched-file.ts';
import { unwrittenWatch } from './unwritten-watch.ts';
import { yamlSyntax } from './yaml-syntax.ts';

export const machineRules: readonly Rule[] = [
  twoWriters,
  pathTwice,
  belowFile,
  agentsOwn,
  sharedId,
  unknownOwner,
  unknownDisruption,
  unwrittenWatch,
  unwatchedFile,
  unseenContact,
  idleUnit,
  timerService,
  unitFile,
  unitReload,
  checkOfNothing,
  impossibleCheck,
  lateFile,
  jsonSyntax,
  yamlSyntax,
  tomlSyntax,
  ruleQueries,
];

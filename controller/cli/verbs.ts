import { agentVerb } from './agent.ts';
import { controllerVerb } from './controller.ts';
import { doctorVerb } from './doctor.ts';
import { ejectVerb } from './eject.ts';
import { explainVerb } from './explain.ts';
import { fmtVerb } from './fmt.ts';
import { headroomVerb } from './headroom.ts';
import { importVerb } from './import.ts';
import { initVerb } from './init.ts';
import { keysVerb } from './keys.ts';
import { newVerb } from './new.ts';
import { planVerb } from './plan.ts';
import { renderVerb } from './render.ts';
import { rollbackVerb } from './rollback.ts';
import { schemaVerb } from './schema.ts';
import { statusVerb } from './status.ts';
import { validateVerb } from './validate.ts';
import type { Verb } from './verb.ts';

/** All verbs, in the order of a day: write, look, run, repair. */
export const verbs: readonly Verb[] = [
  initVerb,
  importVerb,
  newVerb,
  explainVerb,
  fmtVerb,
  ejectVerb,
  schemaVerb,
  validateVerb,
  headroomVerb,
  renderVerb,
  planVerb,
  controllerVerb,
  agentVerb,
  keysVerb,
  statusVerb,
  rollbackVerb,
  doctorVerb,
];

import type { Rule } from '../rule.ts';
import { checkForm } from './check-form.ts';
import { mesh } from './mesh.ts';
import { routes } from './routes.ts';
import { serviceLookups } from './service-lookups.ts';
import { servicePort } from './service-port.ts';
import { serviceTwice } from './service-twice.ts';
import { uncheckedService } from './unchecked-service.ts';

export const serviceRules: readonly Rule[] = [
  serviceTwice,
  servicePort,
  checkForm,
  uncheckedService,
  serviceLookups,
  mesh,
  routes,
];

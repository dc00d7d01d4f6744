import { compileProject } from '../../../controller/compile/compile-project.ts';
import { checkEnvironments } from '../../../controller/reconcile/check-environments.ts';
import { droverVersion } from '../../../controller/version.ts';
import { makeSites } from '../made-sites.ts';
import type { Row } from '../row.ts';

/** All that validate does with a large fleet, nothing remembered; reading files and starting a process are not in it. */
export const largeFleetRow: Row = {
  name: 'validate, a large fleet',
  amount: '1000 servers, 1000 jobs',
  async prepare() {
    const source = makeSites(1000, 1000);
    return {
      async run() {
        const project = compileProject(source, { droverVersion });
        const { diagnostics } = checkEnvironments(project, source, {
          parsed: new Map(),
          options: {},
        });
        // Of a fleet with errors nothing is rendered, and the row would measure less.
        const error = diagnostics.find(({ severity }) => severity === 'error');
        if (error !== undefined) throw new Error(`${error.code} ${error.message}`);
      },
    };
  },
};

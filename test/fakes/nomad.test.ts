import test from 'ava';
import { clusterObjectsContract } from '../contracts/cluster-objects.ts';
import { hostVolumesContract } from '../contracts/host-volumes.ts';
import { jobsContract } from '../contracts/jobs.ts';
import { secretsContract } from '../contracts/secrets.ts';
import { createFakeClusterObjects } from './cluster-objects.ts';
import { createFakeHostVolumes } from './host-volumes.ts';
import { createFakeNomad } from './nomad.ts';
import { createFakeSecrets } from './secrets.ts';

jobsContract(test, 'fake jobs', async () => ({
  jobs: createFakeNomad({ namespaces: () => new Set(['default']) }).jobs,
  ref: { namespace: 'default', id: 'job' },
  spec: (priority) => ({ ID: 'job', Priority: priority }),
}));

secretsContract(test, 'fake secrets', async () => {
  const secrets = createFakeSecrets();
  return { secrets, path: 'kv/a', softDelete: async (path) => secrets.softDelete(path) };
});

clusterObjectsContract(test, 'fake objects', async () => ({
  objects: createFakeClusterObjects(),
  key: 'a',
  first: { Name: 'a', Description: '1' },
  second: { Name: 'a', Description: '2' },
  covers: (spec, live) => spec['Description'] === live['Description'],
}));

hostVolumesContract(test, 'fake host volumes', async () => ({
  volumes: createFakeHostVolumes(),
  ref: { namespace: 'default', name: 'data' },
}));

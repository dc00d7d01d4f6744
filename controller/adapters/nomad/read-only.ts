import { DefectError } from '../../model/errors.ts';
import type { ClusterObjects } from '../../ports/cluster-objects.ts';

/** The same objects for looking alone: some Nomad shows only to a token that could write them too. */
export function readOnly(objects: ClusterObjects): ClusterObjects {
  const refuse = async () => {
    throw new DefectError('a plan was about to write');
  };
  return { read: (key, signal) => objects.read(key, signal), write: refuse, remove: refuse };
}

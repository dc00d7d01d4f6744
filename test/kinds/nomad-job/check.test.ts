import test from 'ava';
import { kinds } from '../../../controller/kinds/index.ts';
import type { JsonObject } from '../../../controller/model/json.ts';
import { findingsOf } from '../../fakes/findings.ts';
import { type FakeResource, fakeFleet, fakeResource } from '../../fakes/fleet.ts';

function job(spec: object, annotations: Readonly<Record<string, string>> = {}): FakeResource {
  return { kind: 'NomadJob', name: 'web', namespace: 'shop', spec, annotations };
}

function codes(spec: object, parsed?: JsonObject): readonly string[] {
  const jobs = parsed === undefined ? {} : { 'NomadJob/shop/web': parsed };
  return findingsOf(job(spec), { jobs }).map((found) => found.split(':')[0] ?? '');
}

function render(spec: object, parsed?: JsonObject, annotations?: Readonly<Record<string, string>>) {
  const fleet = fakeFleet({
    resources: [job(spec)],
    ...(parsed === undefined ? {} : { jobs: { 'NomadJob/shop/web': parsed } }),
  });
  const [unit] = kinds.get('NomadJob')?.render?.(fakeResource(job(spec, annotations)), fleet).units ?? [];
  return unit;
}

test('a job is HCL or JSON, HCL a file or inline', (t) => {
  t.deepEqual(codes({}), ['DRV0604 spec']);
  t.deepEqual(codes({ hcl: { inline: 'x' }, json: {} }), ['DRV0604 spec.json']);
  t.deepEqual(codes({ hcl: {} }), ['DRV0604 spec.hcl']);
  t.deepEqual(codes({ hcl: { file: 'missing.hcl' } }), ['DRV0605 spec.hcl.file']);
});

test('the job’s own id and namespace must be the definition’s', (t) => {
  t.deepEqual(codes({ json: { ID: 'api', Namespace: 'other' } }), [
    'DRV0612 metadata.name',
    'DRV0612 metadata.namespace',
  ]);
  t.deepEqual(codes({ hcl: { inline: 'x' } }, { ID: 'web', Namespace: 'other' }), [
    'DRV0612 metadata.namespace',
  ]);
  t.deepEqual(codes({ json: { ID: 'api' }, jobId: 'apis' }), ['DRV0612 spec.jobId']);
  t.deepEqual(codes({ hcl: { inline: 'x' }, jobId: 'api' }, { ID: 'api', Namespace: null }), []);
});

test('once is for batch jobs that come to an end', (t) => {
  t.deepEqual(codes({ json: { Type: 'batch' }, once: 'PerContent' }), []);
  t.deepEqual(codes({ json: { Type: 'service' }, once: 'PerContent' }), ['DRV0613 spec.once']);
  t.deepEqual(codes({ json: { Type: 'batch', Periodic: {} }, once: 'PerContent' }), ['DRV0613 spec.once']);
});

test('a secret in a job is an error, wherever it stands', (t) => {
  const text = '${{ secret("shop-db", "password") }}';
  t.deepEqual(codes({ json: { TaskGroups: [{ Tasks: [{ Env: { P: text } }] }] } }), ['DRV0614 spec.json']);
  t.deepEqual(codes({ hcl: { inline: 'x' }, variables: { p: text } }), ['DRV0614 spec.variables']);
});

test('the wave follows the type, and the annotation goes over it', (t) => {
  const waves = ['system', 'sysbatch', 'service', 'batch'].map((Type) => render({ json: { Type } })?.wave);
  t.deepEqual(waves, [40, 40, 60, 70]);
  t.is(render({ json: {} })?.wave, 60);
  t.is(render({ json: { Type: 'batch' }, once: 'PerContent' })?.wave, 50);
  t.is(render({ json: {} }, undefined, { 'drover.dev/wave': '5' })?.wave, 5);
});

test('the identity of a once job follows text and variables, never what the parser made of them', (t) => {
  const once = (inline: string, variables: object, parsed: JsonObject) =>
    render({ hcl: { inline }, variables, once: 'PerContent' }, { Type: 'batch', ...parsed })?.options.once;
  const identity = once('job', { a: 1 }, {});
  t.regex(identity ?? '', /^[0-9a-f]{64}$/);
  t.is(once('job', { a: 1 }, { NewDefault: true }), identity);
  t.not(once('job', { a: 2 }, {}), identity);
  t.not(once('job2', { a: 1 }, {}), identity);
});

test('a job that did not parse renders to nothing', (t) => {
  t.is(render({ hcl: { inline: 'broken' } }), undefined);
});

test('nothing of Drover’s is put into the job', (t) => {
  const unit = render({ json: { Meta: { a: 'b' } }, stateful: true }, undefined, {
    'drover.dev/protect': 'true',
  });
  const { job: written } = JSON.parse(new TextDecoder().decode([...(unit?.files.values() ?? [])][0])) as {
    job: JsonObject;
  };
  t.deepEqual(written, { ID: 'web', Meta: { a: 'b' }, Name: 'web', Namespace: 'shop' });
  t.like(unit?.options, { stateful: true, protect: true });
});

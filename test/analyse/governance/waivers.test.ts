import test from 'ava';
import { isWaivable } from '../../../controller/analyse/governance/waivers.ts';
import { compileProject } from '../../../controller/compile/compile-project.ts';
import { checkEnvironments } from '../../../controller/reconcile/check-environments.ts';
import { sourceOf } from '../../compile/source-of.ts';

const project = (environments: string) => `apiVersion: drover.dev/v1alpha1
kind: Project
metadata: {name: acme}
spec:
  environments:
${environments}`;

const one = project('    demo: {folders: [base], cluster: demo}\n');

const server = (name: string, address: string, waive?: string) => `apiVersion: drover.dev/v1alpha1
kind: Server
metadata: {name: ${name}${waive === undefined ? '' : `, annotations: {drover.dev/waive: ${JSON.stringify(waive)}}`}}
spec: {class: {cores: 2, memory: 1Gi}, interfaces: {lan: {address: ${address}}}}
`;

function check(files: Readonly<Record<string, string>>, today: string | undefined = '2026-06-15') {
  const source = sourceOf(files);
  const compiled = compileProject(source, { droverVersion: '0.4.0' });
  const options = { today };
  const { diagnostics, waived } = checkEnvironments(compiled, source, { parsed: new Map(), options });
  return {
    codes: diagnostics.map(({ code }) => code),
    waived: waived.map(({ finding, reason }) => `${finding.code}: ${reason}`),
  };
}

test('a waived finding is not among the findings, and is kept with its reason', (t) => {
  const text = server('web-1', '10.0.0.1', 'DRV0504 until 2026-06-15: joins today');
  t.deepEqual(check({ 'drover.yaml': one, 'base/a.yaml': text }), {
    codes: [],
    waived: ['DRV0504: joins today'],
  });
});

test('a waiver holds for its own definition only', (t) => {
  const text = `${server('web-1', '10.0.0.1', 'DRV0504 until 2026-12-31: later')}---\n${server('web-2', '10.0.0.2')}`;
  t.deepEqual(check({ 'drover.yaml': one, 'base/a.yaml': text }).codes, ['DRV0504']);
});

test('after its day the finding is back, and the waiver is one', (t) => {
  const text = server('web-1', '10.0.0.1', 'DRV0504 until 2026-06-14: later');
  const { codes, waived } = check({ 'drover.yaml': one, 'base/a.yaml': text });
  t.deepEqual(codes.toSorted(), ['DRV0504', 'DRV0940']);
  t.deepEqual(waived, []);
});

test('without a clock no waiver expires', (t) => {
  const text = server('web-1', '10.0.0.1', 'DRV0504 until 2020-01-01: later');
  t.deepEqual(checkWithoutClock({ 'drover.yaml': one, 'base/a.yaml': text }), []);
});

function checkWithoutClock(files: Readonly<Record<string, string>>) {
  const source = sourceOf(files);
  const compiled = compileProject(source, { droverVersion: '0.4.0' });
  return checkEnvironments(compiled, source, { parsed: new Map(), options: {} }).diagnostics;
}

test('several waivers stand in one annotation, divided by semicolons or lines', (t) => {
  const both = 'DRV0504 until 2026-12-31: later; DRV0526 until 2026-12-31: known';
  const text = server('web-1', '10.0.0.1', both);
  t.deepEqual(check({ 'drover.yaml': one, 'base/a.yaml': text }), {
    codes: ['DRV0941'],
    waived: ['DRV0504: later'],
  });
  const lines = server('web-1', '10.0.0.1', both.replace('; ', '\n'));
  t.deepEqual(check({ 'drover.yaml': one, 'base/a.yaml': lines }).codes, ['DRV0941']);
});

test('one malformed waiver is a finding and leaves the others as they are', (t) => {
  const text = server(
    'web-1',
    '10.0.0.1',
    'DRV0504 until 2026-12-31: later; DRV0526 until 2026-02-30: no such day',
  );
  const { codes, waived } = check({ 'drover.yaml': one, 'base/a.yaml': text });
  t.deepEqual(codes, ['DRV0602']);
  t.deepEqual(waived, ['DRV0504: later']);
});

test('a waiver in a shared folder is of use when one environment has the finding', (t) => {
  const two = project(
    '    dev: {folders: [base, dev], cluster: dev}\n    prod: {folders: [base], cluster: prod}\n',
  );
  const key = `apiVersion: drover.dev/v1alpha1
kind: ServerKey
metadata: {name: web-1}
spec: {seal: "x25519:5v2m7p0Qb0Yc0w8q0k5T6q2m8l0d9s3f4g5h6j7k8l0="}
`;
  const files = {
    'drover.yaml': two,
    'base/a.yaml': server('web-1', '10.0.0.1', 'DRV0504 until 2026-12-31: later'),
    'dev/key.yaml': key,
  };
  t.false(check(files).codes.includes('DRV0941'));
  t.deepEqual(check(files).waived, ['DRV0504: later']);
});

test('a patch carries a waiver for its own environment', (t) => {
  const patch = `apiVersion: drover.dev/v1alpha1
kind: Server
metadata:
  name: web-1
  annotations: {drover.dev/patch: merge, drover.dev/waive: "DRV0504 until 2026-12-31: later"}
spec: {failureDomain: rack-a}
`;
  const layered = project('    demo: {folders: [base, demo], cluster: demo}\n');
  const files = { 'drover.yaml': layered, 'base/a.yaml': server('web-1', '10.0.0.1'), 'demo/a.yaml': patch };
  t.deepEqual(check(files).waived, ['DRV0504: later']);
});

test('an error of one definition stays, and its waiver is an error too', (t) => {
  const text = `apiVersion: drover.dev/v1alpha1
kind: ConsulKey
metadata: {name: flags, annotations: {drover.dev/waive: "DRV0615 until 2026-12-31: we like it"}}
spec: {key: /flags, value: "on"}
`;
  const { codes } = check({ 'drover.yaml': one, 'base/a.yaml': text });
  t.deepEqual(codes.toSorted(), ['DRV0615', 'DRV0943']);
});

test('what is unused is not told while errors hide what it may be for', (t) => {
  const text = `${server('web-1', '10.0.0.1', 'DRV0526 until 2026-12-31: known')}---\n${server('web-2', '10.0.0.1')}`;
  t.false(check({ 'drover.yaml': one, 'base/a.yaml': text }).codes.includes('DRV0941'));
});

test('rules of the fleet and warnings can be waived; meaning, tenants, policies and waivers can not', (t) => {
  const can = (code: `DRV0${number}`, severity: 'error' | 'warning') => isWaivable({ code, severity });
  t.true(can('DRV0550', 'error') && can('DRV0571', 'error') && can('DRV0611', 'warning'));
  t.true(can('DRV0821', 'error') && can('DRV0929', 'warning'));
  t.false(can('DRV0112', 'warning') || can('DRV0304', 'error') || can('DRV0501', 'error'));
  t.false(
    can('DRV0607', 'error') ||
      can('DRV0702', 'error') ||
      can('DRV0921', 'error') ||
      can('DRV0940', 'warning'),
  );
});

test('a waiver of what a program may say is not unused because nobody asked the program', (t) => {
  const text = (code: string) =>
    server('web-1', '10.0.0.1', `${code} until 2026-06-15: soon; DRV0504 until 2026-06-15: soon`);
  t.deepEqual(check({ 'drover.yaml': one, 'base/a.yaml': text('DRV0861') }).codes, []);
  t.deepEqual(check({ 'drover.yaml': one, 'base/a.yaml': text('DRV0859') }).codes, ['DRV0941']);
});

test('a waiver of a group, of its template or of one member holds for what is found of members there', (t) => {
  const waive = '{drover.dev/waive: "DRV0504 until 2026-06-15: soon"}';
  const group = (own: string, template: string, member: string) => `apiVersion: drover.dev/v1alpha1
kind: ServerGroup
metadata: {name: edge${own}}
spec:
  template: {${template}spec: {class: {cores: 2, memory: 1Gi}}}
  servers: {edge-1: {interfaces: {lan: {address: 10.0.0.1}}${member}}}
`;
  const codes = (text: string) => check({ 'drover.yaml': one, 'base/a.yaml': text }).codes;
  t.deepEqual(codes(group('', '', '')), ['DRV0504']);
  t.deepEqual(codes(group(`, annotations: ${waive}`, '', '')), []);
  t.deepEqual(codes(group('', `metadata: {annotations: ${waive}}, `, '')), []);
  t.deepEqual(codes(group('', '', `, annotations: ${waive}`)), []);
});

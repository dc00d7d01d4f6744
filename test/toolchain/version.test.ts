import test from 'ava';
import { isAcceptable, parseVersion } from '../../scripts/toolchain/version.ts';

test('the version is read out of what each component prints', (t) => {
  t.is(parseVersion('Nomad v1.11.3\nBuildDate 2026-02-11'), '1.11.3');
  t.is(parseVersion('Consul v1.20.5\nProtocol 2 spoken by default'), '1.20.5');
  t.is(parseVersion('Vault v1.21.2, built 2025-11-21T12:00:52Z (cgo)'), '1.21.2');
  t.is(parseVersion('gitea version 1.26.0 built with go1.26.8'), '1.26.0');
  t.is(parseVersion('node_exporter, version 1.12.1 (branch: , revision: unknown)'), '1.12.1');
});

test('a program that names no version has none', (t) => {
  t.is(parseVersion('gitea version development built with go1.26'), undefined);
});

test('another patch release may stand in, another minor release may not', (t) => {
  t.true(isAcceptable('1.11.9', '1.11.3'));
  t.false(isAcceptable('1.12.3', '1.11.3'));
  t.false(isAcceptable('1.1.13', '1.11.3'));
  t.false(isAcceptable('2.11.3', '1.11.3'));
});

import test from 'ava';
import { redactReport } from '../../../controller/node/run/redact-report.ts';

test('a report shows neither words of sensitive files nor what looks like a secret', (t) => {
  const sensitive = [Buffer.from('db_password = "hunter22-long"\nuser=drover\n')];
  const text = redactReport(
    'cannot log in with hunter22-long at postgres://u:pw1@db/x, token: abc123, Bearer eyJ.x',
    sensitive,
  );
  for (const secret of ['hunter22', 'pw1', 'abc123', 'eyJ']) t.false(text.includes(secret), text);
  t.true(text.includes('cannot log in'));
});

test('a report keeps the end of a long text', (t) => {
  const text = redactReport(`${'x'.repeat(9000)}\nthe reason`);
  t.true(Buffer.byteLength(text) <= 4096);
  t.true(text.endsWith('the reason'));
});

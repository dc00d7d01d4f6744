import test from 'ava';
import { createMailbox } from '../../controller/node/mailbox.ts';

const signal = AbortSignal.timeout(10_000);
const create = () => createMailbox<string>({ givesWay: (item) => item === 'heal' });

test('only the newest item is kept, and none that is put back displaces it', async (t) => {
  const mailbox = create();
  mailbox.put('old');
  mailbox.put('new');
  mailbox.putBack('old');
  t.is(await mailbox.take(signal), 'new');
});

test('waiting for an item ends with the signal', async (t) => {
  await t.throwsAsync(create().take(AbortSignal.abort(new Error('stopped'))), { message: 'stopped' });
});

test('healing does not displace a payload, and gives way to one that is tried again', async (t) => {
  const mailbox = create();
  mailbox.put('payload');
  mailbox.putBack('heal');
  t.is(await mailbox.take(signal), 'payload');
  mailbox.putBack('heal');
  mailbox.putBack('payload');
  t.is(await mailbox.take(signal), 'payload');
});

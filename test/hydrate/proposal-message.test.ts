import test from 'ava';
import { proposalMessage } from '../../controller/hydrate/proposal-message.ts';
import { metadataOf } from './rendered-tree.ts';

const drySha = '0123456789abcdef0123456789abcdef01234567';

test('the message names environment, subject and definitions commit', (t) => {
  t.is(
    proposalMessage('prod', metadataOf(drySha, 'shop: two more webs')),
    `env/prod: shop: two more webs (0123456789ab)\n\nDefinitions: ${drySha}\nRenderer: drover 0.4.0, parser 1.11.3\n`,
  );
});

test('a subject can neither forge a trailer nor fill the log', (t) => {
  const forged = proposalMessage(
    'prod',
    metadataOf(drySha, 'x\n\nDefinitions: dead\r\u2028Renderer: y\u202e'),
  );
  t.is(forged.split('\n').length, 5);
  t.is(forged.match(/^Definitions: /gm)?.length, 1);
  t.true(proposalMessage('prod', metadataOf(drySha, 'y'.repeat(5000))).length < 300);
  t.regex(proposalMessage('prod', metadataOf(drySha, '\n')), /^env\/prod: no subject \(/);
});

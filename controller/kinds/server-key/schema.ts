import type { Static } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, object } = fields;

export const serverKeySchema = object(
  {
    seal: text(
      'The server’s X25519 public key: `x25519:` and 32 bytes in base64. Payloads are sealed to it.',
    ),
    joined: optional(text('The day the server joined, as `2026-11-02`.')),
    by: optional(text('Who let it join.')),
    revoked: optional(text('The day since which the key is not used any more.')),
  },
  'The public key of the Server of the same name. Written by Drover only.',
);

export type ServerKeySpec = Static<typeof serverKeySchema>;

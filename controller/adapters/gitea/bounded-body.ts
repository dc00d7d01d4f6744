import { ForgeError } from '../../model/errors.ts';

/** Reads a body as UTF-8 text. @throws ForgeError as soon as more than `limitBytes` have come. */
export async function readBoundedText(response: Response, limitBytes: number): Promise<string> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.length;
    // Leaving the loop cancels the stream, so the rest is never received.
    if (sizeBytes > limitBytes) throw new ForgeError(`the forge sent more than ${limitBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

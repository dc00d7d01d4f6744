export interface Signature {
  /** Names the public key: `ed25519:<base64 of the raw public key>`. */
  readonly key: string;
  readonly bytes: Uint8Array;
}

/** Ed25519 with the controller's working key (a file, or Vault transit). */
export interface Signer {
  sign(message: Uint8Array, signal: AbortSignal): Promise<Signature>;
}

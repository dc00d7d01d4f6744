/** `10.20.0.11:4647`, and `[fd00::1]:4647`. */
export function hostPort(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

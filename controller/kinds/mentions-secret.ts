/** Whether any text inside is, or asks for, the placeholder of a secret. */
export function mentionsSecret(value: unknown): boolean {
  if (typeof value === 'string') return /\$\{\{[^}]*\bsecret\s*\(/.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(mentionsSecret);
}

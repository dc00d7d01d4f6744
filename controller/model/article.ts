/** `a Server`, `an Application`: for names of kinds in sentences. */
export function withArticle(name: string): string {
  return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;
}

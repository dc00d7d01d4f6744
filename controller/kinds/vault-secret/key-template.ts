const reference = /\$\{\{\s*keys\.([A-Za-z0-9_-]+)\s*\}\}/g;

/** The keys of the same secret that a template names as `${{ keys.NAME }}`. */
export function keyReferences(template: string): readonly string[] {
  return [...template.matchAll(reference)].map((match) => match[1] ?? '');
}

/** The template with everything but its key references expanded; those are resolved where the secret is made. */
export function expandAroundKeys(template: string, expand: (text: string) => string): string {
  let written = '';
  let position = 0;
  for (const match of template.matchAll(reference)) {
    written += `${expand(template.slice(position, match.index))}\${{ keys.${match[1]} }}`;
    position = match.index + match[0].length;
  }
  return written + expand(template.slice(position));
}

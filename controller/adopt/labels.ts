/** Gives names of definitions for names of any form: DNS labels, each only once, the same for the same order of calls. */
export function createLabels(): (name: string) => string {
  const given = new Set<string>();
  return (name) => {
    const label = labelOf(name);
    let free = label;
    for (let count = 2; given.has(free); count += 1) free = `${label.slice(0, 58)}-${count}`;
    given.add(free);
    return free;
  };
}

function labelOf(name: string): string {
  const label = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 63)
    .replace(/-+$/, '');
  return label === '' ? 'unnamed' : label;
}

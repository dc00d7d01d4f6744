/** Functions of older versions, which the grammar of the newest no longer knows. */
const renamed = /\bholt_winters(?=\s*\()/g;
/** `5.`, which Prometheus reads and the grammar does not. */
const openNumber = /(?<![\w.:])\d+\.(?![\w.])/g;

/** The query for the grammar: the same places, with words that it knows. */
export function forGrammar(query: string): string {
  return query
    .replaceAll(renamed, (name) => 'rate'.padEnd(name.length))
    .replaceAll(openNumber, (number) => `${number.slice(0, -1)} `);
}

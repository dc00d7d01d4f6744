/** What an expression gives. `unknown` stands for what has a finding already, or is newer than this table. */
export type PromqlType = 'scalar' | 'vector' | 'range' | 'text' | 'unknown';

/** What a function takes. */
export interface Signature {
  readonly args: readonly PromqlType[];
  /** How many of the last ones may be left out. */
  readonly optional: number;
  /** The last one may be repeated. */
  readonly repeats: boolean;
  readonly gives: PromqlType;
}

/**
 * Functions of Prometheus 2 and 3, as its parser knows them (promql/parser/functions.go): `-` is nothing, v an instant
 * vector, r a range vector, s a scalar, t a text; `?` may be left out, `*` may be left out or repeated.
 */
const table: Readonly<Record<string, string>> = {
  'v > vector': `abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count
    histogram_stddev histogram_stdvar histogram_sum ln log10 log2 rad sgn sin sinh sort sort_desc sqrt start_timestamp tan tanh
    timestamp`,
  'r > vector': `absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate
    last_over_time mad_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time
    sum_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time`,
  'v? > vector': 'day_of_month day_of_week day_of_year days_in_month hour minute month year',
  '- > scalar': 'end pi range start step time',
  'v > scalar': 'scalar',
  's > vector': 'vector',
  'v s > vector': 'clamp_max clamp_min',
  'v s s > vector': 'clamp',
  'v s? > vector': 'round',
  'v v? > vector': 'info',
  's v > vector': 'histogram_quantile',
  's s v > vector': 'histogram_fraction',
  'v t s s* > vector': 'histogram_quantiles',
  's r > vector': 'quantile_over_time',
  'r s > vector': 'predict_linear',
  'r s s > vector': 'double_exponential_smoothing holt_winters',
  'v t t t t > vector': 'label_replace',
  'v t t t* > vector': 'label_join',
  'v t* > vector': 'sort_by_label sort_by_label_desc',
};

const types: Readonly<Record<string, PromqlType>> = { v: 'vector', r: 'range', s: 'scalar', t: 'text' };

export const signatures: ReadonlyMap<string, Signature> = new Map(
  Object.entries(table).flatMap(([form, names]) => {
    const signature = signatureOf(form);
    return names.split(/\s+/).map((name) => [name, signature] as const);
  }),
);

/** Aggregations, with what stands before the vector. */
export const aggregations: ReadonlyMap<string, PromqlType | undefined> = new Map<
  string,
  PromqlType | undefined
>([
  ...['sum', 'avg', 'count', 'min', 'max', 'group', 'stddev', 'stdvar'].map(
    (name) => [name, undefined] as const,
  ),
  ...['topk', 'bottomk', 'quantile', 'limitk', 'limit_ratio'].map((name) => [name, 'scalar'] as const),
  ['count_values', 'text'],
]);

function signatureOf(form: string): Signature {
  const [taken = '', gives = ''] = form.split(' > ');
  const words = taken === '-' ? [] : taken.split(' ');
  return {
    args: words.map((word) => types[word.charAt(0)] ?? 'unknown'),
    optional: words.filter((word) => word.length > 1).length,
    repeats: words.some((word) => word.endsWith('*')),
    gives: gives === 'scalar' ? 'scalar' : 'vector',
  };
}

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Reads one server's metrics. */
export interface Metrics {
  /** @throws UnavailableError when the server does not answer in time. Bounded body. */
  scrape(target: { server: string; url: string }, signal: AbortSignal): Promise<readonly Sample[]>;
}

export interface Comment {
  readonly id: number;
  readonly authorId: number;
  readonly author: string;
  readonly body: string;
  /** ISO 8601; differ when the comment was edited. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Comments on one repository's pull requests. */
export interface Comments {
  /** The account we act as: only a marker and this author id together make a comment ours. */
  whoAmI(signal: AbortSignal): Promise<{ id: number; login: string }>;
  /** All, through all pages, oldest first. */
  list(number: number, signal: AbortSignal): Promise<readonly Comment[]>;
  create(number: number, body: string, signal: AbortSignal): Promise<Comment>;
  edit(id: number, body: string, signal: AbortSignal): Promise<Comment>;
}

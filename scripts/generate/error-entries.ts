import {
  ConflictError,
  DeadlineError,
  DefectError,
  DeniedError,
  type DroverError,
  type ErrorCode,
  ForgeError,
  RejectedError,
  SourceError,
  UnavailableError,
  UsageError,
} from '../../controller/model/errors.ts';

/** What is written of an error about the world. */
export interface ErrorEntry {
  /** One of them, for its code, its rule for retrying and its condition reason. */
  readonly example: DroverError;
  readonly title: string;
  /** One sentence: when it comes. */
  readonly why: string;
  /** One sentence: what to do. */
  readonly fix: string;
}

/** Every code of model/errors.ts; the type keeps the list whole. */
export const errorEntries: Readonly<Record<ErrorCode, ErrorEntry>> = {
  DRV9001: {
    example: new SourceError(''),
    title: 'The git source cannot be read',
    why: 'The repository, a commit or a record is missing, empty, half-read or hostile; it is never taken for a deletion.',
    fix: 'read the message: it names the reference, path or limit; correct the branch, or the access of Drover’s account',
  },
  DRV9002: {
    example: new ForgeError(''),
    title: 'The forge refused',
    why: 'The forge answered with a refusal or with nonsense.',
    fix: 'look at the forge’s own log and at the branch protection; the next run tries again',
  },
  DRV9003: {
    example: new ConflictError(''),
    title: 'Somebody else wrote first',
    why: 'A check-and-set, the head of a pull request or the lease was lost between reading and writing.',
    fix: 'nothing; it is read again and decided again',
  },
  DRV9004: {
    example: new DeniedError(''),
    title: 'Denied',
    why: 'A token is missing, unknown, or may not do this.',
    fix: 'run drover doctor, and compare the token’s policy with manifests/install',
  },
  DRV9005: {
    example: new UnavailableError(''),
    title: 'Unavailable',
    why: 'The other side cannot be reached, is sealed, has no leader, or asks to slow down.',
    fix: 'bring it back; Drover goes on by itself',
  },
  DRV9006: {
    example: new DeadlineError(''),
    title: 'Deadline',
    why: 'The total time of an operation ran out; the message says what was awaited and from whom.',
    fix: 'look at what was awaited; the next run tries again',
  },
  DRV9007: {
    example: new DefectError(''),
    title: 'A defect of Drover',
    why: 'A rule of the program itself was broken.',
    fix: 'report it with the message and the version',
  },
  DRV9008: {
    example: new UsageError(''),
    title: 'Settings or command line are wrong',
    why: 'A flag, a config file or a request asks for what cannot be.',
    fix: 'correct it; all problems of a config file are listed at once. The exit code is 2',
  },
  DRV9009: {
    example: new RejectedError(''),
    title: 'Rejected for good',
    why: 'The other side understood the request and refuses it: an invalid job, a bad policy text.',
    fix: 'correct the definition; the same is not sent again by itself',
  },
};

/** MongoDB's own error codes for everything the embedded server refuses. */
export const MONGO_CODES = {
  BadValue: 2,
  FailedToParse: 9,
  TypeMismatch: 14,
  Overflow: 15,
  IllegalOperation: 20,
  InvalidBSON: 22,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  UnknownReplWriteConcern: 79,
  IndexOptionsConflict: 85,
  InternalError: 1,
  ShutdownInProgress: 91,
  NotAReplicaSet: 123,
  CannotIndexParallelArrays: 171,
  NotImplemented: 238,
  ClientDisconnect: 279,
  MissingField: 40414,
  UnknownField: 40415,
  DuplicateKey: 11000,
  CursorInUse: 12051,
  OutOfDiskSpace: 14031,
  KeyTooLong: 17280,
} as const;

export type MongoCodeName = keyof typeof MONGO_CODES;

/** A refusal that reaches the driver as `{ ok: 0, code, codeName, errmsg }`. */
export class StoreError extends Error {
  readonly code: number;
  constructor(
    readonly codeName: MongoCodeName,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'StoreError';
    this.code = MONGO_CODES[codeName];
  }
}

/** @returns the error for something MongoDB does and the embedded server does not. */
export function notImplemented(what: string): StoreError {
  return new StoreError(
    'NotImplemented',
    `${what} is not supported by the embedded store; set MONGODB_URI to use MongoDB`,
  );
}

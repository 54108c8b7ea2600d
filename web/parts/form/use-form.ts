import { useState } from 'react';
import type { CombinedError } from 'urql';
import { useDraft } from '../../session/drafts.js';

/** What came of sending a form. */
export interface Sent<A> {
  readonly error?: CombinedError | undefined;
  /** Undefined when the server did not decide. */
  readonly outcome: A | undefined;
  /** What was written has had its use, and is kept no longer. */
  readonly isTaken: boolean;
}

interface FormTask<F, A> {
  /** Which form, and what it is about. */
  readonly key: string;
  /** What was edited has this revision; what was written about an earlier one is not taken up again. */
  readonly revision: number;
  readonly start: F;
  readonly send: (fields: F, revision: number) => Promise<Sent<A>>;
  readonly onOutcome: (outcome: A, fields: F) => void;
}

/** A form that is being filled in. What is written and not sent stays when the user goes elsewhere; the browser asks before it is lost. */
export interface Form<F> {
  readonly fields: F;
  readonly set: (change: Partial<F>) => void;
  readonly isBusy: boolean;
  readonly error: CombinedError | undefined;
  readonly save: () => void;
  /** The user does not want what was written. */
  readonly drop: () => void;
}

/** @returns the state of a form, and its way to the server. */
export function useForm<F extends object, A>({
  key,
  revision,
  start,
  send,
  onOutcome,
}: FormTask<F, A>): Form<F> {
  const draft = useDraft(key, { revision, fields: start }, (kept) => kept.revision === revision);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<CombinedError>();
  const { fields } = draft.value;
  const save = async () => {
    setBusy(true);
    const sent = await send(fields, draft.value.revision);
    setBusy(false);
    setError(sent.error);
    if (sent.isTaken) draft.clear();
    if (sent.outcome !== undefined) onOutcome(sent.outcome, fields);
  };
  return {
    fields,
    set: (change) => draft.set({ ...draft.value, fields: { ...fields, ...change } }),
    isBusy,
    error,
    save: () => void save(),
    drop: draft.clear,
  };
}

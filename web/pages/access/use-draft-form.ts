import { useMutation } from 'urql';
import type { ChangeOutcome, GovernedKind } from '../../generated/operations.js';
import { useForm, type Form } from '../../parts/form/use-form.js';
import type { EditorProps } from './editor-props.js';

/** A draft that is being written, with its reason. */
export interface DraftForm<F> {
  readonly form: Form<F>;
  /** Undefined when there is nothing to go back to. */
  readonly onCancel: (() => void) | undefined;
}

interface DraftTask<F, D, I> {
  readonly kind: GovernedKind;
  readonly mutation: Parameters<typeof useMutation<D, { readonly input: I }>>[0];
  readonly start: F;
  /** @returns the key of what is drafted. */
  readonly keyOf: (fields: F) => string;
  readonly inputOf: (fields: F, revision: number) => I;
  readonly answerOf: (data: D) => { readonly outcome: ChangeOutcome } | null;
}

/** @returns the form that drafts one kind of governed content: what begins it, and how it is sent. */
export function useDraftForm<F extends { readonly why: string }, D, I>(
  { itemKey, revision, onDone }: EditorProps,
  { kind, mutation, start, keyOf, inputOf, answerOf }: DraftTask<F, D, I>,
): DraftForm<F> {
  const [, draft] = useMutation<D, { readonly input: I }>(mutation);
  const form = useForm<F, ChangeOutcome>({
    key: `draft ${kind} ${itemKey ?? ''}`,
    revision,
    start,
    send: async (fields, readAt) => {
      const { error, data } = await draft({ input: inputOf(fields, readAt) });
      const outcome = data ? answerOf(data)?.outcome : undefined;
      // The editor of what exists closes whatever the outcome; one of something new stands until it is drafted.
      return { error, outcome, isTaken: outcome === 'DONE' || (outcome !== undefined && itemKey !== null) };
    },
    onOutcome: (outcome, fields) => onDone(outcome, keyOf(fields)),
  });
  return { form, onCancel: itemKey === null ? undefined : () => onDone(null, itemKey) };
}

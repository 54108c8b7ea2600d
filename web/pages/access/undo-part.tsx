import { useMutation } from 'urql';
import { UndoChange } from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { WithReason } from '../../parts/with-reason.js';
import { useWords } from '../../text/text.js';
import { useChange } from './change.js';
import type { Item } from './governed-item.js';

interface UndoPartProps {
  readonly item: Item;
  /** The version that holds again; undefined when none does. */
  readonly before: number | undefined;
  readonly onDone: (outcome: 'DONE' | 'STALE') => void;
}

/** Goes back to the version before, with the reason. */
export function UndoPart({ item: { kind, key, revision }, before, onDone }: UndoPartProps) {
  const { t } = useWords();
  const [, undo] = useMutation(UndoChange);
  const { error, run } = useChange(onDone);
  const target = { kind, key, revision };
  return (
    <>
      <WithReason
        label={before === undefined ? t('undoFirst') : t('undo', { number: before })}
        onGiven={(why) =>
          void run(
            undo({ target, why }).then((result) => ({
              error: result.error,
              outcome: result.data?.undoChange?.outcome,
            })),
          )
        }
      />
      {error ? <ProblemMessage error={error} /> : null}
    </>
  );
}

import { useMutation } from 'urql';
import { EndAgreement, type ChangeOutcome } from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { WithReason } from '../../parts/with-reason.js';
import { useWords } from '../../text/text.js';
import { useChange } from './change.js';
import type { Item } from './governed-item.js';

interface EndPartProps {
  readonly item: Item;
  readonly onDone: (outcome: ChangeOutcome) => void;
}

/** Ends an agreement at once: from then on its source gives nothing. */
export function EndPart({ item: { kind, key, revision, current }, onDone }: EndPartProps) {
  const { t } = useWords();
  const [, end] = useMutation(EndAgreement);
  const { error, run } = useChange(onDone);
  if (current?.content.agreement?.ended !== false) return null;
  return (
    <>
      <WithReason
        label={t('agreementEnd')}
        onGiven={(why) =>
          void run(
            end({ target: { kind, key, revision }, why }).then((result) => ({
              error: result.error,
              outcome: result.data?.endAgreement?.outcome,
            })),
          )
        }
      />
      {error ? <ProblemMessage error={error} /> : null}
    </>
  );
}

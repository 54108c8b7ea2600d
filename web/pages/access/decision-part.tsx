import { useState } from 'react';
import { useMutation } from 'urql';
import { danishMoment } from '../../../subgraphs/shared/days/danish-clock.js';
import { ApproveChange, RejectChange } from '../../generated/operations.js';
import { TextField } from '../../parts/fields/text-field.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { WithReason } from '../../parts/with-reason.js';
import { useWords } from '../../text/text.js';
import { useChange, type ChangeResult } from './change.js';
import type { Item } from './governed-item.js';

interface DecisionPartProps {
  readonly item: Item;
  readonly proposal: NonNullable<Item['proposal']>;
  readonly onDone: (outcome: 'DONE' | 'STALE') => void;
}

/** The decision on another's proposal: approved with when it comes into force, which is said again before it is done; or rejected with a reason. */
export function DecisionPart({ item, proposal, onDone }: DecisionPartProps) {
  const { t, time } = useWords();
  const decide = useDecisions(item);
  const { error, run } = useChange(onDone);
  const [from, setFrom] = useState('');
  const [isAsking, setAsking] = useState(false);
  const activeFrom = from === '' ? null : danishMoment(from);
  const when = activeFrom === null ? t('approveNow') : time(activeFrom.toISOString());
  if (isAsking)
    return (
      <div className="confirm" role="group" aria-label={t('approve')}>
        <p>{t('approveSure', { when })}</p>
        <p className="actions">
          <button
            type="button"
            className="button button-primary"
            autoFocus
            onClick={() => void run(decide.approve(proposal.digest, activeFrom?.toISOString() ?? null))}
          >
            {t('approve')}
          </button>
          <button type="button" className="button button-secondary" onClick={() => setAsking(false)}>
            {t('cancel')}
          </button>
        </p>
        {error ? <ProblemMessage error={error} /> : null}
      </div>
    );
  return (
    <>
      <TextField
        label={t('approveFrom')}
        type="datetime-local"
        required={false}
        value={from}
        onChange={setFrom}
      />
      <div className="actions">
        <button type="button" className="button button-primary" onClick={() => setAsking(true)}>
          {t('approveAsk')}
        </button>
        <WithReason label={t('reject')} onGiven={(why) => void run(decide.reject(why))} />
      </div>
      {error ? <ProblemMessage error={error} /> : null}
    </>
  );
}

interface Decisions {
  /** @param digest of what was looked at: another content is not approved by it */
  readonly approve: (digest: string, activeFrom: string | null) => Promise<ChangeResult>;
  readonly reject: (why: string) => Promise<ChangeResult>;
}

/** @returns what can be decided about a proposal. */
function useDecisions({ kind, key, revision }: Item): Decisions {
  const [, approve] = useMutation(ApproveChange);
  const [, reject] = useMutation(RejectChange);
  const target = { kind, key, revision };
  return {
    async approve(digest, activeFrom) {
      const { error, data } = await approve({ target, digest, activeFrom });
      return { error, outcome: data?.approveChange?.outcome };
    },
    async reject(why) {
      const { error, data } = await reject({ target, why });
      return { error, outcome: data?.rejectChange?.outcome };
    },
  };
}

import { useState } from 'react';
import { useMutation } from 'urql';
import {
  ApproveChange,
  RejectChange,
  WithdrawChange,
  type ContentPartsFragment,
} from '../../generated/operations.js';
import { TextField } from '../../parts/fields/text-field.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { WithReason } from '../../parts/with-reason.js';
import { useUserNames } from '../../session/user-names.js';
import { useWords } from '../../text/text.js';
import { useChange, type ChangeResult } from './change.js';
import { Differences } from './differences.js';
import { ContentView } from './content-view.js';
import type { Item } from './governed-item.js';
import { danishMoment } from '../../../subgraphs/shared/days/danish-clock.js';

interface ProposalPartProps {
  readonly item: Item;
  readonly onDone: (outcome: 'DONE' | 'STALE') => void;
}

/** A proposal, for somebody else to approve or reject. The server decides who may; what is approved is what is shown (its digest). */
export function ProposalPart({ item, onDone }: ProposalPartProps) {
  const { t } = useWords();
  const { proposal } = item;
  const decide = useDecisions(item);
  const { error, run } = useChange(onDone);
  const [from, setFrom] = useState('');
  if (!proposal) return null;
  const activeFrom = from === '' ? null : danishMoment(from).toISOString();
  return (
    <section className="section-card case-panel" aria-labelledby="proposal">
      <h2 id="proposal">{t('mappingProposed')}</h2>
      <Proposed proposal={proposal} before={item.current?.content ?? null} />
      <TextField
        label={t('approveFrom')}
        type="datetime-local"
        required={false}
        value={from}
        onChange={setFrom}
      />
      <div className="actions">
        <button
          type="button"
          className="button button-primary"
          onClick={() => void run(decide.approve(proposal.digest, activeFrom))}
        >
          {t('approve')}
        </button>
        <WithReason label={t('reject')} onGiven={(why) => void run(decide.reject(why))} />
        <button type="button" className="button button-secondary" onClick={() => void run(decide.withdraw())}>
          {t('withdraw')}
        </button>
      </div>
      {error ? <ProblemMessage error={error} /> : null}
    </section>
  );
}

interface Decisions {
  /** @param digest of what was looked at: another content is not approved by it */
  readonly approve: (digest: string, activeFrom: string | null) => Promise<ChangeResult>;
  readonly reject: (why: string) => Promise<ChangeResult>;
  readonly withdraw: () => Promise<ChangeResult>;
}

/** @returns what can be decided about a proposal. */
function useDecisions({ kind, key, revision }: Item): Decisions {
  const [, approve] = useMutation(ApproveChange);
  const [, reject] = useMutation(RejectChange);
  const [, withdraw] = useMutation(WithdrawChange);
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
    async withdraw() {
      const { error, data } = await withdraw({ target });
      return { error, outcome: data?.withdrawChange?.outcome };
    },
  };
}

interface ProposedProps {
  readonly proposal: NonNullable<Item['proposal']>;
  /** What holds now; null when nothing does. */
  readonly before: ContentPartsFragment | null;
}

/** What is proposed, by whom and why, and what it changes. */
function Proposed({ proposal, before }: ProposedProps) {
  const { t, time } = useWords();
  const { proposedBy, at, why, content } = proposal;
  const by = useUserNames([proposedBy])(proposedBy);
  return (
    <>
      <p className="quiet">{t('proposalBy', { by, date: time(at), why: why ?? '–' })}</p>
      <ContentView content={content} />
      <h3>{t('versionChange')}</h3>
      <Differences before={before} after={content} />
    </>
  );
}

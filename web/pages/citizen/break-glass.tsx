import { useState } from 'react';
import { useMutation } from 'urql';
import { BreakGlass } from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { WithReason } from '../../parts/with-reason.js';
import { useCaller, useHasRole } from '../../session/caller.js';
import { useWords } from '../../text/text.js';

/**
 * Lifts what the roles limit for this person, for an hour or as long as the municipality says. The page is loaded anew when the rights
 * have reached it; the reason goes to whoever reviews it (ADR 011).
 */
export function BreakGlassPart({ id }: { readonly id: string }) {
  return useHasRole('break-glass') ? <BreakGlassForm id={id} /> : null;
}

function BreakGlassForm({ id }: { readonly id: string }) {
  const { t, time } = useWords();
  const lift = useCaller()?.lifts.find(({ citizenId }) => citizenId === id);
  const [{ error }, act] = useMutation(BreakGlass);
  const [until, setUntil] = useState<string | null>(lift?.until ?? null);
  const given = async (reason: string) => {
    const { data } = await act({ citizenId: id, reason });
    setUntil(data?.breakGlass?.until ?? null);
  };
  return (
    <section className="section-card" aria-labelledby="break-glass">
      <h2 id="break-glass">{t('breakGlass')}</h2>
      <p>{t('breakGlassText')}</p>
      {until === null ? (
        <WithReason label={t('breakGlassDo')} onGiven={(reason) => void given(reason)} />
      ) : (
        <p role="status">
          {t('breakGlassUntil', { date: time(until) })}{' '}
          <button type="button" className="button button-secondary" onClick={() => location.reload()}>
            {t('reload')}
          </button>
        </p>
      )}
      {error ? <ProblemMessage error={error} /> : null}
    </section>
  );
}

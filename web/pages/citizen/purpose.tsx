import { useState, type SubmitEvent } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import type { SourceFragment } from '../../generated/operations.js';
import { useWords } from '../../text/text.js';

/** Purposes a look-up can state (docs/field.md, Law); the server holds the same list and decides. */
export const CROSS_AUTHORITY = ['UDK-8-BENEFIT-CASE', 'UDK-6-7-FACTS'] as const;
export const CONTROL = ['UDK-11A-CONSENT', 'UDK-11A-CONTROL'] as const;
type Purpose = (typeof CROSS_AUTHORITY)[number] | (typeof CONTROL)[number];

/** @returns whether a source gives more when a purpose has been stated. */
export function wantsPurpose(sources: readonly SourceFragment[] | undefined): boolean {
  return sources?.some(({ state }) => state === 'PURPOSE_REQUIRED') ?? false;
}

interface PurposeFormProps {
  readonly id: string;
  readonly purposes: readonly Purpose[];
}

/** States why the person is looked up. It begins the look-up anew: the purpose stands with every entry in the log. */
export function PurposeForm({ id, purposes }: PurposeFormProps) {
  const { t, word } = useWords();
  const [path, go] = useLocation();
  const [search] = useSearchParams();
  const stated = search.get('purpose');
  const [purpose, setPurpose] = useState<string>(purposes[0]!);
  const state = (event: SubmitEvent) => {
    event.preventDefault();
    const next = new URLSearchParams(search);
    next.set('purpose', purpose);
    go(`${path}?${next.toString()}`);
  };
  return (
    <form className="purpose" onSubmit={state}>
      {stated === null ? null : (
        <p className="quiet">{t('purposeStated', { purpose: word('purpose', stated) })}</p>
      )}
      <label className="form-label" htmlFor={`${id}-purpose`}>
        {t('purpose')}
      </label>
      <select
        id={`${id}-purpose`}
        className="form-select"
        value={purpose}
        onChange={(event) => setPurpose(event.target.value)}
      >
        {purposes.map((one) => (
          <option key={one} value={one}>
            {word('purpose', one)}
          </option>
        ))}
      </select>
      <p className="actions">
        <button type="submit" className="button button-secondary">
          {t('purposeState')}
        </button>
      </p>
    </form>
  );
}

import { ControlCases } from '../../generated/operations.js';
import { useHasRole } from '../../session/caller.js';
import { useWords } from '../../text/text.js';
import { useLookUp } from './look-up.js';
import { PurposeForm, wantsPurpose } from './purpose.js';
import { CONTROL } from './purposes.js';
import { Nothing, SectionCard } from './section-card.js';

/** Control cases of any authority (UDK act section 11a), for those who have the right to ask, with a purpose. */
export function ControlCaseSection({ id }: { readonly id: string }) {
  return useHasRole('control-case-read') ? <ControlCaseCard id={id} /> : null;
}

function ControlCaseCard({ id }: { readonly id: string }) {
  const { t, word } = useWords();
  const [{ data, fetching, error }, again] = useLookUp(ControlCases, { id });
  const section = data?.citizen?.controlCases;
  const found = section?.controlCases ?? [];
  return (
    <SectionCard
      id="control-cases"
      title={t('controlCases')}
      part={{ fetching, error, section, retry: () => again({ requestPolicy: 'network-only' }) }}
      count={section?.controlCases?.length}
      beside={wantsPurpose(section?.sources) ? <PurposeForm id="control" purposes={CONTROL} /> : null}
    >
      {found.length === 0 ? <Nothing outcome={section?.outcome} /> : null}
      <ul>
        {found.map(({ owner, themes, state, droppedRecently }, i) => (
          <li key={i}>
            {owner?.name ?? '–'}
            {themes?.length ? `: ${themes.join(', ')}` : ''}
            {state === null ? null : <span className="quiet"> {word('state', state)}</span>}
            {droppedRecently ? <span className="badge badge-small">{t('droppedRecently')}</span> : null}
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}

import { useEffect, useState } from 'react';
import type { CombinedError } from 'urql';
import { Link, useSearchParams } from 'wouter';
import { ProblemMessage } from '../../parts/problem-message.js';
import { usePageTitle } from '../../parts/page-title.js';
import { Windows } from '../../session/windows.js';
import { useWords } from '../../text/text.js';
import { BreakGlassPart } from './break-glass.js';
import { IdentityStrip } from './identity-strip.js';
import { JumpSystems } from './jump-systems.js';
import { LookUp } from './look-up.js';
import { useOpenedCase, usePerson } from './person.js';
import { PersonBody } from './person-body.js';
import { usePlace } from './place.js';
import { PurposeNotice } from './purpose.js';
import { PurposeContext, useStatedPurpose } from './stated-purpose.js';

const CODE = /^[A-Z][A-Z0-9_]{1,29}$/;

/** A person's whole page. A case that is named in the address is opened on it. */
export function CitizenPage({ id }: { readonly id: string }) {
  const { t } = useWords();
  const [search] = useSearchParams();
  const from = search.get('from');
  const purpose = useStatedPurpose();
  return (
    <PurposeContext value={purpose}>
      <LookUp purpose={purpose.stated}>
        {from !== null && CODE.test(from) ? (
          <p className="notice" role="status">
            {t('cameFrom', { source: from })}
          </p>
        ) : null}
        <PurposeNotice />
        <JumpSystems>
          <Person id={id} />
        </JumpSystems>
      </LookUp>
    </PurposeContext>
  );
}

interface PersonProps {
  readonly id: string;
}

function Person({ id }: PersonProps) {
  const { identity, sections } = usePerson(id);
  const { citizen, error, retry } = identity;
  const opened = useOpenedCase(usePlace(id).openCase);
  const windows = useWindows(id);
  const name = citizen?.name ?? undefined;
  const { t } = useWords();
  usePageTitle(name ?? t('citizen'));
  const body = <PersonBody id={id} name={name} person={sections} opened={opened} windows={windows} />;
  if (citizen)
    return (
      <div className="citizen">
        <IdentityStrip citizen={citizen} address={sections.address} />
        {body}
      </div>
    );
  if (error)
    return (
      <div className="citizen">
        <NoIdentity error={error} onRetry={retry} />
        {body}
      </div>
    );
  // Nothing of a person is shown before who it is; everything is asked for at once all the same.
  return citizen === undefined ? (
    <div className="identity skeleton" aria-busy="true" />
  ) : (
    <Unavailable id={id} />
  );
}

interface NoIdentityProps {
  readonly error: CombinedError;
  readonly onRetry: () => void;
}

/** Says where the person's name would be that it could not be fetched. */
function NoIdentity({ error, onRetry }: NoIdentityProps) {
  const { t } = useWords();
  return (
    <div className="identity">
      <h1>{t('citizenUnavailable')}</h1>
      <ProblemMessage error={error} onRetry={onRetry} />
    </div>
  );
}

/** A person out of reach and a person who does not exist get the same page. */
function Unavailable({ id }: { readonly id: string }) {
  const { t } = useWords();
  return (
    <div className="narrow">
      <h1>{t('citizenUnavailable')}</h1>
      <p>{t('citizenUnavailableText')}</p>
      <p>
        <Link href="/">{t('toSearch')}</Link>
      </p>
      <BreakGlassPart id={id} />
    </div>
  );
}

function useWindows(citizenId: string): Windows | undefined {
  const [windows, setWindows] = useState<Windows>();
  useEffect(() => {
    const opened = new Windows(citizenId);
    setWindows(opened);
    return () => opened.close();
  }, [citizenId]);
  return windows;
}

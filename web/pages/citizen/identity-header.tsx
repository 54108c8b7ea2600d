import { useState } from 'react';
import { CitizenCprNumber, type CitizenHeaderQuery } from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';
import { useLookUp } from './look-up.js';

type Citizen = NonNullable<CitizenHeaderQuery['citizen']>;

/** Who it is. The personal number is masked until it is asked for, which is a look-up of its own. */
export function IdentityHeader({ citizen }: { readonly citizen: Citizen }) {
  const { t, word, date, time } = useWords();
  return (
    <header className="identity">
      <h1>{citizen.name ?? '–'}</h1>
      <ul className="badges nobullet-list">
        {citizen.badges?.map((badge) => (
          <li key={badge} className="badge badge-warning">
            {word('badge', badge)}
          </li>
        ))}
      </ul>
      <dl className="facts">
        <CprNumber id={citizen.id} masked={citizen.maskedCprNumber} />
        <Fact name={t('born')}>
          {date(citizen.birthDate)}
          {citizen.birthDate ? ` (${t('yearsOld', { age: ageOf(citizen.birthDate) })})` : ''}
        </Fact>
        <Fact name={t('civilStatus')}>{word('civil', citizen.civilStatus)}</Fact>
        <Fact name={t('status')}>
          {word('status', citizen.status)}
          {citizen.statusSince ? ` ${t('since', { date: date(citizen.statusSince) })}` : ''}
        </Fact>
        <Fact name={t('municipality')}>{citizen.municipality?.name ?? '–'}</Fact>
        {citizen.maskedFormerCprNumbers?.length ? (
          <Fact name={t('formerCprNumbers')}>{citizen.maskedFormerCprNumbers.join(', ')}</Fact>
        ) : null}
      </dl>
      <p className="quiet">
        {citizen.sourceSystem?.name}. {t('registerAsOf', { date: time(citizen.registerAsOf) })}
      </p>
    </header>
  );
}

export function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function CprNumber({ id, masked }: { readonly id: string; readonly masked: string | null }) {
  const { t } = useWords();
  const [isWanted, setWanted] = useState(false);
  const [copied, setCopied] = useState(false);
  const [{ data, error }, again] = useLookUp(CitizenCprNumber, { id }, !isWanted);
  const whole = data?.citizen?.cprNumber;
  const copy = async (number: string) => {
    await navigator.clipboard.writeText(number);
    setCopied(true);
  };
  return (
    <Fact name={t('cprNumber')}>
      <span>{whole ?? masked ?? '–'}</span>{' '}
      {isWanted ? null : (
        <button type="button" className="plain" onClick={() => setWanted(true)}>
          {t('showCpr')}
        </button>
      )}
      {whole ? (
        <button type="button" className="plain" onClick={() => void copy(whole)}>
          {t('copyCpr')}
        </button>
      ) : null}
      <span role="status">{copied ? ` ${t('copied')}` : ''}</span>
      {error ? (
        <ProblemMessage error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />
      ) : null}
    </Fact>
  );
}

/** @returns whole years since a day. */
function ageOf(birthDate: string, now = new Date()): number {
  const born = new Date(`${birthDate}T00:00:00Z`);
  const years = now.getUTCFullYear() - born.getUTCFullYear();
  const hadBirthday =
    now.getUTCMonth() > born.getUTCMonth() ||
    (now.getUTCMonth() === born.getUTCMonth() && now.getUTCDate() >= born.getUTCDate());
  return hadBirthday ? years : years - 1;
}

import { useId } from 'react';
import { KleField } from '../../parts/fields/kle-field.js';
import { SeveralField } from '../../parts/fields/several-field.js';
import { TextField } from '../../parts/fields/text-field.js';
import { useWords } from '../../text/text.js';
import {
  boundsOf,
  isParametric,
  led,
  withParametric,
  type Bound,
  type GrantEditorProps,
} from './grant-fields.js';

/** The bounds of a grant that take more than a cell: topics, units and systems. Each can be as the leader's, or come with the sign-in. */
export function BoundFields({ name, ...edit }: GrantEditorProps & { readonly name: string }) {
  const { grant, choices } = edit;
  return (
    <fieldset className="bounds">
      <legend>{name}</legend>
      {(['kle', 'units', 'systems'] as const)
        .filter((bound) => boundsOf(grant.role, choices).includes(bound))
        .map((bound) => (
          <BoundField key={bound} {...edit} bound={bound} />
        ))}
    </fieldset>
  );
}

type Listed = Exclude<Bound, 'sensitivity'>;

function BoundField({ bound, ...edit }: GrantEditorProps & { readonly bound: Listed }) {
  const { t } = useWords();
  const { grant, leader, onChange } = edit;
  const follows = grant.follows.includes(bound);
  const follow = (isFollowing: boolean) => {
    const others = grant.follows.filter((other) => other !== bound);
    // What is no longer followed begins as it was.
    const own = leader ? led(grant, leader) : grant;
    onChange(isFollowing ? { ...grant, follows: [...others, bound] } : { ...own, follows: others });
  };
  const label = { kle: t('kle'), units: t('units'), systems: t('systems') }[bound];
  return (
    <div className="bound">
      {leader ? <Box label={t('followsCases', { what: label })} checked={follows} onChange={follow} /> : null}
      {follows ? null : <OwnBound {...edit} bound={bound} label={label} />}
    </div>
  );
}

interface OwnBoundProps extends GrantEditorProps {
  readonly bound: Listed;
  readonly label: string;
}

function OwnBound({ bound, label, place, grant, choices, onChange }: OwnBoundProps) {
  const { t } = useWords();
  const name = `grants.${place}.${bound}`;
  const fromSignIn = isParametric(grant, bound);
  return (
    <>
      {/* The systems a role reaches are the municipality's choice alone. */}
      {bound === 'systems' ? null : (
        <Box
          label={t('boundFromSignIn', { what: label })}
          checked={fromSignIn}
          onChange={(isSet) => onChange(withParametric(grant, bound, isSet))}
        />
      )}
      {bound === 'kle' && !fromSignIn ? (
        <KleField
          name={name}
          label={label}
          values={grant.kle}
          onChange={(kle) => onChange({ ...grant, kle })}
        />
      ) : null}
      {bound === 'units' && !fromSignIn ? (
        <SeveralField
          name={name}
          label={label}
          values={grant.units}
          options={choices.units}
          onChange={(units) => onChange({ ...grant, units })}
        />
      ) : null}
      {bound === 'systems' ? (
        <TextField
          name={name}
          label={label}
          hint={t('systemsHint')}
          required={false}
          value={grant.systems}
          onChange={(systems) => onChange({ ...grant, systems })}
        />
      ) : null}
    </>
  );
}

interface BoxProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

function Box({ label, checked, onChange }: BoxProps) {
  const id = useId();
  return (
    <div className="check">
      <input type="checkbox" id={id} checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <label htmlFor={id}>{label}</label>
    </div>
  );
}

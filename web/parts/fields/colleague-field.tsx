import { useId, useState } from 'react';
import { useQuery } from 'urql';
import { Colleagues, type ColleaguesQuery } from '../../generated/operations.js';
import { ProblemMessage } from '../problem-message.js';

type Colleague = NonNullable<ColleaguesQuery['colleagues']>[number];

interface ColleagueFieldProps {
  readonly label: string;
  /** Called with the id of the person the text means; with the text itself when it means nobody known, so that the server says so. */
  readonly onChange: (id: string) => void;
}

/** A user of the organisation, found by name or unit while it is written; the own unit first. */
export function ColleagueField({ label, onChange }: ColleagueFieldProps) {
  const id = useId();
  const [{ data, error }] = useQuery({ query: Colleagues, variables: { ids: null } });
  const [text, setText] = useState('');
  const people = peopleOf(data?.colleagues ?? []);
  const change = (written: string) => {
    setText(written);
    onChange(meantBy(written, people));
  };
  if (error) return <ProblemMessage error={error} />;
  return (
    <div>
      <label className="form-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="form-input"
        list={`${id}-people`}
        required
        autoComplete="off"
        value={text}
        onChange={(event) => change(event.target.value)}
      />
      <datalist id={`${id}-people`}>
        {people.map((person) => (
          <option key={person.id} value={person.text} />
        ))}
      </datalist>
    </div>
  );
}

interface Person {
  readonly id: string;
  readonly text: string;
}

/** @returns each with a text of its own: the name and the unit, and the id where two would read alike. */
function peopleOf(colleagues: readonly Colleague[]): Person[] {
  const plain = colleagues.map(({ id, name, unit }) => ({
    id,
    text: [name ?? id, ...(unit?.name ? [unit.name] : [])].join(', '),
  }));
  return plain.map(({ id, text }) => ({
    id,
    text: plain.filter((other) => other.text === text).length > 1 ? `${text} (${id})` : text,
  }));
}

/** @returns whom a text means: the one it names, or the only one it fits. */
function meantBy(written: string, people: readonly Person[]): string {
  const wanted = written.trim().toLowerCase();
  const exact = people.find(({ text }) => text.toLowerCase() === wanted);
  const fitting = wanted === '' ? [] : people.filter(({ text }) => text.toLowerCase().includes(wanted));
  return (exact ?? (fitting.length === 1 ? fitting[0] : undefined))?.id ?? written.trim();
}

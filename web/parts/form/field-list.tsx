import { ownValue } from '../../../subgraphs/shared/names/own-value.js';
import { ChoiceField, ChoicesField } from '../fields/choice-field.js';
import { KleField } from '../fields/kle-field.js';
import { LinesField } from '../fields/lines-field.js';
import { SeveralField } from '../fields/several-field.js';
import { TextField } from '../fields/text-field.js';
import type { AnyField, FieldsOf } from './field-spec.js';

type Values = Readonly<Record<string, unknown>>;

interface FieldListProps<F> {
  readonly list: FieldsOf<F>;
  readonly fields: F;
  readonly set: (change: Partial<F>) => void;
  /** Where the fields stand in what is sent, such as `grants.0.`. */
  readonly under?: string;
}

/** Fields of a form, one under the other. */
export function FieldList<F extends object>({ list, fields, set, under = '' }: FieldListProps<F>) {
  // cast: a field names itself, and gives what it holds
  const change = (name: string, value: unknown) => set({ [name]: value } as Partial<F>);
  const values: Values = Object.fromEntries<unknown>(Object.entries(fields));
  return list.map((spec, place) =>
    spec === null ? null : <Field key={place} spec={spec} fields={values} under={under} change={change} />,
  );
}

interface FieldProps {
  readonly spec: AnyField;
  readonly fields: Values;
  readonly under: string;
  readonly change: (name: string, value: unknown) => void;
}

function Field({ spec, fields, under, change }: FieldProps) {
  if (spec.as === 'row')
    return (
      <div className="filters">
        {spec.fields.map((field, place) =>
          field === null ? null : (
            <Field key={place} spec={field} fields={fields} under={under} change={change} />
          ),
        )}
      </div>
    );
  const value = ownValue(fields, spec.name);
  const shared = { name: `${under}${spec.name}`, onChange: (next: unknown) => change(spec.name, next) };
  switch (spec.as) {
    case 'text':
      return <TextField {...spec} {...shared} value={textOf(value)} />;
    case 'choice':
      return <ChoiceField {...spec} {...shared} value={textOf(value)} />;
    case 'choices':
      return <ChoicesField {...spec} {...shared} values={textsOf(value)} />;
    case 'several':
      return <SeveralField {...spec} {...shared} values={textsOf(value)} />;
    case 'lines':
      return <LinesField {...spec} {...shared} values={textsOf(value)} />;
    case 'kle':
      return <KleField {...spec} {...shared} values={textsOf(value)} />;
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

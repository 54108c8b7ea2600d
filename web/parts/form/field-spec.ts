import type { Option } from '../fields/option.js';

/** Names of the fields of F whose value is a V. */
type NameOf<F, V> = { [N in keyof F & string]: F[N] extends V ? N : never }[keyof F & string];

interface TextSpec<Name> {
  readonly as: 'text';
  readonly name: Name;
  readonly label: string;
  readonly hint?: string;
  readonly type?: 'text' | 'date' | 'datetime-local' | 'number';
  readonly required?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
}

interface ChoiceSpec<Name> {
  readonly as: 'choice';
  readonly name: Name;
  readonly label: string;
  readonly options: readonly Option[];
}

interface ChoicesSpec<Name> {
  /** `several` is a list of which several lines are chosen, for long lists; `choices` has a box for each. */
  readonly as: 'choices' | 'several';
  readonly name: Name;
  readonly label: string;
  readonly options: readonly Option[];
  /** What a folded list is opened by; one without it is always open. */
  readonly folded?: string;
}

interface LinesSpec<Name> {
  readonly as: 'lines' | 'kle';
  readonly name: Name;
  readonly label: string;
}

interface RowSpec<Field> {
  /** Short fields that stand side by side. */
  readonly as: 'row';
  readonly fields: readonly (Field | null)[];
}

/** One field of a form, or a row of them, by the names of texts and of lists of texts. */
type Spec<Text, List> =
  TextSpec<Text> | ChoiceSpec<Text> | ChoicesSpec<List> | LinesSpec<List> | RowSpec<Spec<Text, List>>;

/** A field whatever form it stands in. */
export type AnyField = Spec<string, string>;

/** The fields of a form that edits an F, in their order; null where one is left out. The values of options are values of the field. */
export type FieldsOf<F> = readonly (Spec<NameOf<F, string>, NameOf<F, readonly string[]>> | null)[];

import { useId, type ReactNode } from 'react';

/** What a control is given by its label: its id, and what describes it. */
export interface Control {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
}

interface LabelledProps {
  readonly label: string;
  readonly hint?: string | undefined;
  /** Stands under the control. */
  readonly after?: ReactNode;
  readonly children: (control: Control) => ReactNode;
}

/** A control with its label and, where there is one, its hint. */
export function Labelled({ label, hint, after, children }: LabelledProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div>
      <label className="form-label" htmlFor={id}>
        {label}
      </label>
      {hint === undefined ? null : (
        <span className="form-hint" id={hintId}>
          {hint}
        </span>
      )}
      {children({ id, 'aria-describedby': hint === undefined ? undefined : hintId })}
      {after}
    </div>
  );
}

import type { JSX } from 'preact';

/** One of a few, side by side: native radio buttons, so arrow keys and readers of the screen work. */
export function Choices<T extends string>(props: {
  readonly legend: string;
  readonly name: string;
  readonly options: readonly (readonly [value: T, label: string])[];
  readonly value: T;
  readonly disabled?: boolean;
  readonly onChange: (value: T) => void;
}): JSX.Element {
  const { legend, name, options, value, disabled = false, onChange } = props;
  return (
    <fieldset class="choices" disabled={disabled}>
      <legend>{legend}</legend>
      {options.map(([option, label]) => (
        <label key={option} class="choice">
          <input type="radio" name={name} checked={option === value} onChange={() => onChange(option)} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

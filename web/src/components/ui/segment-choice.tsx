import { useId } from 'preact/hooks';

interface SegmentChoiceProps<T> {
  readonly label: string;
  readonly options: readonly T[];
  readonly chosen: T;
  readonly textOf: (option: T) => string;
  readonly onChoose: (option: T) => void;
}

/** A choice between two or three values, shown side by side after its label. */
export function SegmentChoice<T extends string | number>(props: SegmentChoiceProps<T>) {
  const { label, options, chosen, textOf, onChoose } = props;
  const labelId = useId();
  return (
    <div class="segment-choice">
      <span id={labelId}>{label}</span>
      <div class="segments" role="group" aria-labelledby={labelId}>
        {options.map((option) => (
          <button key={option} type="button" aria-pressed={option === chosen} onClick={() => onChoose(option)}>
            {textOf(option)}
          </button>
        ))}
      </div>
    </div>
  );
}

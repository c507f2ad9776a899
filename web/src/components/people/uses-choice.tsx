import { useTexts } from '../../language/texts-context.ts';

const choices = [1, 2, 3, 4, 5, 10, 20, 50] as const;

interface UsesChoiceProps {
  readonly uses: number;
  readonly onChoose: (uses: number) => void;
}

/** The number of people who can accept an invitation. */
export function UsesChoice({ uses, onChoose }: UsesChoiceProps) {
  const { invite: words } = useTexts().site;
  return (
    <label class="segment-choice">
      <span>{words.uses}</span>
      <span class="choice">
        <select value={uses} onChange={({ currentTarget }) => onChoose(Number(currentTarget.value))}>
          {choices.map((count) => (
            <option key={count} value={count}>
              {words.people(count)}
            </option>
          ))}
        </select>
      </span>
    </label>
  );
}

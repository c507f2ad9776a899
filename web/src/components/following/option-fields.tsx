import { useTexts } from '../../language/texts-context.ts';
import { frequencies, type FollowOptions, type Frequency } from './follow-options.ts';

interface OptionFieldsProps {
  readonly options: FollowOptions;
  /** Offers to keep the times as they are. */
  readonly hasOwnTimes?: boolean;
  readonly onChange: (options: FollowOptions) => void;
}

const TEXTS = ['include', 'exclude'] as const;
const NUMBERS = ['keepLast', 'keepDays'] as const;
const MOST = { keepLast: 1000, keepDays: 3650 } as const;
const MAX_WORDS = 500;

/** The fields for the options of a followed list; an empty one is no option. */
export function OptionFields({ options, hasOwnTimes = false, onChange }: OptionFieldsProps) {
  const { following: words } = useTexts().site;
  const set = (change: Partial<FollowOptions>) => onChange({ ...options, ...change });
  return (
    <>
      <label class="choice">
        <span>{words.frequency}</span>
        <select
          value={options.frequency}
          onChange={({ currentTarget }) => set({ frequency: currentTarget.value as Frequency })} // its options
        >
          {frequencies
            .filter((each) => hasOwnTimes || each !== 'own')
            .map((each) => (
              <option key={each} value={each}>
                {words.frequencies[each]}
              </option>
            ))}
        </select>
      </label>
      {TEXTS.map((name) => (
        <label key={name} class="field">
          <span>{words.fields[name]}</span>
          <input
            class="input"
            maxLength={MAX_WORDS}
            value={options[name]}
            onInput={({ currentTarget }) => set({ [name]: currentTarget.value })}
          />
        </label>
      ))}
      <label class="field">
        <span>{words.fields.since}</span>
        <input
          class="input"
          type="date"
          value={options.since}
          onInput={({ currentTarget }) => set({ since: currentTarget.value })}
        />
      </label>
      {NUMBERS.map((name) => (
        <label key={name} class="field">
          <span>{words.fields[name]}</span>
          <input
            class="input"
            type="number"
            inputMode="numeric"
            {...{ min: 1, max: MOST[name], step: 1 }}
            value={options[name]}
            onInput={({ currentTarget }) => set({ [name]: currentTarget.value })}
          />
        </label>
      ))}
    </>
  );
}

import type { DeliveryCheck } from '@linkcast/contracts';
import { useTexts } from '../../../language/texts-context.ts';

interface CheckResultProps {
  /** Undefined: none was made. */
  readonly check: DeliveryCheck | undefined;
  /** The confirmed key; null: none. */
  readonly pin: string | null;
  readonly onConfirm: (pin: string) => void;
}

/** The result of a trial of a target: that it works, or the problem; a key that nobody has confirmed, to be compared. */
export function CheckResult({ check, pin, onConfirm }: CheckResultProps) {
  const { site, problems } = useTexts();
  const { deliveries: words } = site;
  if (!check) return null;
  const { problem, pin: shown } = check;
  if (!problem) return <p role="status">{words.works}</p>;
  return (
    <div role="alert">
      <p>{problems[problem.code].sentence(problem.facts ?? {})}</p>
      {shown !== null && shown !== pin && (
        <>
          <p>{words.shownKey}</p>
          <code class="delivery-pin">{shown}</code>
          <button type="button" class="button" onClick={() => onConfirm(shown)}>
            {words.confirm}
          </button>
        </>
      )}
    </div>
  );
}

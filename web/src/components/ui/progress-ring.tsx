import { useTexts } from '../../language/texts-context.ts';

const RADIUS = 20;
const LENGTH = 2 * Math.PI * RADIUS;

interface ProgressRingProps {
  /** Whole percent; null while the total is unknown. */
  readonly percent: number | null;
  readonly label: string;
}

/** Progress as a ring with the percentage in it; indeterminate while it is null. */
export function ProgressRing({ percent, label }: ProgressRingProps) {
  const { site } = useTexts();
  const now = percent === null ? {} : { 'aria-valuenow': percent };
  return (
    <div
      class={percent === null ? 'ring ring-unknown' : 'ring'}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...now}
    >
      <svg viewBox="0 0 48 48" aria-hidden="true">
        <circle class="ring-track" cx="24" cy="24" r={RADIUS} />
        <circle
          class="ring-done"
          cx="24"
          cy="24"
          r={RADIUS}
          stroke-dasharray={LENGTH}
          stroke-dashoffset={LENGTH * (1 - (percent ?? 25) / 100)}
        />
      </svg>
      {percent !== null && <span class="ring-text">{site.progress.percent(percent)}</span>}
    </div>
  );
}

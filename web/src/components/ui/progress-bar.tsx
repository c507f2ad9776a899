interface ProgressBarProps {
  /** 0 to 1; null: at work, and nobody knows how much is left. */
  readonly ratio: number | null;
  readonly label: string;
}

/** How much of something is there. */
export function ProgressBar({ ratio, label }: ProgressBarProps) {
  const now = ratio === null ? {} : { 'aria-valuenow': Math.round(ratio * 100) };
  return (
    <div
      class={ratio === null ? 'progress progress-unknown' : 'progress'}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...now}
    >
      <span class="progress-done" style={{ width: ratio === null ? '' : `${ratio * 100}%` }} />
    </div>
  );
}

interface ProgressBarProps {
  /** 0 to 1; null while the total is unknown. */
  readonly ratio: number | null;
  readonly label: string;
}

/** A progress bar; indeterminate while the ratio is null. */
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

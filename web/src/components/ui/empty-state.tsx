import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface EmptyStateProps {
  readonly icon: IconName;
  readonly heading: string;
  readonly hint: string;
  /** What the person can do about it. */
  readonly children?: ComponentChildren;
}

/** Nothing to show, why, and what to do. */
export function EmptyState({ icon, heading, hint, children }: EmptyStateProps) {
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon name={icon} />
      </span>
      <h2>{heading}</h2>
      <p>{hint}</p>
      {children}
    </div>
  );
}

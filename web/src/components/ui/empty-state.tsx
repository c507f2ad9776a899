import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface EmptyStateProps {
  readonly icon: IconName;
  readonly heading: string;
  readonly hint: string;
  /** Actions, such as a button or a link. */
  readonly children?: ComponentChildren;
}

/** Explains an empty page or list, and offers actions. */
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

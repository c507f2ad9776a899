import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface SettingsSectionProps {
  readonly heading: string;
  /** The use of the section, in a sentence or two. */
  readonly hint?: string;
  readonly children: ComponentChildren;
}

/** A section of the settings page: a heading above a card. */
export function SettingsSection({ heading, hint, children }: SettingsSectionProps) {
  const headingId = useId();
  return (
    <section class="settings-section" aria-labelledby={headingId}>
      <h2 id={headingId}>{heading}</h2>
      <div class="settings-card">
        {hint !== undefined && <p class="note-text">{hint}</p>}
        {children}
      </div>
    </section>
  );
}

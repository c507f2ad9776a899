/** The result of one check of the machine. */
export interface Finding {
  readonly subject: string;
  /** `note`: nothing is wrong, but it is good to know. */
  readonly state: 'ok' | 'bad' | 'note';
  readonly detail: string;
  /** The remedy, unless the detail contains it. */
  readonly advice?: string;
}

export const ok = (subject: string, detail: string): Finding => ({ subject, state: 'ok', detail });
export const note = (subject: string, detail: string, advice?: string): Finding =>
  finding({ subject, state: 'note', detail }, advice);
export const bad = (subject: string, detail: string, advice?: string): Finding =>
  finding({ subject, state: 'bad', detail }, advice);

function finding(found: Finding, advice: string | undefined): Finding {
  return advice === undefined ? found : { ...found, advice };
}

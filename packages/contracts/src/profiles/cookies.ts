import { z } from 'zod';

/** The most characters of a file with cookies: those of one site take some kilobytes. */
export const MOST_COOKIE_CHARACTERS = 1_000_000;

/** A site to which cookies belong: its name and the names below it. */
export const CookieSite = z
  .string()
  .max(253)
  .regex(/^(?!-)[a-z0-9-]{1,63}(?:\.(?!-)[a-z0-9-]{1,63})+$/);

/** The people whose jobs use cookies: everybody, for those of the installation, or the one who gave them. */
export const CookieUse = z.enum(['everyone', 'mine']);
export type CookieUse = z.infer<typeof CookieUse>;

/** Cookies of a site. What is in them is never shown. */
export const CookieJar = z
  .object({
    id: z.string(),
    site: z.string(),
    use: CookieUse,
    count: z.number().int().nonnegative(),
    expiresAt: z.iso.datetime().nullable().meta({
      description: 'When the last of them expires; null: they end with a session, at a time that nobody knows.',
    }),
    state: z.enum(['valid', 'expiring', 'expired']).meta({ description: '`expiring`: within a week.' }),
    changedAt: z.iso.datetime(),
  })
  .meta({ id: 'CookieJar' });
export type CookieJar = z.infer<typeof CookieJar>;

export const CookieJars = z.object({ cookies: z.array(CookieJar) }).meta({ id: 'CookieJars' });
export type CookieJars = z.infer<typeof CookieJars>;

/** Cookies that a person gives. */
export const CookieUpload = z
  .strictObject({
    text: z.string().max(MOST_COOKIE_CHARACTERS).meta({ description: 'A cookies.txt, as browsers export it.' }),
    site: z.string().max(253).optional().meta({
      description: 'Only the cookies of this site are kept. Default: the one site that the file is of.',
    }),
    use: CookieUse.default('mine').meta({ description: '`everyone`: owners only.' }),
  })
  .meta({ id: 'CookieUpload' });
export type CookieUpload = z.input<typeof CookieUpload>;

/** Cookies on the way between the API and the worker of a job. */
export const WorkCookies = z.object({
  jar: z.string().max(40).meta({ description: 'The id of the stored cookies.' }),
  text: z.string().max(MOST_COOKIE_CHARACTERS),
  version: z
    .number()
    .int()
    .nonnegative()
    .meta({ description: 'Of what the API has given; changed cookies replace no later ones.' }),
});
export type WorkCookies = z.infer<typeof WorkCookies>;

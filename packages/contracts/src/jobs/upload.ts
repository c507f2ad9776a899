import { z } from 'zod';
import { MediaType } from '../library/media.ts';

/** The version of the tus protocol that uploads use: https://tus.io/protocols/resumable-upload */
export const TUS_VERSION = '1.0.0';
/** The content type of the bytes of an upload. */
export const UPLOAD_CONTENT = 'application/offset+octet-stream';

/** A file on its way from a person to the installation. */
export const Upload = z
  .object({
    id: z.string(),
    title: z.string().meta({ description: 'Made from the name of the file.' }),
    type: MediaType,
    bytes: z.number().int().positive().meta({ description: 'Of the whole file.' }),
    offset: z.number().int().nonnegative().meta({ description: 'Bytes that have come.' }),
    expiresAt: z.iso.datetime().nullable().meta({
      description: 'When the upload is removed unless more bytes come; null: all have come.',
    }),
    jobId: z
      .string()
      .nullable()
      .meta({ description: 'The job that makes an item of the file; null: it is not whole.' }),
  })
  .meta({ id: 'Upload' });
export type Upload = z.infer<typeof Upload>;

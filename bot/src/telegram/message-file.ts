import { MediaType } from '@linkcast/contracts';
import { z } from 'zod';

const File = z.object({
  file_id: z.string().min(1).max(400),
  file_name: z.string().optional().catch(undefined),
  mime_type: z.string().optional().catch(undefined),
  title: z.string().optional().catch(undefined),
  performer: z.string().optional().catch(undefined),
});
const OptionalFile = File.optional().catch(undefined);

/** The members of a message that carry a file with picture or sound. */
export const MessageFiles = z.object({
  video: OptionalFile,
  video_note: OptionalFile,
  audio: OptionalFile,
  voice: OptionalFile,
  document: OptionalFile,
});

/** A video, an audio, a voice message or such a document of a message. */
export interface MessageFile {
  readonly fileId: string;
  readonly type: MediaType;
  /** Null: the file has none. */
  readonly name: string | null;
}

/** The file of a message; undefined without one, or when it has neither picture nor sound. */
export function fileOf(message: z.infer<typeof MessageFiles>): MessageFile | undefined {
  const { video = message.video_note, audio = message.voice, document } = message;
  if (video) return messageFile(video, 'video');
  if (audio) return messageFile(audio, 'audio');
  const type = MediaType.safeParse(document?.mime_type?.split('/', 1)[0]);
  return document && type.success ? messageFile(document, type.data) : undefined;
}

function messageFile(file: z.infer<typeof File>, type: MediaType): MessageFile {
  return { fileId: file.file_id, type, name: songName(file) ?? file.file_name ?? null };
}

/** `Performer – Title`; undefined without a title. The end keeps a dot in it from being taken for that of an extension. */
function songName({ title, performer }: z.infer<typeof File>): string | undefined {
  if (!title) return undefined;
  return `${performer ? `${performer} – ` : ''}${title}.mp3`;
}

/** The name of a file with cookies, as browsers and their extensions export it. */
const COOKIE_FILE = /cookies[^/]*\.txt$/i;

/** The id of a document with cookies; undefined without one. */
export function cookieFileOf({ document }: z.infer<typeof MessageFiles>): string | undefined {
  return document?.file_name !== undefined && COOKIE_FILE.test(document.file_name) ? document.file_id : undefined;
}

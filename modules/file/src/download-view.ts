import { z } from 'zod';

/** A document that may be sold: under which name it is saved, how large it is, what it is. */
export const DocumentInfo = z.object({
  id: z.uuid(),
  ownerId: z.uuid(),
  name: z.string(),
  bytes: z.int(),
  contentType: z.string(),
});
export type DocumentInfo = z.infer<typeof DocumentInfo>;

/** A right to fetch a document: until when and how often it may be fetched. Its id is the right's, not the file's. */
export const NewDownload = z.object({
  id: z.uuid(),
  fileId: z.uuid(),
  until: z.coerce.date(),
  most: z.int().positive().max(1_000),
});
export type NewDownload = z.infer<typeof NewDownload>;

/** An address that fetches a document without a cookie, for a short time. */
export const DownloadLink = z.object({
  url: z.string(),
  expiresAt: z.iso.datetime(),
  left: z.int(),
});
export type DownloadLink = z.infer<typeof DownloadLink>;

/** What became of a right so far. */
export const DownloadState = z.object({ id: z.uuid(), used: z.int(), withdrawn: z.boolean() });
export type DownloadState = z.infer<typeof DownloadState>;

/** What a seller uploaded to be sold. */
export const UploadedDocument = DocumentInfo.omit({ ownerId: true });
export type UploadedDocument = z.infer<typeof UploadedDocument>;

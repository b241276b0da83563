import type { NotificationPage, NotificationView } from '@um/notification';
import type { z } from 'zod';
import { usePages, type Pages } from './listing.js';

export type Notice = z.infer<typeof NotificationView>;
export type NoticePage = z.infer<typeof NotificationPage>;

/** What the person was told, newest first, with how many are new. */
export const useNotices = (): Pages<Notice, NoticePage> => usePages<Notice, NoticePage>('notices', '/notifications');
